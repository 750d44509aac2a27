"""Columns that several exhibits share."""

from bibnet.schema.column import Column, integer, number, text

YEAR = integer("year", "year of publication")
WORKS = integer("works", "works, full counting: every unit of a work counts it once", "works")
WORKS_FRACTIONAL = number(
    "works_fractional", "works, fractional counting: a work's parts sum to one", "works"
)
JOINT_WORKS = integer("joint_works", "works with a country of every side", "works")
INSTITUTION_ID = text("institution_id", "OpenAlex id, else ROR id")
COUNTRY = text("country", "ISO 3166-1 alpha-2 code")
SIDE = text("side", "side of the query; empty outside the sides")
NAME = text("institution", "name")
PAIR_MEASURES: tuple[Column, ...] = (
    WORKS,
    number("works_fractional", "each work counts 1 / (its units - 1) for a pair", "works"),
    integer("coauthor_works", "works in which two different people link the pair", "works"),
    integer("dual_affiliation_works", "works in which one person has both", "works"),
    number("association_strength", "works over the product of both totals of links", "ratio"),
)
