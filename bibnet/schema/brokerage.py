"""The brokerage exhibit: which institutions connect the sides."""

from bibnet.schema.column import Table, integer, number, text

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
)
