"""An undirected weighted network as arrays, and as igraph and scipy want it."""

from dataclasses import dataclass
from functools import cached_property

import igraph
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

# Sums of whole numbers up to this are exact in floating point.
EXACT_IN_FLOAT = 2**53


@dataclass(frozen=True, eq=False)
class WeightedNetwork:
    """Nodes 0..nodes-1; edge k joins source[k] < target[k] with weight[k] > 0, each pair once.

    `weight` is int64 (works, full counting) or float64 (fractional). Make it with
    `weighted_network`, which checks all that.
    """

    nodes: int
    source: np.ndarray
    target: np.ndarray
    weight: np.ndarray

    @property
    def edges(self) -> int:
        """Number of edges."""
        return len(self.source)

    @cached_property
    def upper(self) -> sparse.csr_array:
        """Upper triangle of the weight matrix A (floats); A = upper + upper.T."""
        ends = (self.source.astype(np.int32), self.target.astype(np.int32))
        shape = (self.nodes, self.nodes)
        return sparse.csr_array((self.weight.astype("float64"), ends), shape=shape)

    @cached_property
    def neighbours(self) -> sparse.csr_array:
        """The whole symmetric matrix with ones: row v lists the neighbours of v, sorted."""
        return self.matrix(np.ones(self.edges, dtype=np.int8))

    def matrix(self, value: np.ndarray) -> sparse.csr_array:
        """The whole symmetric matrix with a value for each edge; columns of a row are sorted."""
        rows = np.concatenate([self.source, self.target]).astype(np.int32)
        columns = np.concatenate([self.target, self.source]).astype(np.int32)
        both = np.concatenate([value, value])
        found = sparse.csr_array((both, (rows, columns)), shape=(self.nodes, self.nodes))
        found.sort_indices()
        return found

    @cached_property
    def degree(self) -> np.ndarray:
        """Number of neighbours of each node, int64."""
        ends = np.bincount(self.source, minlength=self.nodes)
        return ends + np.bincount(self.target, minlength=self.nodes)

    @cached_property
    def strength(self) -> np.ndarray:
        """Sum of the weights at each node, in the type of the weights; whole numbers are exact."""
        if self.weight.dtype.kind == "f" or self.weight.sum(dtype="float64") < EXACT_IN_FLOAT / 2:
            ends = np.bincount(self.source, self.weight, self.nodes)
            both = ends + np.bincount(self.target, self.weight, self.nodes)
            return both.astype(self.weight.dtype)
        total = np.zeros(self.nodes, dtype=self.weight.dtype)
        np.add.at(total, self.source, self.weight)
        np.add.at(total, self.target, self.weight)
        return total

    @cached_property
    def component(self) -> np.ndarray:
        """Number of the component of each node, from 0 in the order of their first nodes."""
        if not self.nodes:
            return np.zeros(0, dtype=np.int32)
        found: np.ndarray = connected_components(self.upper, directed=False)[1]
        return found

    @property
    def largest_component(self) -> float:
        """Share of the nodes that are in the largest component; NaN without nodes."""
        if not self.nodes:
            return float("nan")
        return float(np.bincount(self.component).max() / self.nodes)

    @cached_property
    def _graph(self) -> igraph.Graph:
        ends = np.column_stack([self.source, self.target]).astype("int64")
        graph = igraph.Graph(n=self.nodes, edges=ends)
        # Plain Python numbers: with numpy integers igraph 1.0 gives a wrong PageRank, in silence.
        graph.es["weight"] = self.weight.tolist()
        return graph

    def igraph(self) -> igraph.Graph:
        """The network as an igraph graph, built once; edges in order, attribute `weight`."""
        return self._graph

    def at_least(self, floor: float) -> "WeightedNetwork":
        """The network with all its nodes and only the edges of at least `floor`."""
        kept = self.weight >= floor
        if kept.all():
            return self
        return WeightedNetwork(self.nodes, self.source[kept], self.target[kept], self.weight[kept])


def weighted_network(
    nodes: int, source: np.ndarray, target: np.ndarray, weight: np.ndarray
) -> WeightedNetwork:
    """Check the arrays and order the ends of each edge.

    Raises ValueError for ends outside 0..nodes-1, self-loops, a pair named twice, and weights
    that are not finite and above zero (an edge of weight 0 is no edge: leave it out).
    """
    first, second = (np.asarray(end).astype("int64", copy=False) for end in (source, target))
    strength = np.asarray(weight)
    kind = "float64" if strength.dtype.kind == "f" else "int64"
    strength = strength.astype(kind, copy=False)
    low, high = np.minimum(first, second), np.maximum(first, second)
    if len(low) and (low.min() < 0 or high.max() >= nodes):
        raise ValueError(f"an edge ends outside 0..{nodes - 1}")
    if (low == high).any():
        raise ValueError("an edge joins a node to itself")
    if not (np.isfinite(strength) & (strength > 0)).all():
        raise ValueError("a weight is not a number above zero")
    if _any_twice(low * max(nodes, 1) + high):
        raise ValueError("a pair of nodes has two edges")
    return WeightedNetwork(nodes, low, high, strength)


def _any_twice(pair: np.ndarray) -> bool:
    if (np.diff(pair) > 0).all():
        return False
    ordered = np.sort(pair)
    return bool((np.diff(ordered) == 0).any())
