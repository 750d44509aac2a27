"""The null model keeps the degrees, and gives the pairs that exact randomisation gives."""

from itertools import combinations

import numpy as np
import pytest
from curveball import mean_pairs
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.network.measures.null_model import TOLERANCE, Stratum, solve
from bibnet.network.measures.work_sizes import CLOSE, pair_probabilities


def invented(units: int, works: int, sizes: list[int], seed: int) -> np.ndarray:
    """A 0/1 network, unit x work, a few units on most works, none without a work."""
    chance = np.random.default_rng(seed)
    pull = chance.pareto(1.5, units) + 0.2
    network = np.zeros((units, works), int)
    for work in range(works):
        chosen = chance.choice(units, chance.choice(sizes), replace=False, p=pull / pull.sum())
        network[chosen, work] = 1
    return network[network.sum(axis=1) > 0]


def expected_pairs(network: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Expected works of every pair with sizes held, and by the SDSM."""
    model = solve(network.sum(axis=1), network.sum(axis=0))
    place = np.searchsorted(model.degree, network.sum(axis=1))
    found = pair_probabilities(model)
    held = np.tensordot(found.works, found.both, axes=1)
    free = np.einsum("k,ik,jk->ij", model.works, model.p, model.p)
    return held[np.ix_(place, place)], free[np.ix_(place, place)]


@pytest.mark.parametrize(
    ("units", "works", "sizes"),
    [
        pytest.param(12, 120, [1, 2, 3], marks=pytest.mark.long),
        (8, 60, [2, 3, 4]),
        pytest.param(15, 300, [1, 1, 2, 2, 3], marks=pytest.mark.long),
        (10, 80, [2]),
    ],
)
def test_pairs_are_those_of_exact_randomisation(units: int, works: int, sizes: list[int]) -> None:
    """Every pair within Monte-Carlo error: 4.5 standard errors (samples are not independent, so
    a quarter of them counts) and 1 %. The SDSM, which keeps sizes on average only, is far off."""
    network, samples = invented(units, works, sizes, seed=3), 2_000
    exact, spread = mean_pairs(network, samples, seed=4)
    held, free = expected_pairs(network)
    upper = np.triu_indices(len(network), 1)
    error = 4.5 * spread / np.sqrt(samples / 4) + 0.01 * np.maximum(exact, 1)
    assert (np.abs(held - exact)[upper] <= error[upper]).all()
    assert held[upper].sum() == pytest.approx(exact[upper].sum(), rel=1e-6)  # ties keep their sum
    assert free[upper].sum() / exact[upper].sum() > 1.15
    assert (np.abs(free - exact)[upper] > error[upper]).mean() > 0.5


def misses(model: Stratum) -> float:
    by_unit = np.abs(model.p @ model.works - model.degree) / model.degree
    by_work = np.abs(model.units @ model.p - model.size) / model.size
    return float(max(by_unit.max(), by_work.max()))


@settings(deadline=None, max_examples=25)
@given(st.integers(2, 12), st.integers(1, 30), st.integers(0, 10_000))
def test_both_degree_sequences_are_kept(units: int, works: int, seed: int) -> None:
    network = invented(units, works, list(range(1, units + 1)), seed)
    model = solve(network.sum(axis=1), network.sum(axis=0))
    assert ((model.p >= 0) & (model.p <= 1)).all()
    assert misses(model) == pytest.approx(model.miss)
    # A sequence that only one network has is reached in the limit: close, not exactly.
    assert model.miss < 1e-5
    assert model.miss < TOLERANCE or ((model.p < 1e-4) | (model.p > 1 - 1e-4)).any()


def test_what_has_no_choice_is_certain() -> None:
    """One unit is on all three works and one work has all three units."""
    network = np.array([[1, 1, 1], [1, 1, 0], [0, 1, 0]])
    model = solve(network.sum(axis=1), network.sum(axis=0))
    assert model.p[model.degree == 3].tolist() == [[1.0, 1.0, 1.0]]
    assert model.p[:, model.size == 3].tolist() == [[1.0], [1.0], [1.0]]
    assert model.miss == 0


def test_a_work_of_one_unit_has_no_pair() -> None:
    model = solve(np.array([5, 3, 2]), np.array([1] * 10))
    found = pair_probabilities(model)
    assert found.both.max() == 0
    assert found.one[:, 0].tolist() == pytest.approx([0.2, 0.3, 0.5])


def test_equal_units_on_works_of_two_share_the_works_evenly() -> None:
    """Four units, each on 3 of 6 works of two: each of the 6 pairs has one work in the mean."""
    model = solve(np.array([3, 3, 3, 3]), np.array([2] * 6))
    found = pair_probabilities(model)
    assert found.works[0] * found.both[0, 0, 0] == pytest.approx(1.0)
    assert (found.one[0, 0], found.miss) == (pytest.approx(0.5), pytest.approx(0.0))
    assert found.works[0] * model.p[0, 0] ** 2 == pytest.approx(
        6 * 0.25
    )  # the SDSM: half as many again


@settings(deadline=None, max_examples=20)
@given(st.integers(3, 10), st.integers(5, 40), st.integers(0, 10_000))
def test_pairs_of_a_unit_are_its_places_beside_others(units: int, works: int, seed: int) -> None:
    """Summed over all pairs: n (n - 1) / 2 for every work of n units, whatever the degrees."""
    network = invented(units, works, [1, 2, 3], seed)
    held, _ = expected_pairs(network)
    sizes = network.sum(axis=0)
    pairs = held[np.triu_indices(len(network), 1)]
    assert pairs.sum() == pytest.approx((sizes * (sizes - 1) / 2).sum(), rel=1e-6)
    assert (pairs >= -1e-9).all()
    assert (pairs <= works + 1e-9).all()


@pytest.mark.long
def test_units_taken_out_one_by_one_or_put_together_anew_are_the_same() -> None:
    """Large and small odds take different ways; brute force over all subsets decides."""
    degree, size = np.array([9, 4, 2, 2, 1]), np.array([3] * 4 + [1] * 6)
    model = solve(degree, size)
    found = pair_probabilities(model)
    assert found.miss < CLOSE
    place = np.searchsorted(model.degree, degree)
    held = np.tensordot(found.works, found.both, axes=1)[np.ix_(place, place)]
    assert held[np.triu_indices(5, 1)] == pytest.approx(by_subsets(degree, size), rel=1e-5)


def by_subsets(degree: np.ndarray, size: np.ndarray) -> list[float]:
    """Pairs of the same model by listing every set of units a work can have."""
    units = range(len(degree))
    sets = {n: list(combinations(units, n)) for n in set(size.tolist())}
    odds = degree.astype(float)
    for _ in range(5_000):
        works = np.zeros(len(degree))
        pairs = np.zeros((len(degree), len(degree)))
        for n in size.tolist():
            weights = np.array([odds[list(chosen)].prod() for chosen in sets[n]])
            for chosen, chance in zip(sets[n], weights / weights.sum(), strict=True):
                works[list(chosen)] += chance
                pairs[np.ix_(chosen, chosen)] += chance
        odds *= degree / works
    return pairs[np.triu_indices(len(degree), 1)].tolist()
