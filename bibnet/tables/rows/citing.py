"""How often a work is cited, year by year."""

from bibnet.tables.decode.objects import WorkObject
from bibnet.tables.rows.rows import Rows


def add_citing_years(rows: Rows, work: WorkObject) -> None:
    """Add the citations of each year; a year named twice counts once, with the larger number."""
    found: dict[int, int] = {}
    for entry in work.counts_by_year or ():
        if entry is not None and entry.year is not None and entry.cited_by_count is not None:
            found[entry.year] = max(entry.cited_by_count, found.get(entry.year, 0))
    rows.citing_year.extend((rows.key, year, found[year]) for year in sorted(found))
