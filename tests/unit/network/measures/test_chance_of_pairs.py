"""Works in common by chance: known distributions, exact randomisation, uniform p-values."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from bibnet.network.measures.chance_of_pairs import (
    CERTAIN,
    HYPERGEOMETRIC,
    NORMAL,
    SMALLEST_P,
    pair_moments,
    tails,
)

sys.path.append(str(Path(__file__).parents[3] / "benchmarks"))
import expectation as benchmark


def ones(number: int, value: float) -> np.ndarray:
    return np.full(number, value)


@settings(deadline=None)
@given(st.integers(4, 400), st.data())
def test_the_works_of_two_units_in_common_are_hypergeometric(
    balls: int, data: st.DataObject
) -> None:
    """Of all works one unit has `marked` and the other `drawn`: the exact tails of scipy."""
    drawn = data.draw(st.integers(2, balls // 2))
    marked = data.draw(st.integers(drawn, balls - drawn))
    known = stats.hypergeom(balls, marked, drawn)
    number = np.arange(drawn + 1)
    moments = (ones(drawn + 1, m) for m in (known.mean(), known.var(), float(drawn)))
    found = tails(number, *moments)
    assert set(found.method) == {HYPERGEOMETRIC}
    assert found.upper == pytest.approx(np.maximum(known.sf(number - 1), SMALLEST_P), rel=1e-6)
    assert found.lower == pytest.approx(np.maximum(known.cdf(number), SMALLEST_P), rel=1e-6)
    assert found.exactly == pytest.approx(known.pmf(number), abs=1e-9)


def test_rare_pairs_are_poisson() -> None:
    number = np.arange(8)
    found = tails(number, ones(8, 2.0), ones(8, 2.0), ones(8, 1e5))
    assert found.upper == pytest.approx(stats.poisson(2).sf(number - 1), rel=1e-3)


def test_p_counts_half_of_what_is_observed() -> None:
    """Four balls, two marked, two drawn: 0, 1, 2 with 1/6, 4/6, 1/6."""
    found = tails(np.arange(3), ones(3, 1.0), ones(3, 1 / 3), ones(3, 2.0))
    assert found.exactly.tolist() == pytest.approx([1 / 6, 4 / 6, 1 / 6])
    assert found.p.tolist() == pytest.approx([1 / 6, 1.0, 1 / 6])


def test_where_nothing_is_left_to_chance_p_is_one() -> None:
    found = tails(np.array([5]), ones(1, 5.0), ones(1, 0.0), ones(1, 5.0))
    assert (found.method[0], found.p[0]) == (CERTAIN, 1.0)


def test_an_urn_that_would_end_too_early_gives_way_to_the_normal() -> None:
    """Mean 5, variance 0.5, at most 10: the urn would give 4 to 6, the works can be 0 to 10."""
    found = tails(np.array([5, 9]), ones(2, 5.0), ones(2, 0.5), ones(2, 10.0))
    assert set(found.method) == {NORMAL}
    z = (np.array([5, 9]) - 5.5) / np.sqrt(0.5)
    assert found.upper.tolist() == pytest.approx(stats.norm.sf(z).tolist())


def test_an_end_beyond_six_standard_deviations_does_not_matter() -> None:
    """Mean 150, variance 66.7, at most 750: the urn has 337 marked balls, 23 deviations away."""
    number = np.array([150, 400])
    found = tails(number, ones(2, 150.0), ones(2, 200 / 3), ones(2, 750.0))
    assert set(found.method) == {HYPERGEOMETRIC}
    assert found.upper[0] == pytest.approx(stats.norm.sf(-0.5 / np.sqrt(200 / 3)), abs=0.01)
    assert (found.upper[1], found.lower[1]) == (SMALLEST_P, 1.0)


def test_no_pair_no_tail() -> None:
    assert len(tails(*[np.zeros(0)] * 4).p) == 0


def test_in_works_that_are_all_alike_the_variance_is_the_hypergeometric_one() -> None:
    """300 works of 40 of 80 units, 150 works each: K a^2 (1 - a)^2, a = 1/2, near enough (a work of
    many units ties its units little)."""
    found = pair_moments(np.array([150] * 80), np.array([40] * 300))
    assert found.mean[0, 0] == pytest.approx(300 / 4, rel=0.02)
    assert found.variance[0, 0] == pytest.approx(300 / 16, rel=0.05)
    assert found.most[0, 0] == 150


@pytest.mark.long
def test_p_is_uniform_and_the_variance_right_where_all_is_chance() -> None:
    """Short form of `tests/benchmarks/expectation.py`: two designs, 60 draws each."""
    for name in ("countries", "years"):
        design = benchmark.randomised(name, benchmark.designs()[name], 60)
        *_, row = benchmark.null_rows(design)
        assert row["expected"] == "5+"
        assert 0.035 <= row["p05"] <= 0.065
        assert row["mean"] == pytest.approx(1, abs=0.02)
        assert row["variance"] == pytest.approx(1, abs=0.1)
        assert row["variance_before"] > 1.15
        assert row["discoveries"] <= 8
