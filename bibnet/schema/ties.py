"""Tables of the network: memberships, sides and scope of works, ties, nodes and edges."""

from bibnet.schema.column import Column, Table, flag, integer, number, text
from bibnet.schema.source import AFFILIATION_AUTHOR_SEQ, WORK_KEY
from bibnet.schema.units import WHOLE

WEIGHT = integer(
    "weight",
    f"fractional part of the work, in units of 1/{WHOLE} (whole numbers, so that sums do not "
    "depend on the order of rows)",
    f"1/{WHOLE} work",
)

MEMBERSHIP_COLUMNS: tuple[Column, ...] = (
    WORK_KEY,
    AFFILIATION_AUTHOR_SEQ,
    text("unit", "country code or institution id, or unknown"),
    WEIGHT,
)

COUNTRY_MEMBERSHIP = Table(
    "country_membership",
    "Countries of each authorship (or of the work as a whole) with their fractional weight.",
    MEMBERSHIP_COLUMNS,
    ("work_key", "author_seq", "unit"),
)

INSTITUTION_MEMBERSHIP = Table(
    "institution_membership",
    "Institutions of each authorship (or of the work as a whole) with their fractional weight.",
    MEMBERSHIP_COLUMNS,
    ("work_key", "author_seq", "unit"),
)

WORK_SIDE = Table(
    "work_side",
    "Sides of the query that a work has a country of.",
    (WORK_KEY, text("side", "name of the side")),
    ("work_key", "side"),
)

SIDE_INSTITUTION = Table(
    "side_institution",
    "Institutions of the sides that are given by institutions, those below them among them.",
    (text("side", "name of the side"), text("institution_id", "OpenAlex id, else ROR id")),
    ("side", "institution_id"),
)

WORK_SCOPE = Table(
    "work_scope",
    "What the counts need to know of a work as a whole.",
    (
        WORK_KEY,
        integer("year", "year of publication"),
        flag("joint", "the work has a country of every side"),
        flag("undecided", "the work is not joint and has an authorship without country"),
        flag("has_country", "the work has a country"),
        flag("is_disclosed", "the work names a funder or an award"),
        integer("authorships", "authorships of the work", "authorships"),
        integer("authorships_with_country", "of them with a country", "authorships"),
        integer("countries", "distinct countries", "countries"),
        integer("institutions", "distinct institutions that have an id", "institutions"),
    ),
    ("work_key",),
)

TIE_COLUMNS: tuple[Column, ...] = (
    WORK_KEY,
    text("unit_a", "first unit, the smaller by code point"),
    text("unit_b", "second unit"),
    WEIGHT,
    flag("coauthor", "two different people link the units"),
    flag("dual_affiliation", "one person has both"),
)

COUNTRY_TIE = Table(
    "country_tie",
    "Every pair of countries of every work.",
    TIE_COLUMNS,
    ("work_key", "unit_a", "unit_b"),
)

INSTITUTION_TIE = Table(
    "institution_tie",
    "Every pair of institutions of every work.",
    TIE_COLUMNS,
    ("work_key", "unit_a", "unit_b"),
)

NODE = Table(
    "node",
    "Nodes of the institution network: every institution of the corpus, isolates too.",
    (
        text("institution_id", "OpenAlex id, else ROR id"),
        text("institution", "name"),
        text("country", "ISO 3166-1 alpha-2 code"),
        text("side", "side of the query, empty if in none"),
        integer("works", "works of the institution", "works"),
        integer("community", "number of the community, 1 = largest", "rank"),
    ),
    ("institution_id",),
)

EDGE = Table(
    "edge",
    "Edges of the institution network: pairs with at least one work in common.",
    (
        text("institution_a", "first institution, the smaller by code point"),
        text("institution_b", "second institution"),
        flag("cross_side", "the countries of the two are in different sides"),
        integer("works", "works in common", "works"),
        integer("coauthor_works", "of them with two different people", "works"),
        integer("dual_affiliation_works", "of them with one person who has both", "works"),
        integer("joint_works", "of them joint", "works"),
        number("works_fractional", "works in common, fractional", "works"),
    ),
    ("institution_a", "institution_b"),
)
