"""All centrality measures of a network in one data frame."""

import numpy as np
import pandas as pd

from bibnet.network.measures.paths import path_measures
from bibnet.network.measures.ranking import settled
from bibnet.network.measures.spectral import eigenvector, pagerank
from bibnet.network.measures.weighted import WeightedNetwork, weighted_network

MEASURES = (
    "degree",
    "strength",
    "betweenness",
    "closeness",
    "harmonic",
    "pagerank",
    "eigenvector",
    "coreness",
)
# Below this an entry of the eigenvector (largest 1) is what the solver leaves of nothing.
EIGENVECTOR_NOISE = 1e-13


def centrality_measures(
    nodes: int,
    source: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray,
    weights: str = "distance",
) -> pd.DataFrame:
    """Every measure of an undirected network: one row per node 0..nodes-1, columns MEASURES.

    Edge k joins source[k] and target[k] with tie strength weight[k] > 0 (int or float). Degree,
    coreness: whole numbers. Strength (in the type of the weights), PageRank (damping 0.85) and
    eigenvector (maximum 1) use the weights; betweenness (not normalised), closeness (within
    the component) and harmonic use the distance 1 / weight, or one step per edge with
    weights="none". An isolate has closeness NaN and zeros in degree, strength, betweenness,
    harmonic and coreness. Raises ValueError for self-loops, pairs named twice, weights that
    are not above zero.
    """
    return measures(weighted_network(nodes, source, target, weight), weights)


def measures(
    network: WeightedNetwork, weights: str = "distance", path_floor: float = 0
) -> pd.DataFrame:
    """`centrality_measures` of a checked network.

    With `path_floor` betweenness, closeness and harmonic are those of the network without its
    edges below it; a node that has none left is an isolate there.
    """
    paths = path_measures(network.at_least(path_floor), weights)
    spectra = {
        "pagerank": settled(pagerank(network)),
        "eigenvector": settled(eigenvector(network), EIGENVECTOR_NOISE),
    }
    columns = {
        "degree": network.degree,
        "strength": network.strength,
        **{name: settled(values) for name, values in paths.items()},
        **spectra,
        "coreness": np.array(network.igraph().coreness(), dtype="int64"),
    }
    return pd.DataFrame({name: columns[name] for name in MEASURES})
