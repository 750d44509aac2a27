"""Which years a figure draws: those of few works say nothing but noise."""

from collections.abc import Sequence

import pandas as pd

LONG = 30  # years from first to last; counts of a shorter time are drawn whole
FEW_NOTE = "fewer than ten works"
FEW = 10  # works: with fewer one work more or less moves a share by ten points and more


def drawn(rows: pd.DataFrame, works: str) -> tuple[pd.DataFrame, str]:
    """The rows (column `year`) of a figure of shares, and a sentence on those it leaves out.

    They reach from the first year with FEW works or more to the last; the column `few` tells those
    between that have fewer, where a line is to be broken. Nothing where no year has so many: 1 of
    1 is no 100%.
    """
    enough = rows[works].fillna(0) >= FEW
    years = rows.loc[enough, "year"]
    inside = rows["year"].between(years.min(), years.max())
    shown = rows.assign(few=~enough)[inside]
    left_out = f" Years with fewer than {FEW} works are in the tables only."
    return shown, left_out if len(shown) and not enough.all() else ""


def with_works(years: pd.DataFrame) -> pd.DataFrame:
    """The rows of years.csv from the first to the last year that has a work.

    An axis ends where the data end: a year of the query that has no work yet is in the tables.
    Where joint works alone were harvested they are all that is counted.
    """
    counted = years["works"].fillna(0) + years["joint_works"].fillna(0) > 0
    some = years.loc[counted, "year"]
    return years[years["year"].between(some.min(), some.max())] if len(some) else years


def since_first(rows: pd.DataFrame, counted: str) -> tuple[pd.DataFrame, str]:
    """The rows (column `year`) from the first one that counts anything, and a sentence on it."""
    some = rows.loc[rows[counted].fillna(0) > 0, "year"]
    if not _is_long(rows["year"]) or some.empty or some.min() == rows["year"].min():
        return rows, ""
    return rows[rows["year"] >= some.min()], f" Before {some.min()} there are none."


def every_year(years: Sequence[int]) -> list[int]:
    """The years from the first to the last one, so that an axis has no gap."""
    return list(range(min(years), max(years) + 1)) if len(years) else []


def _is_long(years: pd.Series) -> bool:
    return bool(len(years)) and int(years.max()) - int(years.min()) > LONG
