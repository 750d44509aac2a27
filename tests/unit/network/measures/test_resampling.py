"""Rank intervals: works are drawn, not edges; a sure rank has a point, a near tie a range."""

import numpy as np
import pandas as pd
import pytest

from bibnet.network.centrality import tie_works
from bibnet.network.measures import WeightedNetwork, weighted_network
from bibnet.network.measures.resampling import TieWorks, rank_intervals


def corpus(*works: str, nodes: int = 5) -> tuple[WeightedNetwork, TieWorks]:
    """Works as words of letters (units); every pair of a word is a tie."""
    rows = [
        (number, ord(a) - 97, ord(b) - 97)
        for number, word in enumerate(works)
        for a, b in ((x, y) for x in word for y in word if x < y)
    ]
    pairs = sorted({(a, b) for _, a, b in rows})
    place = {pair: edge for edge, pair in enumerate(pairs)}
    edge = np.array([place[a, b] for _, a, b in rows], dtype=int)
    ends = np.array(pairs, dtype=int).reshape(-1, 2)
    network = weighted_network(nodes, ends[:, 0], ends[:, 1], np.bincount(edge))
    return network, TieWorks(len(works), np.array([k for k, _, _ in rows], dtype=int), edge)


def test_a_leader_by_far_is_sure_and_near_equals_are_not() -> None:
    network, ties = corpus(*["ab"] * 60, *["ac"] * 20, *["ad"] * 20)
    found = rank_intervals(network, ties, seed=1)
    assert found.loc[0].tolist() == [1, 1, 1, 1]
    assert found.loc[1, ["strength_rank_low", "strength_rank_high"]].tolist() == [2, 2]
    assert found.loc[2, ["strength_rank_low", "strength_rank_high"]].tolist() == [3, 4]
    assert found.loc[3, ["strength_rank_low", "strength_rank_high"]].tolist() == [3, 4]


def test_a_node_without_a_tie_has_no_interval() -> None:
    found = rank_intervals(*corpus("ab", "ac"), seed=1)
    assert found.loc[4].isna().all()


def test_a_work_brings_all_its_ties_or_none() -> None:
    """One work of five units is all there is: drawn or not, all five stay equal."""
    network, ties = corpus("abcde", "x", "x", nodes=24)
    found = rank_intervals(network, ties, seed=3)
    assert set(found.loc[0:4].to_numpy().ravel()) == {1}


def test_the_draws_are_those_of_works_with_replacement() -> None:
    """Recounted work by work, sample by sample, from the same drawn numbers."""
    works = ["ab", "abc", "cd", "de", "be", "ad", "x", "bc"]
    network, ties = corpus(*works, nodes=24)
    chance = np.random.default_rng(7)
    ranks = []
    for _ in range(50):
        strength = [0] * 24
        for number in chance.integers(0, len(works), len(works)):
            for unit in works[number]:
                strength[ord(unit) - 97] += len(works[number]) - 1
        ranks.append([1 + sum(other > own for other in strength) for own in strength])
    low, high = np.quantile(ranks, [0.025, 0.975], axis=0, method="inverted_cdf")
    found = rank_intervals(network, ties, seed=7, samples=50)
    assert found["strength_rank_low"][:5].tolist() == low[:5].tolist()
    assert found["strength_rank_high"][:5].tolist() == high[:5].tolist()


def test_the_seed_decides() -> None:
    given = corpus(*["ab"] * 6, *["ac"] * 5, *["bd"] * 5, *["cd"] * 4)
    first, second = rank_intervals(*given, seed=1), rank_intervals(*given, seed=1)
    pd.testing.assert_frame_equal(first, second, check_exact=True)


def test_no_work_and_no_tie() -> None:
    nothing = weighted_network(2, *[np.array([], dtype=int)] * 3)
    ties = TieWorks(0, np.array([], dtype=int), np.array([], dtype=int))
    assert rank_intervals(nothing, ties, seed=1).isna().all(axis=None)


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 1, 0, 2]])
def test_works_are_numbered_by_id_whatever_their_order(order: list[int]) -> None:
    units = pd.Series(["a", "b", "c"])
    edges = pd.DataFrame({"unit_a": ["a", "a", "b"], "unit_b": ["b", "c", "c"], "works": [1, 1, 2]})
    ties = pd.DataFrame(
        [("W9", "b", "c"), ("W1", "a", "b"), ("W1", "a", "c"), ("W1", "b", "c")],
        columns=["work_id", "unit_a", "unit_b"],
    ).iloc[order]
    found = tie_works(units, edges, ties, "unit", 10)
    assert found.works == 10
    assert sorted(zip(found.work, found.edge, strict=True)) == [(0, 0), (0, 1), (0, 2), (1, 2)]
