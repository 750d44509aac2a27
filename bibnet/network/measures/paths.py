"""Betweenness, closeness and harmonic centrality by shortest paths.

Distance is 1 / weight, or one step per edge where weights are `none`. igraph computes, but for
closeness and harmonic without weights, where `breadth` is faster and as exact.
"""

import igraph
import numpy as np

from bibnet.network.measures.unweighted import beside, closeness_and_harmonic
from bibnet.network.measures.weighted import WeightedNetwork

WEIGHTS = ("distance", "none")
# Above this many steps from its best connected node a network is a chain rather than a ball:
# a search from all sources together then takes more rounds than igraph's takes time.
DEEP = 24


def path_measures(network: WeightedNetwork, weights: str) -> dict[str, np.ndarray]:
    """Betweenness (not normalised), closeness (within the component), harmonic.

    Closeness = (nodes reached) / (sum of their distances), NaN for an isolate; harmonic = sum
    of 1 / distance over the nodes reached; betweenness counts each pair of ends once, pairs
    with several shortest paths in parts (Freeman 1978).
    """
    if weights not in WEIGHTS:
        raise ValueError(f"weights are one of {', '.join(WEIGHTS)}, not {weights!r}")
    graph = network.igraph()
    distance, scale = None, 1.0
    if weights == "distance" and network.edges:
        scale = _scale(network)
        distance = (scale / network.weight).tolist()
    closeness, harmonic = _near(network, graph, distance)
    between = graph.betweenness(directed=False, weights=distance)
    return {
        "betweenness": np.array(between, dtype="float64"),
        "closeness": closeness * scale,
        "harmonic": harmonic * scale,
    }


def _scale(network: WeightedNetwork) -> float:
    """What distances are multiplied by, so that the shortest is about 1.

    igraph takes lengths that differ by less than 1e-10 for equal: of weights above a thousand
    million all would be. A power of two changes no digit.
    """
    return float(2.0 ** np.floor(np.log2(float(network.weight.max()))))


def _near(
    network: WeightedNetwork, graph: igraph.Graph, distance: list[float] | None
) -> tuple[np.ndarray, np.ndarray]:
    if distance is None and not is_deep(network):
        return closeness_and_harmonic(network)
    isolated = network.degree == 0
    closeness = np.array(graph.closeness(weights=distance), dtype="float64")
    harmonic = np.array(
        graph.harmonic_centrality(weights=distance, normalized=False), dtype="float64"
    )
    return np.where(isolated, np.nan, closeness), np.where(isolated, 0.0, harmonic)


def is_deep(network: WeightedNetwork) -> bool:
    """More than DEEP steps from the node with the most neighbours to the farthest it reaches."""
    if not network.edges:
        return False
    front = np.array([int(np.argmax(network.degree))])
    seen = np.zeros(network.nodes, dtype=bool)
    seen[front] = True
    for _ in range(DEEP + 1):
        front = beside(network, front)
        front = front[~seen[front]]
        if not len(front):
            return False
        seen[front] = True
    return True
