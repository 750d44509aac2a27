"""Citations of the invented works: counts, years, percentiles, references."""

import math
from collections.abc import Sequence
from random import Random
from typing import Any

from bibnet.harvest.sandbox import calibration as rates

Document = dict[str, Any]
REFERENCE_DATE_YEAR = 2026.8  # the corpus is of late October 2026
MOST_REFERENCES = 12
YEARS_LISTED = 10  # as many as `counts_by_year` of OpenAlex goes back


def draw_citations(year: int, chance: Random) -> int:
    """A count from a lognormal law that grows with age; none for a share of the works."""
    if chance.random() < rates.ZERO_CITATIONS:
        return 0
    age = max(0.2, REFERENCE_DATE_YEAR - year - 0.5)
    median = rates.CITATION_MEDIAN_PER_YEAR * age
    return int(median * math.exp(rates.CITATION_SPREAD * chance.gauss(0, 1)))


def counts_by_year(year: int, citations: int) -> list[Document]:
    """The count spread over the years since publication, the newest first."""
    if not citations:
        return []
    years = range(max(year, rates.LAST_YEAR - YEARS_LISTED + 1), rates.LAST_YEAR + 1)
    each, rest = divmod(citations, len(years))
    return [
        {"year": y, "cited_by_count": each + (rest if y == years[-1] else 0)}
        for y in reversed(years)
        if each or y == years[-1]
    ]


def draw_references(ids: Sequence[str], index: int, chance: Random) -> list[str]:
    """Ids of some works before the one at an index."""
    if not index or chance.random() >= rates.REFERENCES:
        return []
    count = 1 + int(chance.random() * MOST_REFERENCES)
    return sorted({ids[int(chance.random() * index)] for _ in range(count)})


def add_percentiles(works: Sequence[Document], chance: Random) -> None:
    """Set the three relative measures of each work, from its rank among the works of its year."""
    years: dict[int, list[Document]] = {}
    for work in works:
        years.setdefault(work["publication_year"], []).append(work)
    for year in sorted(years):
        mean = sum(work["cited_by_count"] for work in years[year]) / len(years[year]) or 1.0
        ranked = sorted(years[year], key=lambda work: (work["cited_by_count"], work["id"]))
        for rank, work in enumerate(ranked):
            _set_percentiles(work, (rank / len(ranked), mean), chance)


def _set_percentiles(work: Document, standing: tuple[float, float], chance: Random) -> None:
    value, mean = standing
    if chance.random() >= rates.NO_FWCI:
        work["fwci"] = round(work["cited_by_count"] / mean, 4)
    if chance.random() >= rates.NO_PERCENTILE:
        work["citation_normalized_percentile"] = {
            "value": round(value, 8),
            "is_in_top_1_percent": value >= 0.99,
            "is_in_top_10_percent": value >= 0.9,
        }
    if chance.random() >= rates.NO_PERCENTILE_YEAR:
        low = int(value * 100)
        work["cited_by_percentile_year"] = {"min": low, "max": min(100, low + 1)}
