"""Closeness and harmonic centrality without weights, exactly, for all nodes at once.

Breadth-first search from thousands of sources together (Then et al. 2014, VLDB 8:449): a row
of bits per node says which sources have reached it; one step ORs the rows of its neighbours.
The network is undirected, so that the sources that reach a node at distance d are the nodes
at distance d from it, and counting the bits of its row is all there is to do.
"""

from dataclasses import dataclass

import numpy as np

from bibnet.network.measures.weighted import WeightedNetwork

# Sources searched together, in words of 64: rows of 1 KB, which the processor streams.
WORDS = 128
BITS = 64


@dataclass
class _Sums:
    """Per node, over all nodes it reaches: how many, sum of distances, sum of 1 / distance."""

    reached: np.ndarray
    distance: np.ndarray
    inverse: np.ndarray


def closeness_and_harmonic(network: WeightedNetwork) -> tuple[np.ndarray, np.ndarray]:
    """Closeness (within the component; NaN for an isolate) and harmonic (not normalised)."""
    nodes = network.nodes
    sums = _Sums(*(np.zeros(nodes, dtype=t) for t in ("int64", "int64", "float64")))
    # Sources of one component stand together, so that a block touches few components.
    order = np.argsort(network.component, kind="stable")
    for start in range(0, nodes, WORDS * BITS):
        _search(network, order[start : start + WORDS * BITS], sums)
    with np.errstate(invalid="ignore"):
        return sums.reached / sums.distance, sums.inverse


def _search(network: WeightedNetwork, sources: np.ndarray, sums: _Sums) -> None:
    """Add what the nodes find at each distance from the block's sources."""
    component = network.component
    # Sources in a node's component: a node that all of them have reached is done.
    goal = np.bincount(component[sources], minlength=int(component.max()) + 1)[component]
    goal[network.degree == 0] = 0
    front = np.zeros((network.nodes, -(-len(sources) // BITS)), dtype=np.uint64)
    places = np.arange(len(sources))
    front[sources, places // BITS] = np.uint64(1) << (places % BITS).astype(np.uint64)
    seen, found = front.copy(), np.zeros(network.nodes, dtype=np.int64)
    found[sources] = 1
    active, distance = sources, 0
    while True:
        distance += 1
        rows = beside(network, active)
        rows = rows[found[rows] < goal[rows]]
        fresh = _step(network, front, rows)
        fresh &= ~seen[rows]
        number = np.bitwise_count(fresh).sum(axis=1, dtype=np.int64)
        grown = number > 0
        front[active] = 0
        active = rows[grown]
        if not len(active):
            return
        front[active] = fresh[grown]
        seen[active] |= fresh[grown]
        found[active] += number[grown]
        sums.reached[active] += number[grown]
        sums.distance[active] += distance * number[grown]
        sums.inverse[active] += number[grown] / distance


def beside(network: WeightedNetwork, active: np.ndarray) -> np.ndarray:
    """The nodes with a neighbour among the active ones, in order."""
    matrix = network.neighbours
    beside = np.zeros(network.nodes, dtype=bool)
    for node in active.tolist():
        beside[matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]]] = True
    return np.flatnonzero(beside)


def _step(network: WeightedNetwork, front: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """For each row the OR of the front over its neighbours."""
    matrix = network.neighbours
    fresh = np.empty((len(rows), front.shape[1]), dtype=np.uint64)
    starts, ends = matrix.indptr[rows].tolist(), matrix.indptr[rows + 1].tolist()
    gather, reduce, indices = front.take, np.bitwise_or.reduce, matrix.indices
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        reduce(gather(indices[start:end], axis=0), axis=0, out=fresh[place])
    return fresh
