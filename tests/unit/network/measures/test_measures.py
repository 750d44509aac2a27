"""All measures together: the laws they keep, and what is undefined."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.network.measures import (
    MEASURES,
    centrality_measures,
    measures,
    ranks,
    weighted_network,
)

PAIR = st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1])
EDGES = st.dictionaries(PAIR, st.integers(1, 5), max_size=20)


def frame(nodes: int, edges: dict[tuple[int, int], int], weights: str) -> pd.DataFrame:
    ends = np.array(list(edges), dtype=int).reshape(-1, 2)
    weight = np.array(list(edges.values()), dtype=int)
    return centrality_measures(nodes, ends[:, 0], ends[:, 1], weight, weights)


@settings(max_examples=60, deadline=None)
@given(edges=EDGES, order=st.permutations(range(10)), weights=st.sampled_from(["distance", "none"]))
def test_renaming_nodes_and_reordering_edges_changes_nothing(
    edges: dict[tuple[int, int], int], order: list[int], weights: str
) -> None:
    before = frame(10, edges, weights)
    renamed = {(order[a], order[b]): weight for (a, b), weight in reversed(edges.items())}
    after = frame(10, renamed, weights).iloc[order].reset_index(drop=True)
    pd.testing.assert_frame_equal(before, after, rtol=1e-9, atol=1e-12)
    for name in MEASURES:
        first, second = ranks(before[name].to_numpy()), ranks(after[name].to_numpy())
        assert np.array_equal(first, second, equal_nan=True), name


@settings(max_examples=40, deadline=None)
@given(edges=EDGES)
def test_equal_weights_measure_paths_like_none(edges: dict[tuple[int, int], int]) -> None:
    ones = dict.fromkeys(edges, 1)
    pd.testing.assert_frame_equal(frame(10, ones, "none"), frame(10, ones, "distance"), rtol=1e-12)


@settings(max_examples=30, deadline=None)
@given(edges=EDGES, unit=st.sampled_from([1e-99, 1e-12, 3e7, 2.0**40, 1e15]))
def test_the_unit_of_the_weights_changes_no_path(
    edges: dict[tuple[int, int], int], unit: float
) -> None:
    """igraph takes lengths that differ by less than 1e-10 for equal: weights of 1e10 were wrong."""
    ends = np.array(list(edges), dtype=int).reshape(-1, 2)
    weight = np.array(list(edges.values()), dtype="float64")
    plain, scaled = (
        centrality_measures(10, ends[:, 0], ends[:, 1], weight * one) for one in (1.0, unit)
    )
    in_units = scaled.assign(
        **{name: scaled[name] / unit for name in ("strength", "closeness", "harmonic")}
    )
    pd.testing.assert_frame_equal(in_units, plain, rtol=1e-9, atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(edges=EDGES)
def test_strength_is_twice_the_weights_and_no_degree_reaches_the_nodes(
    edges: dict[tuple[int, int], int],
) -> None:
    found = frame(10, edges, "none")
    assert found["strength"].sum() == 2 * sum(edges.values())
    assert found["degree"].max() < 10
    assert (found["coreness"] <= found["degree"]).all()


def test_equal_places_have_one_value_and_one_rank() -> None:
    """A ring: every node is like every other, whatever the order of the sums."""
    ring = {(k, (k + 1) % 10) if k < 9 else (0, 9): 3 for k in range(10)}
    found = frame(10, ring, "distance")
    for name in MEASURES:
        assert found[name].nunique() == 1, name
        assert set(ranks(found[name].to_numpy())) == {1}


def test_an_isolate() -> None:
    found = frame(3, {(0, 1): 2}, "none").loc[2]
    assert math.isnan(found["closeness"])
    zeros = ["degree", "strength", "betweenness", "harmonic", "eigenvector", "coreness"]
    assert found[zeros].tolist() == [0] * 6


@pytest.mark.parametrize("weights", ["none", "distance"])
def test_no_edges_one_node_and_none(weights: str) -> None:
    assert frame(0, {}, weights).shape == (0, len(MEASURES))
    alone = frame(1, {}, weights).loc[0]
    assert (alone["pagerank"], alone["degree"]) == (1, 0)
    assert math.isnan(alone["closeness"])


def test_closeness_is_within_the_component() -> None:
    """a - b, c - d - e: the nodes reached over the sum of their distances."""
    found = frame(5, {(0, 1): 1, (2, 3): 1, (3, 4): 1}, "none")
    assert found["closeness"].tolist() == [1, 1, 2 / 3, 1, 2 / 3]
    assert found["harmonic"].tolist() == [1, 1, 1.5, 2, 1.5]


def test_paths_may_be_measured_on_a_thinned_network() -> None:
    ends = np.array([[0, 1], [1, 2]])
    network = weighted_network(3, ends[:, 0], ends[:, 1], np.array([1, 5]))
    found = measures(network, path_floor=2)
    assert found["degree"].tolist() == [1, 2, 1]
    assert found["betweenness"].tolist() == [0, 0, 0]
    assert math.isnan(found["closeness"][0])


def test_fractional_weights() -> None:
    ends = np.array([[0, 1], [1, 2]])
    found = centrality_measures(3, ends[:, 0], ends[:, 1], np.array([0.5, 0.25]))
    assert found["strength"].tolist() == [0.5, 0.75, 0.25]
    assert found["closeness"].tolist() == pytest.approx([2 / 8, 2 / 6, 2 / 10])
