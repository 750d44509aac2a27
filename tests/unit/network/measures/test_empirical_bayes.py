"""A unit's links in a work are averaged with those of units like it."""

import numpy as np
import pytest
from scipy import sparse

from bibnet.network.measures.empirical_bayes import (
    LEAST_CREDIBILITY,
    MOST_CREDIBILITY,
    credibility,
    pooled_links,
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


def of_a_work(units: tuple[list[int], ...]) -> np.ndarray:
    """Mean links of the works that each unit is averaged with."""
    weight, drawn = pooled_links(links(*units), (len(units), 400), np.random.default_rng(1))
    return np.asarray(drawn.sum(axis=1) / weight.sum(axis=1))


def test_small_units_are_averaged_with_small_ones_and_large_with_large() -> None:
    """250 units of two works with nine links, two of 300 works with one."""
    found = of_a_work((*[[9, 9]] * 250, [1] * 300, [1] * 300))
    np.testing.assert_allclose(found, [9.0] * 250 + [1.0] * 2, rtol=1e-5)


def test_few_small_units_are_averaged_with_the_next_larger_ones() -> None:
    """Units of two works have 498 works in all, too few: a mean of 498 nines and 600 ones."""
    found = of_a_work((*[[9, 9]] * 249, [1] * 300, [1] * 300))
    assert found[:249].mean() == pytest.approx((498 * 9 + 600) / 1098, rel=0.06)
    assert found[249:].min() > 3
