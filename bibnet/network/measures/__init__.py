"""Centrality of any network given as arrays: nodes 0..n-1, edges (source, target, weight).

`centrality_measures(nodes, source, target, weight, weights)` is the whole of it: a data frame
with one row per node and the columns of `MEASURES`. The weight of an edge is tie strength (works
in common, full or fractional). The parts, each of use on its own:

- `network.WeightedNetwork`, made by `weighted_network(nodes, source, target, weight)`: checked,
  undirected, no self-loop, no pair twice. `.igraph()` builds the igraph graph once.
- `measures.measures(network, weights, path_floor)`: all columns; `path_floor` thins the network
  for the path-based ones.
- `spectral`: strength, PageRank, eigenvector. `breadth`: closeness and harmonic without weights.
  `paths`: betweenness, and closeness and harmonic by distance. `ranking`: ranks with ties.
- `resampling`: 95 % intervals of ranks from resampled works. `brokerage`: who connects sides.
"""

from bibnet.network.measures.all_measures import MEASURES, centrality_measures, measures
from bibnet.network.measures.ranking import ranks
from bibnet.network.measures.weighted import WeightedNetwork, weighted_network

__all__ = [
    "MEASURES",
    "WeightedNetwork",
    "centrality_measures",
    "measures",
    "ranks",
    "weighted_network",
]
