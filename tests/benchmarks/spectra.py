"""Strength, PageRank and eigenvector centrality of a large network, by bibnet and by igraph.

An invented network of 30,000 nodes and 2,000,000 ties of heavy-tailed activity; igraph's graph and
bibnet's arrays stand before the clock starts.
"""

from functools import cache
from pathlib import Path

import numpy as np
from centrality_speed import invented
from measuring import Cost, cost_of_call

from bibnet.network.measures import spectral, weighted_network
from bibnet.network.measures.weighted import WeightedNetwork

NODES, TIES = 30_000, 2_000_000


@cache
def _network() -> WeightedNetwork:
    network = weighted_network(NODES, *invented(NODES, TIES))
    network.igraph()
    return network


def ours(_folder: Path) -> Cost:
    """bibnet's measures; the sparse matrix is made while the clock runs."""
    network = _network()
    fresh = WeightedNetwork(network.nodes, network.source, network.target, network.weight)

    def measure() -> list[np.ndarray]:
        return [fresh.strength, spectral.pagerank(fresh), spectral.eigenvector(fresh)]

    return cost_of_call(measure)


def igraph(_folder: Path) -> Cost:
    """igraph's."""
    graph = _network().igraph()

    def measure() -> list[list[float]]:
        return [
            graph.strength(weights="weight"),
            graph.pagerank(weights="weight"),
            graph.eigenvector_centrality(weights="weight"),
        ]

    return cost_of_call(measure)
