"""The exhibits: the CSV files of a run, column by column (contract), with what they mean."""

from bibnet.schema.column import Column, Table, flag, integer, number, text

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
    ),
    ("institution_a", "institution_b"),
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
    ),
    ("institution_id",),
)
CITATIONS = Table(
    "citations",
    "How often works of one side only and joint works are cited.",
    (
        text("group", "SIDE only, or joint"),
        text("reference", "reference set of the normalised columns"),
        WORKS,
        number("mean_citations", "mean over works with known citations", "citations"),
        number("mncs", "mean normalised citation score", "ratio"),
        number("mncs_low", "lower end of its 95 % interval", "ratio"),
        number("mncs_high", "upper end of its 95 % interval", "ratio"),
        number("pp_top10", "share of works among the top 10 % cited", "fraction"),
        number("pp_top10_low", "lower end of its 95 % interval", "fraction"),
        number("pp_top10_high", "upper end of its 95 % interval", "fraction"),
        integer("works_with_citations", "works with known citations", "works"),
        integer("citations", "citations of those works", "citations"),
    ),
    ("group",),
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
    ),
    ("funder_id", "funder"),
)
DEFENCE = Table(
    "defence",
    "Institutions that a named list holds. A flag says that the list holds the body, no more.",
    (
        text("institution_id", "OpenAlex id, else ROR id; empty if the string alone matched"),
        text("institution", "name"),
        COUNTRY,
        text("category", "category of the entry"),
        text("lists", "published lists that hold the entry, joined by |"),
        WORKS,
        JOINT_WORKS,
        text("entry_id", "id of the entry in the reference list"),
        text("rules", "rules that matched, joined by |"),
        text("list_date", "date of the reference list"),
    ),
    ("institution_id", "institution", "entry_id"),
)
COMPANIES = Table(
    "companies",
    "Works by company.",
    (INSTITUTION_ID, text("institution", "name"), COUNTRY, WORKS, JOINT_WORKS),
    ("institution_id",),
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
    CITATIONS,
    FUNDING,
    FUNDERS,
    DEFENCE,
    COMPANIES,
)
