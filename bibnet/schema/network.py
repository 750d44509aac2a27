"""A network as it is handed out (`Run.network`, `bibnet export`): columns of nodes and edges."""

from bibnet.schema.column import Table, flag, integer, number, text
from bibnet.schema.exhibits.shared import JOINT_WORKS
from bibnet.schema.exhibits.structure import CENTRALITY

# The exhibit's measures, which are numbers; its texts the nodes have already, or need not.
MEASURES = tuple(column for column in CENTRALITY.columns if column.type != "text")

NETWORK_NODE = Table(
    "network_node",
    "Nodes of a network. Works are those of the chosen works; the measures from degree on are of "
    "the network of all works, as in the run's exhibits.",
    (
        text("id", "institution: OpenAlex id, else ROR id; country: ISO code; place: parts by /"),
        text("label", "name"),
        text("country", "ISO 3166-1 alpha-2 code"),
        text("side", "side of the query, empty if in none"),
        text("type", "types in lower case joined by |"),
        flag("inside", "in the country and side asked for; a partner from elsewhere is not"),
        integer("works", "works, full counting", "works"),
        number("works_fractional", "works, fractional counting", "works"),
        JOINT_WORKS,
        text("listed_as", "what the categories may be called: defence, security, or listed"),
        text("listed_categories", "categories of the entries that named lists hold, joined by |"),
        text("lists", "published lists that hold the institution, joined by |; they say no more"),
        *MEASURES,
    ),
    ("id",),
)
NETWORK_EDGE = Table(
    "network_edge",
    "Edges of a network: pairs with a work in common among the chosen works. A work counts once.",
    (
        text("source", "first node, the smaller by code point; edges have no direction"),
        text("target", "second node"),
        flag("cross_side", "the countries of the two are in different sides"),
        integer("works", "works in common", "works"),
        number("works_fractional", "each work counts 1 / (its units - 1) for a pair", "works"),
        integer("coauthor_works", "of them with two different people", "works"),
        integer("dual_affiliation_works", "of them with one person who has both", "works"),
        integer("joint_works", "of them with a country of every side", "works"),
    ),
    ("source", "target"),
)
POSITION = (
    number("x", "horizontal place in the drawing, 0 to 1", "drawing"),
    number("y", "vertical place in the drawing, 0 to 1", "drawing"),
)
