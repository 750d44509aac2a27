"""Betweenness, closeness and harmonic centrality by shortest paths.

Distance is 1 / weight, or one step per edge where weights are `none`. Paths begin at one node of
each place alone (`equal_places`). igraph computes betweenness, scipy distances, `unweighted` the
steps of networks that are not deep.
"""

from collections.abc import Iterator

import igraph
import numpy as np
from scipy.sparse.csgraph import dijkstra

from bibnet.network.measures.equal_places import equal_places
from bibnet.network.measures.unweighted import beside, closeness_and_harmonic
from bibnet.network.measures.weighted import WeightedNetwork

WEIGHTS = ("distance", "none")
# Above this many steps from its best connected node a network is a chain rather than a ball:
# a search from all sources together then takes more rounds than one by one takes time.
DEEP = 24
SOURCES_AT_ONCE = 256  # rows of distances in memory


def path_measures(network: WeightedNetwork, weights: str) -> dict[str, np.ndarray]:
    """Betweenness (not normalised), closeness (within the component), harmonic.

    Closeness = (nodes reached) / (sum of their distances), NaN for an isolate; harmonic = sum
    of 1 / distance over the nodes reached; betweenness counts each pair of ends once, pairs
    with several shortest paths in parts (Freeman 1978).
    """
    if weights not in WEIGHTS:
        raise ValueError(f"weights are one of {', '.join(WEIGHTS)}, not {weights!r}")
    scale = _scale(network) if weights == "distance" and network.edges else 1.0
    length = scale / network.weight if weights == "distance" else None
    place = equal_places(network)
    if length is None and not is_deep(network):
        closeness, harmonic = closeness_and_harmonic(network)
    else:
        closeness, harmonic = _near(network, place, length)
    between = _between(network.igraph(), place, None if length is None else length.tolist())
    return {
        "betweenness": between,
        "closeness": closeness * scale,
        "harmonic": harmonic * scale,
    }


def _scale(network: WeightedNetwork) -> float:
    """What distances are multiplied by, so that the shortest is about 1.

    igraph takes lengths that differ by less than 1e-10 for equal: of weights above a thousand
    million all would be. A power of two changes no digit.
    """
    return float(2.0 ** np.floor(np.log2(float(network.weight.max()))))


def _between(graph: igraph.Graph, place: np.ndarray, length: list[float] | None) -> np.ndarray:
    """Betweenness: paths from one node of a place count for all of it, and pass none of them."""
    between = np.zeros(graph.vcount())
    first, number = np.unique(place, return_counts=True)
    for size in np.unique(number).tolist():
        sources = first[number == size].tolist()
        found = graph.betweenness(directed=False, weights=length, sources=sources)
        between += size * np.array(found, dtype="float64")
    return between


def _near(
    network: WeightedNetwork, place: np.ndarray, length: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """Closeness (NaN for an isolate) and harmonic of every node."""
    closeness, harmonic = np.full(network.nodes, np.nan), np.zeros(network.nodes)
    for sources, distance in _distances(network, np.unique(place), length):
        reached = np.isfinite(distance) & (distance > 0)
        number = reached.sum(axis=1)
        tied = number > 0
        total = np.where(reached, distance, 0.0).sum(axis=1)
        closeness[sources[tied]] = number[tied] / total[tied]
        inverse = np.zeros_like(distance)
        np.divide(1.0, distance, out=inverse, where=reached)
        harmonic[sources] = inverse.sum(axis=1)
    return closeness[place], harmonic[place]


def _distances(
    network: WeightedNetwork, sources: np.ndarray, length: np.ndarray | None
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Some sources and their distances to all nodes, inf where there is no path."""
    step = np.ones(network.edges) if length is None else length
    both = network.matrix(step)
    for start in range(0, len(sources), SOURCES_AT_ONCE):
        some = sources[start : start + SOURCES_AT_ONCE]
        yield some, dijkstra(both, indices=some)


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
