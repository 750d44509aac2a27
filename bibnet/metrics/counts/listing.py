"""When a list held a body: listed when the work appeared, listed since, listed no more.

A list holds an entry in intervals (reference list `list_intervals`); days that are known as a year
only may lie anywhere in it, and so may the day of a work of which only the year is known. A flag is

- `then`: an interval holds the day of the work for certain;
- `unclear`: an interval may hold it (the year of the work or of the listing is all that is known);
- `since`: no interval can hold it, one begins later;
- `until`: every interval ended before;
- empty: no interval of the entry is known.

Each flag is one of these, so that their counts add up to the works. The counts of the exhibits
are of all flags (listed now, as the studies count); these parts stand beside them.
"""

from datetime import date

import ibis
import ibis.expr.types as ir

from bibnet.reference import load
from bibnet.reference.days import read_days
from bibnet.storage.engine import Tables

THEN, UNCLEAR, SINCE, UNTIL, UNKNOWN = "then", "unclear", "since", "until", "unknown"
STANDINGS = (THEN, UNCLEAR, SINCE, UNTIL, UNKNOWN)
OPEN = date(9999, 12, 31)
BOUNDS = ("first_low", "first_high", "last_low", "last_high")


def with_standing(flags: ir.Table, tables: Tables) -> ir.Table:
    """The rows of `flags` (work_key, entry_id, ...) with the column `listed`, one of STANDINGS."""
    pairs = flags.select("work_key", "entry_id").distinct()
    dated = pairs.inner_join(_work_days(tables), "work_key")
    held = dated.left_join(intervals(), "entry_id")
    # Certainly on the list on the day; possibly; later only.
    certain = (held.first_high <= held.day_low) & (held.last_low >= held.day_high)
    possible = (held.first_low <= held.day_high) & (held.last_high >= held.day_low)
    grouped = held.group_by(["work_key", "entry_id"]).aggregate(
        certain=certain.any().fill_null(False),
        possible=possible.any().fill_null(False),
        later=(held.first_low > held.day_high).any().fill_null(False),
        known=held.first_low.notnull().any(),
    )
    judged = grouped.select(
        "work_key",
        "entry_id",
        listed=ibis.cases(
            (~grouped.known, UNKNOWN),
            (grouped.certain, THEN),
            (grouped.possible, UNCLEAR),
            (grouped.later, SINCE),
            else_=UNTIL,
        ),
    )
    return flags.inner_join(judged, ["work_key", "entry_id"])


def _work_days(tables: Tables) -> ir.Table:
    """Rows (work_key, day_low, day_high): the day of each work, or the year it lies in.

    1 January is no day: it stands where the source knows the year only.
    """
    work = tables["work"].select("work_key", "year", "published")
    day = work.published.date()
    is_day = (day.notnull() & ~((day.month() == 1) & (day.day() == 1))).fill_null(False)
    return work.select(
        "work_key",
        day_low=ibis.ifelse(is_day, day, ibis.date(work.year, 1, 1)),
        day_high=ibis.ifelse(is_day, day, ibis.date(work.year, 12, 31)),
    )


def intervals() -> ir.Table:
    """Rows (entry_id, BOUNDS): every interval of the reference list with what its days may be.

    first_low and first_high are the earliest and the latest day on which it may have begun,
    last_low and last_high the same of its end; an open interval ends on a far day.
    """
    rows = []
    for row in load.rows("list_intervals"):
        first = read_days(row["listed_from"])
        last = read_days(row["listed_until"]) or (OPEN, OPEN)
        if first:
            rows.append((row["entry_id"], *first, *last))
    columns = ("entry_id", *BOUNDS)
    schema = {name: "string" if name == "entry_id" else "date" for name in columns}
    return ibis.memtable(
        {name: [row[at] for row in rows] for at, name in enumerate(columns)}, schema=schema
    )


def listed_now() -> frozenset[str]:
    """Entries that a list holds still, as far as the lists were read."""
    rows = load.rows("list_intervals")
    return frozenset(row["entry_id"] for row in rows if not row["listed_until"])


def listed_from() -> dict[str, str]:
    """Entry -> the earliest day that any list held it, as the list has it."""
    found: dict[str, str] = {}
    for row in load.rows("list_intervals"):
        known = found.get(row["entry_id"], row["listed_from"])
        found[row["entry_id"]] = min(known, row["listed_from"])
    return found
