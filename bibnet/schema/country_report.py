"""The report of one country: its tables, column by column. All numbers are the exhibits'."""

from collections.abc import Callable
from dataclasses import replace

from bibnet.schema.column import Column, Table, flag, integer, number, text
from bibnet.schema.exhibits.pairs import COUNTRY_PAIRS, INSTITUTION_PAIRS, INSTITUTIONS
from bibnet.schema.exhibits.structure import CENTRALITY

BANDS: tuple[tuple[str, int, int | None], ...] = (
    ("none", 0, 0),
    ("1", 1, 1),
    ("2_to_4", 2, 4),
    ("5_to_9", 5, 9),
    ("10_to_49", 10, 49),
    ("50_and_more", 50, None),
)
# Below this an institution's numbers say little of the institution (issue of small numbers).
FEW = 10


# Columns of a pair that look from one end: from the country (`ric`), from its partner.
FROM_HERE, FROM_THERE = "", "_back"


def turned_name(name: str, *, here_first: bool) -> str:
    """The name of a pair's column seen from one end: ric_ab is ric where a is here."""
    first, second = (FROM_HERE, FROM_THERE) if here_first else (FROM_THERE, FROM_HERE)
    for mark, end in (("_ab", first), ("_ba", second)):
        if name.endswith(mark):
            return f"{name.removesuffix(mark)}{end}"
        if f"{mark}_" in name:
            return name.replace(f"{mark}_", f"{end}_")
    return name


def _seen_from_here(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(
        replace(column, name=name, meaning=f"{column.meaning} (a = this country's end)")
        if (name := turned_name(column.name, here_first=True)) != column.name
        else column
        for column in columns
    )


def _but(table: Table, *left_out: str) -> tuple[Column, ...]:
    return tuple(column for column in table.columns if column.name not in left_out)


def _of(table: Table, chosen: Callable[[str], bool]) -> tuple[Column, ...]:
    return tuple(column for column in table.columns if chosen(column.name))


COUNTRY_INSTITUTION = Table(
    "institutions",
    "The institutions of the country, highest strength first, with works (institutions.csv) and "
    "their place in the network of all works (centrality.csv). Ranks are among all institutions.",
    (
        *_but(INSTITUTIONS, "country", "side"),
        *_but(CENTRALITY, *INSTITUTIONS.column_names),
    ),
    ("institution_id",),
)
COUNTRY_TIE = Table(
    "ties",
    "Ties of the country's institutions with institutions elsewhere, most works first "
    "(institution_pairs.csv).",
    (
        text("institution_id", "institution of the country"),
        text("institution", "its name"),
        text("partner_id", "institution elsewhere"),
        text("partner", "its name"),
        text("partner_country", "its country; empty = unknown"),
        flag("cross_side", "the two countries are in different sides"),
        *_seen_from_here(
            _of(INSTITUTION_PAIRS, lambda name: not name.endswith(("_a", "_b", "cross_side")))
        ),
    ),
    ("institution_id", "partner_id"),
)
COUNTRY_PARTNER = Table(
    "partners",
    "Countries with works in common with this one, most works first (country_pairs.csv).",
    (
        text("partner_country", "the other country"),
        *_seen_from_here(_but(COUNTRY_PAIRS, "country_a", "country_b")),
    ),
    ("partner_country",),
)
COUNTRY_DISTRIBUTION = Table(
    "distribution",
    "How many institutions of the country have how many works, joint works or partners.",
    (
        text("number", "what is counted: works, joint_works, partners or joint_partners"),
        *(
            integer(f"institutions_{band}", f"with {band.replace('_', ' ')}", "institutions")
            for band, *_ in BANDS
        ),
        integer("institutions", "all of the country", "institutions"),
        integer("fewer_than_ten", f"with fewer than {FEW}", "institutions"),
        number("share_fewer_than_ten", "fewer_than_ten / institutions", "fraction"),
        number("median", "the middle institution's number", ""),
    ),
    ("number",),
)
