"""The exhibits: the CSV files of a run, column by column (contract), with what they mean."""

from bibnet.schema.brokerage import BROKERAGE
from bibnet.schema.citations import CITATION_EXHIBITS
from bibnet.schema.column import Column, Table, flag, integer, number, text
from bibnet.schema.listed import DEFENCE, SENSITIVE_WORKS
from bibnet.schema.structure import AFFINITIES, STRUCTURE_EXHIBITS

YEAR = integer("year", "year of publication")
WORKS = integer("works", "works, full counting: every unit of a work counts it once", "works")
WORKS_FRACTIONAL = number(
    "works_fractional", "works, fractional counting: a work's parts sum to one", "works"
)
JOINT_WORKS = integer("joint_works", "works with a country of every side", "works")
INSTITUTION_ID = text("institution_id", "OpenAlex id, else ROR id")
COUNTRY = text("country", "ISO 3166-1 alpha-2 code")
SIDE = text("side", "side of the query; empty outside the sides")

COVERAGE = Table(
    "coverage",
    "How much of the corpus can be placed and how much discloses a funder, by year.",
    (
        YEAR,
        WORKS,
        integer("authorships", "authorships of the works", "authorships"),
        integer("authorships_with_country", "authorships with a country", "authorships"),
        integer("works_with_country", "works with at least one country", "works"),
        integer("works_with_funder", "works that disclose a funder or an award", "works"),
        integer("authorships_level_1", "country from the source's institution", "authorships"),
        integer("authorships_level_2", "country stated by the source only", "authorships"),
        integer("authorships_level_3", "country from the registry by the string", "authorships"),
        integer("authorships_level_4", "country from place names in the string", "authorships"),
    ),
    ("year",),
)
YEARS = Table(
    "years",
    "Works and joint works by year and side, with the share and its bounds.",
    (
        YEAR,
        text("side", "side of the query, or all"),
        WORKS,
        WORKS_FRACTIONAL,
        JOINT_WORKS,
        number("share", "joint works / works", "fraction"),
        number("share_low", "the share if no undecided work is joint", "fraction"),
        number("share_high", "the share if every undecided work is joint", "fraction"),
        flag("provisional", "the year is the source's year or the one before"),
    ),
    ("year", "side"),
)
COUNTRIES = Table(
    "countries",
    "Works by country, with those whose country is unknown.",
    (
        SIDE,
        COUNTRY,
        WORKS,
        WORKS_FRACTIONAL,
        JOINT_WORKS,
        number("share_of_joint", "joint works of the country / all joint works", "fraction"),
        number("share_of_country", "joint works / works of the country", "fraction"),
    ),
    ("side", "country"),
)
COUNTRY_YEARS = Table(
    "country_years",
    "Works and joint works by country and year.",
    (YEAR, COUNTRY, WORKS, JOINT_WORKS, number("share", "joint works / works", "fraction")),
    ("year", "country"),
)
PAIR_MEASURES: tuple[Column, ...] = (
    WORKS,
    number("works_fractional", "each work counts 1 / (its units - 1) for a pair", "works"),
    integer("coauthor_works", "works in which two different people link the pair", "works"),
    integer("dual_affiliation_works", "works in which one person has both", "works"),
    number("association_strength", "observed over expected ties (van Eck, Waltman 2009)", "ratio"),
)
COUNTRY_PAIRS = Table(
    "country_pairs",
    "Ties between countries.",
    (
        text("country_a", "first country"),
        text("country_b", "second country"),
        *PAIR_MEASURES,
        number("collaboration_index", "(C_xy / C_x) / (C_y / C_w), as NSF computes it", "ratio"),
        *AFFINITIES,
    ),
    ("country_a", "country_b"),
)
TOPICS = Table(
    "topics",
    "Works by primary topic; works without one have an empty id.",
    (
        text("topic_id", "T...; empty = no primary topic"),
        text("topic", "name of the topic"),
        text("subfield", "subfield of the topic"),
        WORKS,
        JOINT_WORKS,
    ),
    ("topic_id",),
)
INSTITUTIONS = Table(
    "institutions",
    "Works, links and partners by institution.",
    (
        INSTITUTION_ID,
        text("ror", "ROR id"),
        text("institution", "name"),
        COUNTRY,
        SIDE,
        text("type", "types joined by |"),
        WORKS,
        WORKS_FRACTIONAL,
        JOINT_WORKS,
        integer("links", "pairs of a work and a partner", "links"),
        integer("partners", "institutions with a work in common", "institutions"),
        integer("joint_links", "links across sides in joint works", "links"),
        integer("joint_partners", "partners across sides in joint works", "institutions"),
    ),
    ("institution_id",),
)
INSTITUTION_PAIRS = Table(
    "institution_pairs",
    "Ties between institutions.",
    (
        text("institution_a", "first institution"),
        text("institution_b", "second institution"),
        text("name_a", "name of the first"),
        text("name_b", "name of the second"),
        text("country_a", "country of the first"),
        text("country_b", "country of the second"),
        flag("cross_side", "the two countries are in different sides"),
        *PAIR_MEASURES,
        *AFFINITIES,
    ),
    ("institution_a", "institution_b"),
)
# After the columns of the contract; intervals are from 200 corpora of works drawn again.
LATER_MEASURES: tuple[Column, ...] = (
    integer("coreness", "largest k so that it is in a part where all have k partners", "partners"),
    integer("pagerank_rank", "rank by PageRank, ties share the smallest", "rank"),
    number("pagerank_rank_low", "lower end of the 95 % interval of the rank", "rank"),
    number("pagerank_rank_high", "upper end of the 95 % interval of the rank", "rank"),
)
CENTRALITY = Table(
    "centrality",
    "Centrality of the institutions in the network of the whole corpus, full counting.",
    (
        INSTITUTION_ID,
        text("institution", "name"),
        COUNTRY,
        integer("degree", "partners", "institutions"),
        integer("strength", "sum of the works in common over the partners", "links"),
        number("betweenness", "shortest paths through it, not normalised", "paths"),
        number("closeness", "inverse mean distance within its component", "1/distance"),
        number("harmonic", "sum of 1/distance over all others", "1/distance"),
        number("pagerank", "PageRank, damping 0.85, weighted by works", "probability"),
        number("eigenvector", "eigenvector centrality, maximum 1", "ratio"),
        integer("community", "number of the community, 1 = largest", "rank"),
        integer("strength_rank", "rank by strength, ties share the smallest", "rank"),
        number("strength_rank_low", "lower end of the 95 % interval of the rank", "rank"),
        number("strength_rank_high", "upper end of the 95 % interval of the rank", "rank"),
        *LATER_MEASURES,
    ),
    ("institution_id",),
)
FUNDING = Table(
    "funding",
    "Works by country and type of their funders; a work counts once in each row it belongs to.",
    (
        text("funder_country", "country of the funder; empty = unknown; all = any"),
        text("funder_type", "type of the funder, or all"),
        WORKS,
        JOINT_WORKS,
        number("share_of_disclosed", "works / works that disclose a funder", "fraction"),
        number("share_of_joint_disclosed", "joint works / joint works that disclose", "fraction"),
        number("share_of_works", "works / all works", "fraction"),
        number("share_of_joint", "joint works / all joint works", "fraction"),
    ),
    ("funder_country", "funder_type"),
)
FUNDERS = Table(
    "funders",
    "Works by funder.",
    (
        text("funder_id", "OpenAlex id F...; empty where only a name is known"),
        text("funder", "name"),
        text("funder_country", "country of the funder; empty = unknown"),
        text("funder_type", "type of the funder"),
        WORKS,
        JOINT_WORKS,
        integer("works_by_award", "of the works those with an award number of its form", "works"),
        text("award_example", "the smallest of those numbers; all are in the table funding"),
    ),
    ("funder_id", "funder"),
)
HUBS = Table(
    "hubs",
    "Works by city, province (region elsewhere) and cluster; each level (column unit) has rows of "
    "its own. A work counts once in each row it has a place in, so rows of a level can add up to "
    "more than the country, and rows of two levels are never to be added. Empty = unknown; all = "
    "a total.",
    (
        text("country", "ISO 3166-1 alpha-2 code; of a cluster all codes it spans, joined by |"),
        text("province", "province or region by name; empty = unknown; all in rows of clusters"),
        text("city", "city; empty = unknown; all in rows of provinces and clusters"),
        text("cluster", "the cluster that holds the place; empty outside the clusters"),
        WORKS,
        JOINT_WORKS,
        number("share", "works / works of the country (of any country the row spans)", "fraction"),
        text("unit", "what the row is: city, province or cluster"),
        integer("population", "people in the place; empty = not in the table used", "people"),
        number("works_per_million", "works per million people", "works"),
    ),
    ("country", "province", "city", "cluster", "unit"),
)
COMPANIES = Table(
    "companies",
    "Works by company: institutions that the source or the registry types so, and companies that "
    "affiliation strings name. A company of the registry goes by its id, others by name and "
    "country.",
    (
        text("institution_id", "OpenAlex id, else ROR id; empty where the company has neither"),
        text("institution", "name; without an id as printed most often"),
        text("country", "ISO 3166-1 alpha-2 code; empty = unknown"),
        WORKS,
        JOINT_WORKS,
        text(
            "recognised_by",
            "type (of the institution), legal_form (Inc., GmbH ... in the string), corporate_lab "
            "(a lab of the reference list named in the string), joined by |",
        ),
    ),
    ("institution_id", "institution", "country"),
)

EXHIBITS: tuple[Table, ...] = (
    COVERAGE,
    YEARS,
    COUNTRIES,
    COUNTRY_YEARS,
    COUNTRY_PAIRS,
    TOPICS,
    INSTITUTIONS,
    INSTITUTION_PAIRS,
    CENTRALITY,
    BROKERAGE,
    *STRUCTURE_EXHIBITS,
    *CITATION_EXHIBITS,
    FUNDING,
    FUNDERS,
    DEFENCE,
    SENSITIVE_WORKS,
    HUBS,
    COMPANIES,
)
