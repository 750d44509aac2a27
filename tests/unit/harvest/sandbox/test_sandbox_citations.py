from random import Random
from typing import Any

from bibnet.harvest.sandbox.citations import (
    add_percentiles,
    counts_by_year,
    draw_citations,
    draw_references,
)


def test_older_works_are_cited_more_and_some_not_at_all() -> None:
    chance = Random(1)
    old, new = ([draw_citations(year, chance) for _ in range(3000)] for year in (2015, 2026))
    assert sum(old) > 5 * sum(new)
    assert 0.08 < old.count(0) / len(old) < 0.2


def test_counts_by_year_add_up() -> None:
    assert counts_by_year(2024, 7) == [
        {"year": 2026, "cited_by_count": 3},
        {"year": 2025, "cited_by_count": 2},
        {"year": 2024, "cited_by_count": 2},
    ]
    assert counts_by_year(2020, 0) == []


def test_references_are_earlier_works() -> None:
    chance = Random(1)
    for _ in range(100):
        assert set(draw_references(["a", "b", "c", "d"], 2, chance)) <= {"a", "b"}
    assert draw_references(["a"], 0, chance) == []


def test_percentiles_rank_within_the_year() -> None:
    works: list[dict[str, Any]] = [
        {"id": f"W{n}", "publication_year": 2020, "cited_by_count": n} for n in range(100)
    ]
    add_percentiles(works, Random(1))
    values = [
        w["citation_normalized_percentile"]["value"]
        for w in works
        if "citation_normalized_percentile" in w
    ]
    assert values == sorted(values)
    assert 80 < len(values) < 100
