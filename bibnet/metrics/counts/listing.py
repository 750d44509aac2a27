"""When a list held a body: listed when the work appeared, listed since, listed no more.

A list holds an entry in intervals (table `list_interval`); days that are known as a year
only may lie anywhere in it, and so may the day of a work of which only the year is known. A flag is

- `then`: an interval holds the day of the work for certain;
- `unclear`: an interval may hold it (the year of the work or of the listing is all that is known);
- `since`: no interval can hold it, one begins later;
- `until`: every interval ended before;
- empty: no interval of the entry is known.

Each flag is one of these, so that their counts add up to the works. The counts of the exhibits
are of all flags (listed now, as the studies count); these parts stand beside them.
"""

import ibis
import ibis.expr.types as ir

from bibnet.storage.engine import Tables

THEN, UNCLEAR, SINCE, UNTIL, UNKNOWN = "then", "unclear", "since", "until", "unknown"
STANDINGS = (THEN, UNCLEAR, SINCE, UNTIL, UNKNOWN)
BOUNDS = ("first_low", "first_high", "last_low", "last_high")


def with_standing(flags: ir.Table, tables: Tables) -> ir.Table:
    """The rows of `flags` (work_key, entry_id, ...) with the column `listed`, one of STANDINGS."""
    pairs = flags.select("work_key", "entry_id").distinct()
    dated = pairs.inner_join(_work_days(tables), "work_key")
    held = dated.left_join(_intervals(tables), "entry_id")
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


def _intervals(tables: Tables) -> ir.Table:
    """Rows (entry_id, BOUNDS): every interval with what its days may be."""
    rows = tables["list_interval"]
    return rows.select("entry_id", **{name: rows[name].cast("date") for name in BOUNDS})


def listed_days(tables: Tables) -> ir.Table:
    """Rows (entry_id, listed_from, listed_now) of the entries that any list held.

    `listed_from` is the earliest day as the lists have it, `listed_now` that a list holds the
    entry still, as far as the lists were read.
    """
    rows = tables["list_interval"]
    return rows.group_by("entry_id").aggregate(
        listed_from=rows.listed_from.min(), listed_now=rows.listed_until.isnull().any()
    )
