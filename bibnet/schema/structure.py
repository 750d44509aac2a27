"""Exhibits on the shape of the network: ties against chance, communities, change by year."""

from bibnet.schema.column import Column, Table, integer, number, text

AFFINITIES: tuple[Column, ...] = (
    number("salton", "works / sqrt(links of a * links of b)", "ratio"),
    number("jaccard", "works / (links of a + links of b - works)", "ratio"),
    *(
        column
        for name, words in (("ric_ab", "b among the links of a"), ("ric_ba", "a among those of b"))
        for column in (
            number(name, f"relative intensity of collaboration, {words}", "ratio"),
            number(f"{name}_low", "lower end of its 95 % interval", "ratio"),
            number(f"{name}_high", "upper end of its 95 % interval", "ratio"),
        )
    ),
)
TESTED: tuple[Column, ...] = (
    integer("works", "works of the pair", "works"),
    number("expected", "works by chance: units and works keep their numbers, by year", "works"),
    number("ratio", "works / expected", "ratio"),
    number("z", "(works - expected) / standard deviation", "standard deviations"),
    number("p_upper", "chance of as many works or more", "probability"),
    number("p_lower", "chance of as few works or fewer", "probability"),
    number("q", "two-sided p after control of the false discovery rate", "probability"),
    text("verdict", "more, less (both at q <= 0.05), or as_expected"),
    text("method", "exact, or normal where the variance is above 100"),
    number("expected_sdsm", "works by chance if works keep their size on average only", "works"),
)
COUNTRY_EXPECTATION = Table(
    "country_expectation",
    "Pairs of countries against chance: those with five works or more, or as many expected.",
    (text("country_a", "first country"), text("country_b", "second country"), *TESTED),
    ("country_a", "country_b"),
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
    ),
    ("community",),
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
        number("top_ties_share", "share of the ten strongest ties in the links", "fraction"),
        number("gini_units", "concentration of the links over the units (Gini)", "ratio"),
        number("top_units_share", "share of the ten strongest units in the links", "fraction"),
        number("partner_entropy", "mean evenness of a unit's partners, 1 = all alike", "ratio"),
    ),
    ("level", "network", "year"),
)
STRUCTURE_EXHIBITS: tuple[Table, ...] = (
    COUNTRY_EXPECTATION,
    INSTITUTION_EXPECTATION,
    COMMUNITIES,
    NETWORK_YEARS,
)
