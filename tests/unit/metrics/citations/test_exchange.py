"""The test of exchanged works against the choices there are, counted or drawn one by one."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.metrics.citations.exchange import _moments, exchange_p

SCORES = st.lists(st.integers(0, 20).map(float), min_size=2, max_size=7)


def differences(scores: list[float], chosen: int) -> np.ndarray:
    """Mean of the chosen - mean of the others, for every choice of so many."""
    places = range(len(scores))
    return np.array(
        [
            np.mean([scores[k] for k in choice])
            - np.mean([scores[k] for k in places if k not in choice])
            for choice in combinations(places, chosen)
        ]
    )


@settings(deadline=None, max_examples=60)
@given(SCORES, st.data())
def test_moments_are_those_of_every_choice(scores: list[float], data: st.DataObject) -> None:
    chosen = data.draw(st.integers(1, len(scores) - 1))
    every = differences(scores, chosen)
    variance, third = _moments(np.array(scores), chosen)
    assert every.mean() == pytest.approx(0, abs=1e-9)
    assert variance == pytest.approx((every**2).mean(), abs=1e-9)
    assert third == pytest.approx((every**3).mean(), abs=1e-7)


def test_far_apart_and_the_same() -> None:
    low, high = np.arange(40.0), np.arange(40.0) + 30
    one = np.array([1.0])
    assert exchange_p([high], [low], one) < 1e-6
    assert exchange_p([high], [low], one) == pytest.approx(exchange_p([low], [high], one))
    assert exchange_p([low], [low], one) == pytest.approx(1)


def test_scores_all_alike_and_no_stratum() -> None:
    same = np.array([2.0, 2.0])
    assert exchange_p([same], [same], np.array([1.0])) == 1
    assert exchange_p([same[:1]], [same[:1]], np.array([1.0])) == 1
    assert math.isnan(exchange_p([], [], np.array([])))


@pytest.mark.parametrize(
    "strata", [[(30, 300)], [(20, 300), (80, 12)], [(30, 60), (6, 34)]], ids=str
)
def test_skewed_works_that_are_alike_differ_in_one_of_twenty_cases(
    strata: list[tuple[int, int]],
) -> None:
    """Small groups, and few works that stand for many: 600 data sets, lognormal, half of them 0."""
    chance = np.random.default_rng(1)
    part = np.array([joint for joint, _ in strata]) / sum(joint for joint, _ in strata)
    p = []
    for _ in range(600):
        scores = [chance.lognormal(0, 1.3, sum(n)) * (chance.random(sum(n)) < 0.5) for n in strata]
        joint = [one[:number] for one, (number, _) in zip(scores, strata, strict=True)]
        other = [one[number:] for one, (number, _) in zip(scores, strata, strict=True)]
        p.append(exchange_p(joint, other, part))
    assert 0.02 <= np.mean(np.array(p) <= 0.05) <= 0.07
