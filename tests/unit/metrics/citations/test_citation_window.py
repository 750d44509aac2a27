"""Citations within the first years of a work, and when they are unknown."""

import pandas as pd

from bibnet.metrics.citations.scores import cited_within


def within(works: list[tuple[int, int | None]], citing: list[tuple[int, int, int]]) -> list:
    """Window of three years for works (year, citations) and rows (work, citing year, number)."""
    frame = pd.DataFrame(works, columns=["year", "citations"]).astype({"citations": "float64"})
    keyed = frame.assign(work_key=range(1, len(works) + 1))
    rows = pd.DataFrame(citing, columns=["work_key", "year", "citations"]).astype("int64")
    found = cited_within(keyed, rows, 3).astype(object)
    return found.where(found.notna(), None).tolist()


def test_the_year_of_publication_and_the_two_after_it_count() -> None:
    rows = [(1, 2017, 9), (1, 2018, 1), (1, 2019, 2), (1, 2020, 4), (1, 2021, 100)]
    assert within([(2018, 116)], rows) == [7.0]  # 2017 is before, 2021 after the window


def test_a_work_that_no_one_cites_has_none_in_the_window() -> None:
    assert within([(2018, 0), (2018, 5)], [(2, 2018, 5)]) == [0.0, 5.0]


def test_what_the_source_does_not_count_by_year_is_unknown() -> None:
    """Counts begin in 2012: a work of 2011 has a year nobody counted; one that is cited without
    any count by year is unknown, and so is one whose citations are."""
    rows = [(1, 2012, 3), (2, 2012, 1)]
    assert within([(2012, 3), (2011, 1), (2015, 8), (2015, None)], rows) == [3.0, None, None, None]


def test_a_source_without_counts_by_year() -> None:
    assert within([(2018, 0), (2018, 2)], []) == [None, None]
