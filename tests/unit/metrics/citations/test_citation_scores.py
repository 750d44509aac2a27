"""Scores of single works: worked out by hand, and laws that hold for every reference set."""

from datetime import date
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.metrics.citations.scores import (
    citation_scores,
    reference_of,
    too_young,
    top_shares,
    unjudged_years,
)
from bibnet.metrics.source import SourceTime

NAN = float("nan")


def works(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Works from rows (field, year, type, citations, fwci, percentile)."""
    columns = ["field_id", "year", "type", "citations", "fwci", "citation_percentile"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(work_key=range(1, len(rows) + 1)).astype(
        {"citations": "float64", "fwci": "float64", "citation_percentile": "float64"}
    )


def young(frame: pd.DataFrame) -> np.ndarray:
    """Works of 2021 and later."""
    return (frame["year"] > 2020).to_numpy()


def scored(frame: pd.DataFrame, reference: str, *columns: str) -> list[tuple[object, ...]]:
    found = citation_scores(frame, young(frame))
    rows = found[found["reference"] == reference].astype(object)
    return list(rows.where(rows.notna(), None)[list(columns)].itertuples(index=False, name=None))


def test_a_work_is_compared_with_its_field_year_and_type() -> None:
    """Cell one: 4, 0 and 2 citations, mean 2. The others stand alone with their own mean."""
    frame = works(
        ("17", 2018, "article", 4, None, None),
        ("17", 2018, "article", 0, None, None),
        ("17", 2018, "article", 2, None, None),
        ("17", 2019, "article", 9, None, None),  # another year
        ("17", 2018, "review", 9, None, None),  # another type
        ("22", 2018, "article", 9, None, None),  # another field
        (None, 2018, None, 5, None, None),  # no field and no type is a cell, too
        (None, 2018, None, 15, None, None),
    )
    ncs = [row[0] for row in scored(frame, "ai_internal", "ncs")]
    assert ncs == [2.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.5, 1.5]


def test_what_cannot_be_judged_is_told_apart() -> None:
    frame = works(
        ("17", 2018, "article", None, 1.0, 0.5),  # citations unknown
        ("17", 2021, "article", 3, 1.0, 0.5),  # younger than two years
        ("22", 2018, "article", 0, None, 0.5),  # in a cell without a citation
        ("17", 2018, "article", 3, 2.0, 0.95),
    )
    assert scored(frame, "ai_internal", "state", "ncs") == [
        ("unknown_citations", None),
        ("too_young", None),
        ("undefined", None),
        ("scored", 1.0),
    ]
    assert scored(frame, "openalex", "state", "ncs", "top10") == [
        ("scored", 1.0, 0.0),
        ("too_young", None, None),
        ("no_score", None, None),  # the percentile alone is not enough
        ("scored", 2.0, 1.0),
    ]


def test_a_cell_without_a_citation_has_a_top_ten_percent_all_the_same() -> None:
    frame = works(*[("17", 2018, "article", 0, None, None)] * 4)
    assert scored(frame, "ai_internal", "ncs", "top10") == [(None, 0.1)] * 4


def test_unknown_citations_are_not_in_the_mean() -> None:
    frame = works(("17", 2018, "article", 6, None, None), ("17", 2018, "article", None, None, None))
    assert scored(frame, "ai_internal", "cell_works", "cell_mean")[0] == (1.0, 6.0)


def test_ties_at_the_threshold_share_what_is_left_of_the_top() -> None:
    """Waltman, Schreiber 2013: 20 works, so two are top: one with 9 citations wholly, and the four
    with 5 citations share the other, a quarter each."""
    cited = np.array([9, 5, 5, 5, 5] + [1] * 15)
    found = top_shares(cited, np.zeros(20, int))
    assert found.tolist() == [1.0, 0.25, 0.25, 0.25, 0.25] + [0.0] * 15


def test_fewer_than_ten_works_have_no_whole_top_work() -> None:
    assert top_shares(np.array([7, 3, 3]), np.zeros(3, int)).tolist() == pytest.approx([0.3, 0, 0])


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), min_size=1, max_size=80),
    st.randoms(use_true_random=False),
)
def test_exactly_a_tenth_of_every_reference_set_is_top(rows: list, chance: object) -> None:
    chance.shuffle(rows)
    cell, cited = (np.array(column) for column in zip(*rows, strict=True))
    found = top_shares(cited, cell)
    assert ((found >= 0) & (found <= 1)).all()
    for name in set(cell.tolist()):
        here = cell == name
        assert found[here].sum() == pytest.approx(float(Fraction(int(here.sum()), 10)), abs=1e-12)
        order = np.argsort(cited[here])
        assert (np.diff(found[here][order]) >= -1e-12).all()  # more citations, never less top


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9)), min_size=1, max_size=40))
def test_the_mean_score_of_a_cell_with_a_citation_is_one(rows: list) -> None:
    frame = works(*[(field, 2018, "article", cited, None, None) for field, cited in rows])
    found = citation_scores(frame, young(frame))
    internal = found[(found["reference"] == "ai_internal") & (found["state"] == "scored")]
    for _, cell in internal.groupby("field_id", observed=True):
        assert cell["ncs"].mean() == pytest.approx(1.0)


def appeared(*days: tuple[int, str | None]) -> pd.DataFrame:
    """Works from rows (year, day of publication)."""
    frame = pd.DataFrame(days, columns=["year", "published"])
    return frame.assign(published=pd.to_datetime(frame["published"], utc=True))


def dated(*day: int) -> SourceTime:
    return SourceTime(date(*day), day[0])


def test_works_are_judged_two_years_after_they_appeared_to_the_day() -> None:
    """The source is of 16 February 2026; a work of no known day has its year's last."""
    frame = appeared(
        (2024, "2024-02-17"), (2024, "2024-02-16"), (2024, None), (2023, None), (2024, "2024-01-01")
    )
    found = too_young(frame, dated(2026, 2, 16), None)
    assert found.tolist() == [True, False, True, False, False]


def test_a_leap_day_has_its_second_birthday_on_28_february() -> None:
    frame = appeared((2024, "2024-02-28"), (2024, "2024-02-29"))
    assert too_young(frame, dated(2026, 2, 28), None).tolist() == [False, True]
    assert too_young(frame, dated(2026, 3, 1), None).tolist() == [False, False]


def test_a_citation_window_must_be_over() -> None:
    frame = appeared((2021, "2021-12-31"), (2022, "2022-01-01"))
    assert too_young(frame, dated(2026, 2, 16), 5).tolist() == [False, True]


def test_of_a_source_without_a_date_the_last_two_years_it_reaches_are_not_judged() -> None:
    frame = appeared((2019, "2019-05-01"), (2022, "2022-01-01"), (2021, None), (2020, None))
    assert unjudged_years(frame["year"], 2022, None) == (2021, 2022)
    assert too_young(frame, SourceTime(None, 2022), None).tolist() == [False, True, True, False]
    assert too_young(frame, SourceTime(None, 2022), 3).tolist() == [False, True, True, True]


def test_files_that_reach_beyond_the_works_of_a_run_leave_fewer_years_unjudged() -> None:
    frame = appeared((2022, None), (2021, None))
    assert too_young(frame, SourceTime(None, 2023), None).tolist() == [True, False]
    assert unjudged_years(frame["year"], 2024, None) == ()


def test_a_year_beyond_the_last_one_of_the_source_is_not_judged() -> None:
    frame = appeared((2019, None), (2031, None))
    assert unjudged_years(frame["year"], 2022, None) == (2031,)


def test_without_works_no_year_is_left_unjudged() -> None:
    assert unjudged_years(appeared()["year"], None, None) == ()
    assert too_young(appeared(), SourceTime(None, None), None).tolist() == []
    assert too_young(appeared(), dated(2026, 2, 16), None).tolist() == []


def test_the_source_is_the_reference_from_95_percent_on() -> None:
    rows = [("17", 2018, "article", 1, 1.0, 0.5)] * 19 + [("17", 2018, "article", 1, None, 0.5)]
    frame = works(*rows)
    scores = citation_scores(frame, young(frame))
    everyone, keys = pd.Series(range(1, 21)), pd.Series(range(2, 21))
    assert reference_of(scores, everyone) == "openalex"  # 19 of 20
    assert reference_of(scores, keys) == "ai_internal"  # 18 of 19
    assert reference_of(scores, everyone, window=3) == "ai_internal"  # the source has its own
    assert reference_of(scores, keys.head(0)) == "ai_internal"
