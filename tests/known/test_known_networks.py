"""Networks that papers have published the centralities of, and a second library on all others."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from bibnet.network.measures import centrality_measures


def measured(graph: nx.Graph, weights: str = "none", weight: str | None = None) -> pd.DataFrame:
    """The measures by node of a networkx graph."""
    place = {node: number for number, node in enumerate(graph)}
    ends = np.array([(place[a], place[b]) for a, b in graph.edges], dtype=int).reshape(-1, 2)
    ties = [graph[a][b][weight] if weight else 1 for a, b in graph.edges]
    found = centrality_measures(
        len(graph), ends[:, 0], ends[:, 1], np.array(ties, dtype=int), weights
    )
    return found.set_index(pd.Index(list(graph)))


# Wasserman, Faust (1994), Social Network Analysis, table 5.1: Padgett's Florentine families,
# marriage, 16 families with Pucci, who has no tie: degree / 15, closeness and betweenness
# without Pucci (14 others, 91 pairs).
FLORENTINE = {
    "Acciaiuoli": (0.067, 0.368, 0.000),
    "Albizzi": (0.200, 0.483, 0.212),
    "Barbadori": (0.133, 0.438, 0.093),
    "Bischeri": (0.200, 0.400, 0.104),
    "Castellani": (0.200, 0.389, 0.055),
    "Ginori": (0.067, 0.333, 0.000),
    "Guadagni": (0.267, 0.467, 0.255),
    "Lamberteschi": (0.067, 0.326, 0.000),
    "Medici": (0.400, 0.560, 0.522),
    "Pazzi": (0.067, 0.286, 0.000),
    "Peruzzi": (0.200, 0.368, 0.022),
    "Ridolfi": (0.200, 0.500, 0.114),
    "Salviati": (0.133, 0.389, 0.143),
    "Strozzi": (0.267, 0.438, 0.103),
    "Tornabuoni": (0.200, 0.483, 0.092),
}


def test_florentine_families() -> None:
    graph = nx.florentine_families_graph()
    graph.add_node("Pucci")
    found = measured(graph)
    for family, (degree, closeness, betweenness) in FLORENTINE.items():
        row = found.loc[family]
        assert row["degree"] / 15 == pytest.approx(degree, abs=6e-4)
        assert row["closeness"] == pytest.approx(closeness, abs=6e-4)
        assert row["betweenness"] / 91 == pytest.approx(betweenness, abs=6e-4)
    assert np.isnan(found.loc["Pucci", "closeness"])


# Krackhardt (1990), Administrative Science Quarterly 35:342, the kite: degree, closeness and
# betweenness of Andre, Beverly, Carol, Diane, Ed, Fernando, Garth, Heather, Ike, Jane.
KITE = {
    "degree": [4, 4, 3, 6, 3, 5, 5, 3, 2, 1],
    "closeness": [0.529, 0.529, 0.500, 0.600, 0.500, 0.643, 0.643, 0.600, 0.429, 0.310],
    "betweenness": [0.833, 0.833, 0, 3.667, 0, 8.333, 8.333, 14, 8, 0],
}


def test_krackhardts_kite() -> None:
    found = measured(nx.krackhardt_kite_graph())
    for name, values in KITE.items():
        assert found[name].tolist() == pytest.approx(values, abs=6e-4), name


def test_zacharys_karate_club() -> None:
    """Zachary (1977), Journal of Anthropological Research 33:452, figures 1 and 3.

    78 ties; the administrator (34) and the instructor (1) have 17 and 16; the two matrices give
    strengths 48 and 42. Every member is within one component.
    """
    found = measured(nx.karate_club_graph(), weight="weight")
    assert (found["degree"].sum() / 2, found["strength"].sum() / 2) == (78, 231)
    assert found["degree"].nlargest(2).to_dict() == {33: 17, 0: 16}
    assert found["strength"].nlargest(2).to_dict() == {33: 48, 0: 42}
    assert found["betweenness"].nlargest(2).index.tolist() == [0, 33]


def random_graph(seed: int) -> nx.Graph:
    """Weighted, in several components, with isolates."""
    chance = np.random.default_rng(seed)
    nodes = int(chance.integers(5, 60))
    graph = nx.gnm_random_graph(nodes, int(chance.integers(1, nodes * 2)), seed=seed)
    for a, b in graph.edges:
        works = int(chance.integers(1, 9))
        # 840 is the least common multiple of 1 to 8: networkx compares lengths of paths without
        # tolerance, and 1/3 + 1/6 is not 1/2 in floating point.
        graph[a][b].update(works=works, distance=1 / works, whole=840 // works)
    return graph


def closeness_within(graph: nx.Graph, distance: str | None) -> list[float]:
    found = nx.closeness_centrality(graph, distance=distance, wf_improved=False)
    return [found[node] if graph.degree(node) else float("nan") for node in graph]


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("weights", ["none", "distance"])
def test_networkx_confirms_every_measure(seed: int, weights: str) -> None:
    graph = random_graph(seed)
    distance, whole = ("distance", "whole") if weights == "distance" else (None, None)
    found = measured(graph, weights, "works")
    expected = {
        "degree": dict(graph.degree()),
        "strength": dict(graph.degree(weight="works")),
        "betweenness": nx.betweenness_centrality(graph, weight=whole, normalized=False),
        "closeness": dict(zip(graph, closeness_within(graph, distance), strict=True)),
        "harmonic": nx.harmonic_centrality(graph, distance=distance),
        "pagerank": nx.pagerank(graph, alpha=0.85, weight="works", tol=1e-14, max_iter=2000),
        "coreness": nx.core_number(graph),
    }
    for name, values in expected.items():
        known = [values[node] for node in graph]
        assert found[name].tolist() == pytest.approx(known, abs=1e-9, nan_ok=True), name


@pytest.mark.parametrize("seed", range(10))
def test_networkx_confirms_the_eigenvector_of_a_connected_network(seed: int) -> None:
    whole = random_graph(seed)
    graph = whole.subgraph(sorted(max(nx.connected_components(whole), key=len)))
    vector = nx.eigenvector_centrality_numpy(graph, weight="works", tol=1e-14)
    top = max(vector.values(), key=abs)
    found = measured(graph, "none", "works")["eigenvector"]
    assert found.tolist() == pytest.approx([vector[node] / top for node in graph], abs=1e-9)
