"""PageRank and eigenvector against igraph and against dense linear algebra."""

import warnings

import igraph
import networkx as nx
import numpy as np
import pytest

from bibnet.network.measures import WeightedNetwork, weighted_network
from bibnet.network.measures.lanczos import perron, top_vector
from bibnet.network.measures.spectral import eigenvector, pagerank


def network_of(graph: nx.Graph, weight: np.ndarray) -> WeightedNetwork:
    ends = np.array(graph.edges, dtype=int).reshape(-1, 2)
    return weighted_network(len(graph), ends[:, 0], ends[:, 1], weight)


def random_network(seed: int) -> WeightedNetwork:
    """Sparse enough to fall apart: isolates and several components in most."""
    chance = np.random.default_rng(seed)
    nodes = int(chance.integers(2, 160))
    graph = nx.gnm_random_graph(nodes, int(chance.integers(1, nodes * 1.3 + 1)), seed=seed)
    # Without whole numbers no two components tie for the largest eigenvalue.
    return network_of(graph, chance.uniform(0.5, 9, graph.number_of_edges()))


def by_igraph(network: WeightedNetwork) -> tuple[np.ndarray, np.ndarray]:
    graph = network.igraph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # igraph warns of a disconnected graph
        vector = np.array(graph.eigenvector_centrality(weights="weight"))
    return np.array(graph.pagerank(damping=0.85, weights="weight")), vector / vector.max()


@pytest.mark.parametrize("seed", range(60))
def test_igraph_agrees_on_networks_that_fall_apart(seed: int) -> None:
    network = random_network(seed)
    ranked, vector = by_igraph(network)
    assert np.abs(pagerank(network) - ranked).max() <= 1e-9
    assert np.abs(eigenvector(network) - vector).max() <= 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_igraph_agrees_on_a_network_for_the_iterative_solver(seed: int) -> None:
    graph = nx.barabasi_albert_graph(1500, 4, seed=seed)
    weight = np.random.default_rng(seed).integers(1, 40, graph.number_of_edges())
    network = network_of(nx.disjoint_union(graph, nx.path_graph(40)), np.append(weight, [1] * 39))
    ranked, vector = by_igraph(network)
    assert np.abs(pagerank(network) - ranked).max() <= 1e-9
    assert np.abs(eigenvector(network) - vector).max() <= 1e-9


def projected(network: WeightedNetwork) -> np.ndarray:
    """The strengths projected on the space of the largest eigenvalue, by dense algebra."""
    dense = network.upper.toarray()
    values, vectors = np.linalg.eigh(dense + dense.T)
    top = vectors[:, values > values[-1] * (1 - 1e-10)]
    found = top @ (top.T @ network.strength)
    return found / found.max()


TIED = {
    "two edges": [nx.path_graph(2)] * 2,
    "five triangles, four edges, isolates": [nx.complete_graph(3)] * 5
    + [nx.path_graph(2)] * 4
    + [nx.empty_graph(2)],
    "a star and rings, all of eigenvalue 2": [
        nx.star_graph(4),
        nx.cycle_graph(7),
        nx.cycle_graph(5),
    ],
    "twins beyond the dense solver": [nx.barabasi_albert_graph(300, 2, seed=1)] * 2,
}


@pytest.mark.parametrize("name", TIED)
def test_components_that_tie_share_the_eigenvector_without_chance(name: str) -> None:
    """igraph disturbs its start by chance here: two edges give 0, 0.34 or 1 from seed to seed."""
    graph = nx.disjoint_union_all(TIED[name])
    network = network_of(graph, np.ones(graph.number_of_edges(), dtype=int))
    assert np.abs(eigenvector(network) - projected(network)).max() <= 1e-9


def test_a_star_and_a_ring_as_igraph_gives_them_when_its_solver_goes_through() -> None:
    """Largest eigenvalue 2 for both; projecting the degrees gives hub 1, leaf 1/2, ring 2/3."""
    graph = nx.disjoint_union(nx.star_graph(4), nx.cycle_graph(7))
    found = eigenvector(network_of(graph, np.ones(11, dtype=int)))
    assert found.tolist() == pytest.approx([1, *[1 / 2] * 4, *[2 / 3] * 7])


def test_a_heavy_pair_beside_a_large_component_takes_all() -> None:
    """Eigenvalue 1,000 of the pair against less than 20 of the rest."""
    graph = nx.disjoint_union(nx.complete_graph(20), nx.path_graph(2))
    network = network_of(graph, np.append(np.ones(190, dtype=int), 1000))
    assert eigenvector(network).tolist() == [*[0.0] * 20, 1.0, 1.0]


def test_a_long_chain_whose_eigenvalues_crowd() -> None:
    """Path of 400: lambda = 2 cos(pi / 401), entries sin(k pi / 401)."""
    network = network_of(nx.path_graph(400), np.ones(399, dtype=int))
    assert top_vector(network.upper, network.strength.astype(float)) is None
    value, _ = perron(network.upper, network.strength.astype(float))
    assert value == pytest.approx(2 * np.cos(np.pi / 401), abs=1e-12)
    expected = np.sin(np.arange(1, 401) * np.pi / 401)
    assert np.abs(eigenvector(network) - expected / expected.max()).max() <= 1e-9


def test_pagerank_by_hand() -> None:
    """a - b - c: a = 0.05 + 0.85 b / 2, b = 0.05 + 0.85 (a + c); an isolate scales all."""
    network = network_of(nx.path_graph(3), np.array([7, 7]))
    b = (0.05 + 2 * 0.85 * 0.05) / (1 - 0.85**2)
    a = 0.05 + 0.85 * b / 2
    assert pagerank(network).tolist() == pytest.approx([a, b, a], abs=1e-15)
    apart = nx.path_graph(3)
    apart.add_node(3)
    found = pagerank(network_of(apart, np.array([7, 7])))
    assert (found[:3] / found[3]).tolist() == pytest.approx([a / 0.05, b / 0.05, a / 0.05])
    assert found.sum() == pytest.approx(1)


def test_no_edges_and_no_nodes() -> None:
    none, alone = (
        network_of(nx.empty_graph(0), np.array([])),
        network_of(nx.empty_graph(2), np.array([])),
    )
    assert pagerank(none).tolist() == eigenvector(none).tolist() == []
    assert pagerank(alone).tolist() == [0.5, 0.5]
    assert eigenvector(alone).tolist() == igraph.Graph(2).eigenvector_centrality()


def test_the_same_network_gives_the_same_bits() -> None:
    first, second = random_network(5), random_network(5)
    assert pagerank(first).tobytes() == pagerank(second).tobytes()
    assert eigenvector(first).tobytes() == eigenvector(second).tobytes()
