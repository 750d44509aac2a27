"""Nodes in equal places of a network: same neighbours by the same weights, but for each other.

Exchanging two of them changes nothing (Everett and Borgatti 1991 call such nodes structurally
equivalent), so whatever paths say of one they say of all. Institutions that share one work, and
that work alone, are in equal places; in networks of works a third to a half of the nodes are.
"""

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from bibnet.network.measures.weighted import WeightedNetwork

# The numbers of SplitMix64 (Steele, Lea and Flood 2014), which part the bits of a whole number.
STEP, FIRST, SECOND = (
    np.uint64(number) for number in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)


def equal_places(network: WeightedNetwork) -> np.ndarray:
    """The first node (smallest number) in the place of each node; itself where it is alone.

    Neighbours are compared by 64-bit sums of mixed numbers: that two of a million nodes are taken
    for equal by chance happens in one of ten million networks.
    """
    nodes = network.nodes
    if not nodes:
        return np.zeros(0, dtype=np.int64)
    number = _mixed(np.arange(nodes, dtype=np.uint64))
    weight = _mixed(network.weight.astype("float64").view(np.uint64))
    source, target = network.source, network.target
    neighbours = np.zeros(nodes, dtype=np.uint64)
    np.add.at(neighbours, source, number[target] * weight)
    np.add.at(neighbours, target, number[source] * weight)
    # Of two that are tied each has the other as a neighbour: both count as such for both.
    tied = neighbours[source] + number[source] * weight == (
        neighbours[target] + number[target] * weight
    )
    first = np.unique(neighbours, return_index=True, return_inverse=True)
    untied = first[1][first[2]]
    ends = (
        np.concatenate([source[tied], np.arange(nodes)]),
        np.concatenate([target[tied], untied]),
    )
    same = sparse.coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(nodes, nodes))
    group = connected_components(same.tocsr(), directed=False)[1]
    _, place, of_node = np.unique(group, return_index=True, return_inverse=True)
    found: np.ndarray = place[of_node]
    return found


def _mixed(numbers: np.ndarray) -> np.ndarray:
    mixed = (numbers + np.uint64(1)) * STEP
    mixed = (mixed ^ (mixed >> np.uint64(30))) * FIRST
    mixed = (mixed ^ (mixed >> np.uint64(27))) * SECOND
    return mixed ^ (mixed >> np.uint64(31))
