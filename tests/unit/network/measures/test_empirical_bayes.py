"""A unit's links in a work are averaged with those of units like it."""

import numpy as np
import pytest
from scipy import sparse

from bibnet.network.measures import empirical_bayes
from bibnet.network.measures.empirical_bayes import (
    LEAST_CREDIBILITY,
    MOST_CREDIBILITY,
    _at_quantiles,
    credibility,
    links_of_a_work,
)


def links(*units: list[int]) -> sparse.csr_array:
    """A row for each unit, its works beside those of the others."""
    unit = np.repeat(np.arange(len(units)), [len(of_works) for of_works in units])
    given = np.concatenate(units).astype("float32")
    return sparse.csr_array((given, (unit, np.arange(len(unit)))))


@pytest.mark.parametrize(
    ("units", "found"),
    [
        (([1, 5], [5, 9]), 2),  # within 8, between 4, by hand
        (([1, 3], [2, 4]), MOST_CREDIBILITY),  # units differ less than chance makes them
        (([3, 3], [5, 5]), LEAST_CREDIBILITY),  # the works of a unit are alike
        (([4],), LEAST_CREDIBILITY),
    ],
)
def test_variance_within_units_over_variance_between_them(
    units: tuple[list[int], ...], found: int
) -> None:
    assert credibility(links(*units)) == found


def of_a_work(*units: list[int], draws: int = 400) -> np.ndarray:
    """Draws of the links of a work of each unit, where all works weigh the same."""
    own, works = (
        np.repeat([[count(of_works)] for of_works in units], draws, axis=1) for count in (sum, len)
    )
    return links_of_a_work(links(*units), own, works, np.random.default_rng(1))


def test_links_of_a_work_are_spread_as_means_of_own_works_and_those_averaged_with() -> None:
    """Two own works and two of all (variance 8): a mean of four, in parts of the mean of five."""
    found = of_a_work([1, 5], [5, 9], draws=20_000)
    means = np.array([(1 + 5 + 2 * 5) / 4, (5 + 9 + 2 * 5) / 4])
    np.testing.assert_allclose(found.mean(axis=1), means, rtol=0.01)
    np.testing.assert_allclose(found.std(axis=1), means * np.sqrt(8 / 4) / 5, rtol=0.02)


def test_small_units_are_averaged_with_small_ones_and_large_with_large() -> None:
    """250 units of two works with nine links, two of 300 works with one."""
    found = of_a_work(*[[9, 9]] * 250, [1] * 300, [1] * 300)
    np.testing.assert_allclose(found.T, [[9.0] * 250 + [1.0] * 2] * 400)


def test_few_small_units_are_averaged_with_the_next_larger_ones() -> None:
    """Units of two works have 498 works in all, too few: a mean of 498 nines and 600 ones."""
    found = of_a_work(*[[9, 9]] * 249, [1] * 300, [1] * 300)
    pooled = (498 * 9 + 600) / 1098
    assert found[:249].mean() == pytest.approx((9 + 9 + pooled) / 3, rel=0.01)


def test_how_many_works_are_drawn_at_a_time_changes_no_digit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    units = ([1, 5, 2], [5, 9, 4])
    at_once = of_a_work(*units)
    monkeypatch.setattr(empirical_bayes, "DRAWN_AT_ONCE", 17)
    np.testing.assert_array_equal(of_a_work(*units), at_once)


def test_draws_are_moved_to_the_quantiles_of_what_is_likely_in_the_order_they_have() -> None:
    value = np.array([[3.0, 1.0, 2.0], [3.0, 1.0, 2.0]])
    weight = np.array([[1.0, 1.0, 1.0], [2.0, 1.0, 1.0]])
    # By hand: 1, 2, 3 stand for the quantiles .125, .375, .75; asked are 1/6, 1/2, 5/6.
    moved = [[3.0, 1.0, 2.0], [3.0, 1 + 1 / 6, 2 + 1 / 3]]
    np.testing.assert_allclose(_at_quantiles(value, weight), moved)
