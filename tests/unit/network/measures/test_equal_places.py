"""Nodes in equal places, against exchanging them one by one; paths against igraph and networkx."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.network.measures import WeightedNetwork, weighted_network
from bibnet.network.measures.equal_places import equal_places
from bibnet.network.measures.paths import path_measures

Edges = dict[tuple[int, int], int]


def network_of(nodes: int, edges: Edges) -> WeightedNetwork:
    ends = np.array(list(edges), dtype=int).reshape(-1, 2)
    return weighted_network(nodes, ends[:, 0], ends[:, 1], np.array(list(edges.values()), int))


def exchanged(nodes: int, edges: Edges) -> list[int]:
    """The first node that may be exchanged with each node, by the definition."""

    def beside(node: int, other: int) -> Edges:
        pairs = {(a + b - node, 0): w for (a, b), w in edges.items() if node in (a, b)}
        return {pair: w for pair, w in pairs.items() if pair[0] != other}

    return [next(b for b in range(nodes) if b == a or beside(a, b) == beside(b, a))
            for a in range(nodes)]  # fmt: skip


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, Edges]:
    """Few nodes, works of up to four of them each: many places are equal."""
    nodes = draw(st.integers(1, 8))
    works = draw(st.lists(st.sets(st.integers(0, nodes - 1), max_size=4), max_size=5))
    edges: Edges = {}
    for work in works:
        for a in work:
            for b in work:
                if a < b:
                    edges[a, b] = edges.get((a, b), 0) + 1
    return nodes, edges


def test_one_work_of_four_and_a_hub_with_two_ends() -> None:
    clique = {(a, b): 1 for a in range(4) for b in range(a + 1, 4)}
    ends = {(3, 4): 2, (3, 5): 2, (3, 6): 1}
    assert equal_places(network_of(8, clique | ends)).tolist() == [0, 0, 0, 3, 4, 4, 6, 7]


def test_no_nodes_and_no_edges() -> None:
    assert equal_places(network_of(0, {})).tolist() == []
    assert equal_places(network_of(3, {})).tolist() == [0, 0, 0]


@settings(deadline=None, max_examples=60)
@given(networks())
def test_equal_places_are_those_of_the_definition(given: tuple[int, Edges]) -> None:
    nodes, edges = given
    assert equal_places(network_of(nodes, edges)).tolist() == exchanged(nodes, edges)


@settings(deadline=None, max_examples=60)
@given(networks(), st.sampled_from(["distance", "none"]))
def test_paths_are_those_of_the_peers(given: tuple[int, Edges], weights: str) -> None:
    nodes, edges = given
    network = network_of(nodes, edges)
    found = path_measures(network, weights)
    graph = network.igraph()
    length = [1 / weight for weight in edges.values()] if weights == "distance" else None
    known = nx.Graph()
    known.add_nodes_from(range(nodes))
    steps = 1 / network.weight if length else np.ones(network.edges)
    known.add_weighted_edges_from(zip(network.source, network.target, steps, strict=True))
    between = nx.betweenness_centrality(known, normalized=False, weight="weight")
    assert found["betweenness"] == pytest.approx([between[node] for node in range(nodes)])
    assert found["closeness"] == pytest.approx(
        graph.closeness(weights=steps.tolist()), rel=1e-12, nan_ok=True
    )
    harmonic = nx.harmonic_centrality(known, distance="weight")
    assert found["harmonic"] == pytest.approx([harmonic[node] for node in range(nodes)])
