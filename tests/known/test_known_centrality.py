"""Two engines, one answer: what igraph computes, networkx confirms; and a published network."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from bibnet.network.centrality import centrality

# Krackhardt (1990), Administrative Science Quarterly 35:342: the kite, whose degree, closeness
# and betweenness leaders are three different nodes (Diane, Fernando and Garth, Heather).
KITE = nx.krackhardt_kite_graph()


def frames(graph: nx.Graph) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [f"{node:03d}" for node in sorted(graph)]
    nodes = pd.DataFrame({"institution_id": ids, "institution": ids, "country": "DE"})
    rows = [(f"{min(a, b):03d}", f"{max(a, b):03d}", w) for a, b, w in graph.edges(data="works")]
    return nodes, pd.DataFrame(rows, columns=["institution_a", "institution_b", "works"])


def weighted(seed: int) -> nx.Graph:
    graph = nx.gnm_random_graph(40, 90, seed=seed)
    chance = np.random.default_rng(seed)
    for a, b in graph.edges:
        graph[a][b]["works"] = int(chance.integers(1, 9))
        graph[a][b]["distance"] = 1 / graph[a][b]["works"]
        # Whole numbers (840 = least common multiple of 1 to 8): networkx compares lengths of
        # paths without tolerance, and 1/3 + 1/6 is not 1/2 in floating point.
        graph[a][b]["whole_distance"] = 840 // graph[a][b]["works"]
    return graph


def test_the_kite_has_three_leaders() -> None:
    nx.set_edge_attributes(KITE, 1, "works")
    rows = centrality(*frames(KITE), seed=1).rows
    assert rows["degree"].idxmax() == 3
    assert sorted(rows["closeness"].nlargest(2).index) == [5, 6]
    assert rows["betweenness"].idxmax() == 7
    assert rows["betweenness"].max() == pytest.approx(14)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_networkx_confirms_igraph(seed: int) -> None:
    graph = weighted(seed)
    rows = centrality(*frames(graph), seed=1).rows
    order = sorted(graph)
    strength = dict(graph.degree(weight="works"))
    assert rows["strength"].tolist() == [strength[node] for node in order]
    for column, found in {
        "betweenness": nx.betweenness_centrality(graph, weight="whole_distance", normalized=False),
        "harmonic": nx.harmonic_centrality(graph, distance="distance"),
        "pagerank": nx.pagerank(graph, alpha=0.85, weight="works", tol=1e-14, max_iter=1000),
    }.items():
        assert rows[column].tolist() == pytest.approx([found[node] for node in order], abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2])
def test_networkx_confirms_closeness_and_eigenvector_of_a_connected_network(seed: int) -> None:
    whole = weighted(seed)
    largest = max(nx.connected_components(whole), key=len)
    graph = nx.convert_node_labels_to_integers(whole.subgraph(sorted(largest)), ordering="sorted")
    rows = centrality(*frames(graph), seed=1).rows
    closeness = nx.closeness_centrality(graph, distance="distance")
    assert rows["closeness"].tolist() == pytest.approx(
        [closeness[n] for n in sorted(graph)], abs=1e-9
    )
    vector = nx.eigenvector_centrality_numpy(graph, weight="works")
    top = max(vector.values(), key=abs)
    assert rows["eigenvector"].tolist() == pytest.approx(
        [vector[n] / top for n in sorted(graph)], abs=1e-7
    )
