"""Intervals of the relative intensity by drawn works: those of few works, of none, of one work."""

import math

import numpy as np
import pandas as pd
import pytest

from bibnet.metrics.counts.intensity_intervals import (
    COLUMNS,
    FEWEST_WORKS,
    intensities,
    resampled_intensities,
)


def ties(*works: tuple[str, int]) -> pd.DataFrame:
    """Rows from words of letters and how many works are alike: each two letters are a tie."""
    rows = [
        (f"W{word}{number}", word[i], word[j])
        for word, times in works
        for number in range(times)
        for i in range(len(word))
        for j in range(i + 1, len(word))
    ]
    return pd.DataFrame(rows, columns=["work_id", "unit_a", "unit_b"]).astype("object")


def interval(rows: pd.DataFrame, pair: str) -> tuple[float, float]:
    found = resampled_intensities(rows, seed=1).set_index(["unit_a", "unit_b"]).loc[tuple(pair)]
    return float(found["ric_ab_resampled_low"]), float(found["ric_ab_resampled_high"])


def test_the_index_is_that_of_the_formula() -> None:
    """As in the table: 10 of the 20 links of a, 30 of the 180 links without a: 3; back 4."""
    both = intensities(np.array([10.0]), np.array([20.0]), np.array([40.0]), 100.0)
    assert both[0].tolist() == [pytest.approx((10 / 20) / (30 / 80))]
    assert both[1].tolist() == [pytest.approx((10 / 40) / (10 / 60))]


def test_where_every_work_has_one_tie_the_interval_is_that_of_the_formula() -> None:
    """Links are independent then: 60 of 160 links of a; 140 of b elsewhere among 340."""
    rows = ties(("ab", 60), ("ac", 100), ("bc", 140), ("cd", 200))
    index, spread = (60 / 160) / (140 / 340), math.sqrt(1 / 60 - 1 / 160 + 1 / 140 - 1 / 340)
    low, high = interval(rows, "ab")
    assert low == pytest.approx(index * math.exp(-1.96 * spread), rel=0.06)
    assert high == pytest.approx(index * math.exp(1.96 * spread), rel=0.06)


def test_works_are_drawn_whole() -> None:
    """Twenty works of four units: whichever are drawn, all pairs have the same works."""
    low, high = interval(ties(("abcd", 20)), "ab")
    assert low == high == pytest.approx((1 / 3) / (2 / 3))


def test_pairs_of_few_works_have_no_row() -> None:
    found = resampled_intensities(
        ties(("ab", FEWEST_WORKS), ("ac", FEWEST_WORKS - 1), ("bc", 30), ("cd", 30)), seed=1
    )
    assert found[["unit_a", "unit_b"]].to_numpy().tolist() == [["a", "b"], ["b", "c"], ["c", "d"]]


def test_a_partner_without_any_other_link_has_no_interval() -> None:
    found = resampled_intensities(ties(("ab", 30), ("ac", 30)), seed=1).iloc[0]
    assert math.isnan(found["ric_ab_resampled_low"])
    assert found["ric_ba_resampled_low"] > 0


@pytest.mark.parametrize("rows", [ties(), ties(("ab", 1)), ties(("ab", 9))])
def test_nothing_to_compare_gives_no_number(rows: pd.DataFrame) -> None:
    assert resampled_intensities(rows, seed=1)[list(COLUMNS)].isna().to_numpy().all()


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = ties(("ab", 9), ("abc", 7), ("bd", 12), ("cd", 8))
    mixed = rows.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(
        resampled_intensities(rows, seed=1), resampled_intensities(mixed, seed=1)
    )
