"""Closeness and harmonic of all nodes at once, against igraph."""

import networkx as nx
import numpy as np
import pytest

from bibnet.network.measures import WeightedNetwork, unweighted, weighted_network
from bibnet.network.measures.paths import is_deep, path_measures
from bibnet.network.measures.unweighted import closeness_and_harmonic


def network_of(graph: nx.Graph) -> WeightedNetwork:
    ends = np.array(graph.edges, dtype=int).reshape(-1, 2)
    return weighted_network(len(graph), ends[:, 0], ends[:, 1], np.ones(len(ends), dtype=int))


def agrees(graph: nx.Graph) -> None:
    network = network_of(graph)
    closeness, harmonic = closeness_and_harmonic(network)
    expected = np.array(network.igraph().closeness(), dtype=float)
    assert np.array_equal(np.isnan(closeness), network.degree == 0)
    tied = network.degree > 0
    assert closeness[tied] == pytest.approx(expected[tied], rel=1e-12)
    known = np.array(network.igraph().harmonic_centrality(normalized=False))
    assert harmonic[tied] == pytest.approx(known[tied], rel=1e-12)
    assert not harmonic[~tied].any()


@pytest.mark.parametrize("seed", range(8))
def test_igraph_agrees(seed: int) -> None:
    nodes = 30 * (seed + 1)
    agrees(nx.gnm_random_graph(nodes, int(nodes * (0.3 + seed / 3)), seed=seed))


def test_igraph_agrees_where_sources_need_several_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unweighted, "WORDS", 1)
    agrees(nx.disjoint_union(nx.gnm_random_graph(300, 700, seed=1), nx.cycle_graph(9)))


@pytest.mark.parametrize("nodes", [1, 2, 63, 64, 65, 129])
def test_the_last_word_may_be_partly_filled(nodes: int) -> None:
    agrees(nx.star_graph(nodes))
    agrees(nx.empty_graph(nodes))


def test_a_chain_is_left_to_igraph() -> None:
    assert is_deep(network_of(nx.path_graph(200)))
    assert not is_deep(network_of(nx.gnm_random_graph(200, 600, seed=1)))
    assert not is_deep(network_of(nx.empty_graph(3)))
    agrees(nx.path_graph(70))
    chain = network_of(nx.path_graph(200))
    found = path_measures(chain, "none")
    assert found["closeness"][0] == pytest.approx(199 / sum(range(200)))
    assert found["betweenness"][1] == 198


def test_unknown_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="distance, none"):
        path_measures(network_of(nx.path_graph(2)), "strength")
