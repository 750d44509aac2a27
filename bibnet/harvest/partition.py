"""Parts of a harvest that are walked one by one: a year, or a month where a year is large.

Short walks keep cursors short and let several run at once.
"""

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bibnet.harvest.estimating import Estimate
from bibnet.harvest.planning import Plan, Selection

Filters = dict[str, str]
MONTHS_ABOVE = 20_000  # works in a year: 200 pages, a walk of some minutes


@dataclass(frozen=True)
class Partition:
    """A part of a harvest; `name` is its folder.

    Names begin with the year, so that the full author lists (folder `authors`) are read
    after all of them.
    """

    name: str
    filters: Mapping[str, str]


def partitions(plan: Plan, estimate: Estimate) -> list[Partition]:
    """All parts of a plan, sorted by name; every year of the query, whatever the estimate."""
    if plan.entity != "works":
        return [Partition(plan.entity, {})]
    found = [
        part
        for selection in plan.selections
        for year, works in sorted(estimate.years(selection.name, plan.years).items())
        for part in _parts(selection, year, works)
    ]
    return sorted(found, key=lambda part: part.name)


def _parts(selection: Selection, year: int, works: int) -> Iterator[Partition]:
    if works <= MONTHS_ABOVE:
        filters = {**selection.filters, "publication_year": str(year)}
        yield Partition(_name(f"{year:04}", selection), filters)
        return
    for month in range(1, 13):
        first = f"{year:04}-{month:02}"
        last = f"{first}-{calendar.monthrange(year, month)[1]:02}"
        dates = {"from_publication_date": f"{first}-01", "to_publication_date": last}
        yield Partition(_name(first, selection), {**selection.filters, **dates})


def whole_years(parts: Iterable[Partition]) -> dict[str, tuple[Filters, list[str]]]:
    """For each year that is walked by month: filters of the whole year, names of its months."""
    found: dict[str, tuple[Filters, list[str]]] = {}
    for part in parts:
        filters = dict(part.filters)
        first = filters.pop("from_publication_date", "")
        if first:
            filters.pop("to_publication_date")
            year = part.name.replace(first[:7], first[:4], 1)
            whole = {**filters, "publication_year": str(int(first[:4]))}
            found.setdefault(year, (whole, []))[1].append(part.name)
    return found


def _name(period: str, selection: Selection) -> str:
    return f"{period}-{selection.name}" if selection.name else period
