"""Scores of single works: worked out by hand, and laws that hold for every reference set."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.metrics.citations.scores import (
    citation_scores,
    last_settled_year,
    reference_of,
    top_shares,
)

NAN = float("nan")


def works(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Works from rows (field, year, type, citations, fwci, percentile)."""
    columns = ["field_id", "year", "type", "citations", "fwci", "citation_percentile"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(work_key=range(1, len(rows) + 1)).astype(
        {"citations": "float64", "fwci": "float64", "citation_percentile": "float64"}
    )


def scored(frame: pd.DataFrame, reference: str, *columns: str) -> list[tuple[object, ...]]:
    found = citation_scores(frame, 2020)
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


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9)), min_size=1, max_size=40))
def test_the_mean_score_of_a_cell_with_a_citation_is_one(rows: list) -> None:
    frame = works(*[(field, 2018, "article", cited, None, None) for field, cited in rows])
    found = citation_scores(frame, None)
    internal = found[(found["reference"] == "ai_internal") & (found["state"] == "scored")]
    for _, cell in internal.groupby("field_id"):
        assert cell["ncs"].mean() == pytest.approx(1.0)


def test_works_are_judged_two_years_after_they_appeared() -> None:
    assert last_settled_year(2026, None) == 2024
    assert last_settled_year(2026, 5) == 2021  # a window of five years must be over
    assert last_settled_year(None, 3) is None


def test_the_source_is_the_reference_from_95_percent_on() -> None:
    rows = [("17", 2018, "article", 1, 1.0, 0.5)] * 19 + [("17", 2018, "article", 1, None, 0.5)]
    scores = citation_scores(works(*rows), 2020)
    everyone, keys = pd.Series(range(1, 21)), pd.Series(range(2, 21))
    assert reference_of(scores, everyone) == "openalex"  # 19 of 20
    assert reference_of(scores, keys) == "ai_internal"  # 18 of 19
    assert reference_of(scores, everyone, window=3) == "ai_internal"  # the source has its own
    assert reference_of(scores, keys.head(0)) == "ai_internal"
