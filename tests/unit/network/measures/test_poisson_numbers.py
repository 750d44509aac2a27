"""How often works count in a corpus drawn anew: Poisson numbers of mean 1."""

import numpy as np
import pytest
from scipy import stats

from bibnet.network.measures.poisson_numbers import AT_LEAST, poisson_numbers


def test_the_bounds_are_the_probabilities_of_the_distribution() -> None:
    known = [2**32 * stats.poisson.sf(k - 1, 1) for k in range(1, 14)]
    assert tuple(round(bound) for bound in known[:-1]) == AT_LEAST
    assert known[-1] < 0.5  # no number above twelve has a bound


def test_numbers_are_those_of_poisson() -> None:
    """Chi square with seven cells (0 to 5, more): its 99.9 % quantile is 22.5."""
    drawn = poisson_numbers(np.random.default_rng(7), 500_000)
    seen = np.bincount(np.minimum(drawn, 6), minlength=7)
    expected = 500_000 * np.append(stats.poisson.pmf(range(6), 1), stats.poisson.sf(5, 1))
    assert ((seen - expected) ** 2 / expected).sum() < stats.chi2.ppf(0.999, 6)
    assert drawn.mean() == pytest.approx(1, abs=0.006)


def test_the_seed_decides_and_none_are_asked_for() -> None:
    first, again = (poisson_numbers(np.random.default_rng(1), 20) for _ in range(2))
    assert first.tolist() == again.tolist()
    assert poisson_numbers(np.random.default_rng(1), 0).tolist() == []
