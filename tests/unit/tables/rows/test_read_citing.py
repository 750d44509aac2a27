"""Citations by year are read as they are given, twice-named and broken entries mended."""

from pathlib import Path

from read_inputs import read, work


def test_citations_by_year(tmp_path: Path) -> None:
    counts = [
        {"year": 2023, "cited_by_count": 4},
        {"year": 2021, "cited_by_count": 1},
        {"year": 2021, "cited_by_count": 2},
        {"year": None, "cited_by_count": 2},
        None,
    ]
    given = read(tmp_path, work(1, counts_by_year=counts))
    assert given.rows("citing_year", "year", "citations") == [(2021, 2), (2023, 4)]


def test_a_work_without_them(tmp_path: Path) -> None:
    assert read(tmp_path, work(1)).rows("citing_year") == []
