"""Stability intervals: seeded, the same for every order, known where the answer is known."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.metrics.citations.intervals import DRAWS_AT_ONCE, stability_interval, weighted_mean


def interval(values: list[float], seed: int = 1, name: str = "n") -> tuple[float, float]:
    return stability_interval(np.array(values), np.ones(len(values)), seed=seed, name=name)


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    """100 works of which 30 are top: a sample has Binomial(100, 0.3) of them, whose 2.5 and 97.5
    percentiles are 21 and 39."""
    low, high = interval([1.0] * 30 + [0.0] * 70)
    assert low == pytest.approx(0.21, abs=0.015)
    assert high == pytest.approx(0.39, abs=0.015)


def test_weights_count() -> None:
    assert weighted_mean(np.array([1.0, 4.0]), np.array([3.0, 1.0])) == 1.75
    assert math.isnan(weighted_mean(np.array([1.0]), np.array([0.0])))
    assert math.isnan(weighted_mean(np.array([np.nan]), np.array([1.0])))


def test_undefined_values_are_left_out() -> None:
    assert weighted_mean(np.array([np.nan, 2.0]), np.ones(2)) == 2.0
    assert interval([1.0, 2.0, 3.0, np.nan]) == interval([1.0, 2.0, 3.0])


def test_one_work_has_no_interval() -> None:
    assert all(map(math.isnan, interval([3.0, np.nan])))
    assert interval([3.0, 3.0]) == (3.0, 3.0)


@settings(deadline=None)
@given(st.permutations([0.0, 0.5, 0.5, 1.0, 2.0, 7.5]))
def test_the_order_of_works_changes_nothing(values: list[float]) -> None:
    assert interval(values) == interval(sorted(values))


def test_each_number_has_its_own_chance_and_the_seed_decides() -> None:
    values = [float(n) for n in range(30)]
    assert interval(values) == interval(values)
    assert interval(values) != interval(values, seed=2)
    assert interval(values) != interval(values, name="another")


def test_many_works_are_drawn_in_parts() -> None:
    """More works than are drawn at once for all samples together."""
    number = DRAWS_AT_ONCE // 900
    low, high = interval([0.0, 1.0] * (number // 2))
    assert low < 0.5 < high
    assert high - low == pytest.approx(2 * 1.96 * 0.5 / math.sqrt(number), rel=0.2)
