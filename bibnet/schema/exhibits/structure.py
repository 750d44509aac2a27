"""Exhibits on the shape of the network: centrality, chance, communities, change by year."""

from bibnet.schema.column import Column, Table, integer, number, text
from bibnet.schema.exhibits.shared import COUNTRY, INSTITUTION_ID

# After the columns of the contract.
LATER_MEASURES: tuple[Column, ...] = (
    integer("coreness", "largest k so that it is in a part where all have k partners", "partners"),
    integer("pagerank_rank", "rank by PageRank, ties share the smallest", "rank"),
    number("pagerank_rank_low", "lower end of the 95% interval of the rank", "rank"),
    number("pagerank_rank_high", "upper end of the 95% interval of the rank", "rank"),
    text(
        "strength_rank_reason",
        "why no interval: no_tie; few_works (under 7 with a tie, under 15 where fewer than ten "
        "units have one); few_units (fewer than 1% of those with a tie, or "
        "fewer than half of ten or more above it, have 7)",
    ),
    text("pagerank_rank_reason", "why no interval: no_tie, or few_works (under 20 with a tie)"),
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
        number("strength_rank_low", "lower end of the 95% interval of the rank", "rank"),
        number("strength_rank_high", "upper end of the 95% interval of the rank", "rank"),
        *LATER_MEASURES,
    ),
    ("institution_id",),
    section="institutions",
    answers="degree, strength, betweenness, closeness, harmonic, PageRank, eigenvector, coreness, "
    "community; ranks with 95% intervals where works are enough for one",
    reading=(
        "institution",
        "country",
        "degree",
        "strength",
        "strength_rank",
        "strength_rank_low",
        "strength_rank_high",
        "pagerank",
        "betweenness",
        "community",
    ),
    when_empty="No institution of this run has a work.",
)
BROKERAGE = Table(
    "brokerage",
    "Who connects the sides. A broker has ties with two institutions that have none with each "
    "other; roles (Gould, Fernandez 1989) say in whose groups the three are: the sides, and all "
    "countries outside them as one group. Pairs count once.",
    (
        text("institution_id", "OpenAlex id, else ROR id"),
        text("institution", "name"),
        text("country", "ISO 3166-1 alpha-2 code"),
        text("side", "side of the query; empty outside the sides"),
        integer("bridged", "pairs it connects with the two in different sides", "pairs"),
        integer("coordinator", "pairs it connects, all three in one group", "pairs"),
        integer("itinerant", "pairs of one group that it connects from another", "pairs"),
        integer("gatekeeper", "pairs it connects from the group of one of the two", "pairs"),
        integer("liaison", "pairs it connects, all three in different groups", "pairs"),
        number(
            "participation",
            "1 - sum over groups of squared shares of its strength (Guimera, Amaral 2005); 0 = "
            "ties to one group only, empty = no tie",
            "ratio",
        ),
        number(
            "constraint",
            "Burt's constraint (1992) by strength; near 0 = many partners without ties to each "
            "other, empty = no tie",
            "ratio",
        ),
    ),
    ("institution_id",),
    section="institutions",
    answers="who connects the sides: participation, Gould-Fernandez roles, Burt's constraint",
    reading=(
        "institution",
        "country",
        "side",
        "bridged",
        "gatekeeper",
        "liaison",
        "participation",
        "constraint",
    ),
    when_empty="No institution of this run has a work.",
)
TESTED: tuple[Column, ...] = (
    integer("works", "works of the pair", "works"),
    number("expected", "works by chance: units and works keep their numbers, by year", "works"),
    number("ratio", "works / expected", "ratio"),
    number("z", "(works - expected) / standard deviation", "standard deviations"),
    number("p_upper", "chance of as many works or more", "probability"),
    number("p_lower", "chance of as few works or fewer", "probability"),
    number(
        "q",
        "p after control of the false discovery rate: more among all pairs of units with five "
        "works, less among pairs with five works expected",
        "probability",
    ),
    text("verdict", "more, less (both at q <= 0.05), or as_expected"),
    text(
        "method",
        "distribution of the works by chance: hypergeometric, normal where that would end too "
        "early, certain where nothing is left to chance",
    ),
    number("expected_sdsm", "works by chance if works keep their size on average only", "works"),
    number("p", "two-sided p, what is observed counted a half (mid-p)", "probability"),
)
CHANCE = tuple(column.name for column in TESTED if column.name != "works")
COUNTRY_EXPECTATION = Table(
    "country_expectation",
    "Pairs of countries against chance: those with five works or more, or as many expected.",
    (text("country_a", "first country"), text("country_b", "second country"), *TESTED),
    ("country_a", "country_b"),
    section="countries",
    answers="pairs of countries more and less frequent than chance, with false-discovery control",
    needs_one_sided=CHANCE,
    reading=("country_a", "country_b", "works", "expected", "ratio", "z", "q", "verdict"),
    when_empty="No pair of this run has five works, observed or expected.",
)
INSTITUTION_EXPECTATION = Table(
    "institution_expectation",
    "Pairs of institutions against chance: those with five works or more, or as many expected.",
    (
        text("institution_a", "first institution"),
        text("institution_b", "second institution"),
        text("name_a", "name of the first"),
        text("name_b", "name of the second"),
        text("country_a", "country of the first"),
        text("country_b", "country of the second"),
        *TESTED,
    ),
    ("institution_a", "institution_b"),
    section="institutions",
    answers="pairs of institutions more and less frequent than chance, with false-discovery "
    "control",
    needs_one_sided=CHANCE,
    reading=(
        "name_a",
        "country_a",
        "name_b",
        "country_b",
        "works",
        "expected",
        "ratio",
        "q",
        "verdict",
    ),
    when_empty="No pair of this run has five works, observed or expected.",
)
COMMUNITIES = Table(
    "communities",
    "Communities of two institutions or more in the network of the whole corpus (Leiden).",
    (
        integer("community", "number of the community, 1 = largest", "rank"),
        integer("label", "number carried over from the previous run, else the community", "rank"),
        integer("institutions", "institutions of the community", "institutions"),
        integer(
            "kept_institutions", "of them in the community of this label before", "institutions"
        ),
        integer("works", "works with an institution of the community", "works"),
        text("largest", "its institutions with most links, joined by ;"),
        text("countries", "its most frequent countries with their share of the institutions"),
        text("sides", "the sides of the query with their share of the institutions"),
        number("modularity", "quality of the whole partition", "ratio"),
        number("adjusted_rand", "agreement between runs, mean over pairs of runs", "ratio"),
        number("mutual_information", "the same, normalised mutual information", "ratio"),
        number(
            "resampled_adjusted_rand",
            "agreement with the communities of resampled works, mean over samples; 1 = the same, "
            "0 = as by chance",
            "ratio",
        ),
        number("resampled_mutual_information", "the same, normalised mutual information", "ratio"),
    ),
    ("community",),
    section="institutions",
    answers="Leiden communities, and how far they agree under resampled works and between runs",
    reading=("community", "institutions", "works", "largest", "countries", "sides"),
    when_empty="No two institutions of this run have a work in common.",
)
NETWORK_YEARS = Table(
    "network_years",
    "How the networks change from year to year: arrivals, ties that stay, concentration.",
    (
        text("level", "country or institution"),
        text("network", "whole = every tie; joint = ties across sides in joint works"),
        integer("year", "year of publication"),
        integer("works", "works that carry a tie", "works"),
        integer("units", "units with a tie", "units"),
        integer("ties", "pairs with a work of the year", "ties"),
        integer("new_units", "units without a tie in any earlier year", "units"),
        integer("ties_new", "ties that no earlier year has", "ties"),
        integer("ties_returned", "ties of an earlier year, but not of the last", "ties"),
        integer("ties_kept", "ties that the last year has too", "ties"),
        integer("ties_lost", "ties of the last year that this one has not", "ties"),
        number("gini_ties", "concentration of the works over the ties (Gini)", "ratio"),
        number("top_ties_share", "share of the ten ties with most works in the links", "fraction"),
        number("gini_units", "concentration of the links over the units (Gini)", "ratio"),
        number(
            "top_units_share", "share of the ten units with most links in the links", "fraction"
        ),
        number("partner_entropy", "mean evenness of a unit's partners, 1 = all alike", "ratio"),
    ),
    ("level", "network", "year"),
    section="time",
    answers="arrivals, ties kept and lost, concentration, entropy of partners, year by year",
    reading=(
        "level",
        "network",
        "year",
        "works",
        "units",
        "new_units",
        "ties",
        "ties_new",
        "ties_kept",
        "ties_lost",
    ),
    when_empty="No work of this run has two countries or institutions.",
)
STRUCTURE_EXHIBITS = (
    CENTRALITY,
    BROKERAGE,
    COUNTRY_EXPECTATION,
    INSTITUTION_EXPECTATION,
    COMMUNITIES,
    NETWORK_YEARS,
)
