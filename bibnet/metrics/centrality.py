"""Centrality of institutions in the network of the whole corpus, full counting.

Strength, PageRank and eigenvector use the works in common; betweenness, closeness and
harmonic use the distance 1 / works, or no weights. igraph computes.
"""

import random
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import igraph
import numpy as np
import pandas as pd

DAMPING = 0.85
# Nodes * edges above which shortest paths take minutes on a laptop (igraph, two cores).
PATH_LIMIT = 3_000_000_000
# The thinning above that size where the query names none: drops one-off ties only.
PATH_MIN_WORKS = 2


@dataclass(frozen=True)
class Centrality:
    """The centrality exhibit, the communities, and how paths were computed.

    `path_min_works` is 1 where every tie counts; `largest_component` is the share of
    nodes in the largest component, NaN for a network without nodes.
    """

    rows: pd.DataFrame
    path_min_works: int
    largest_component: float


def network(institutions: pd.DataFrame, edges: pd.DataFrame) -> igraph.Graph:
    """The institution network: every institution a node, every pair with a work an edge.

    `institutions` has institution_id (sorted); `edges` institution_a, institution_b, works.
    """
    order = pd.Index(institutions["institution_id"])
    graph = igraph.Graph(
        n=len(order),
        edges=np.column_stack(
            [order.get_indexer(edges["institution_a"]), order.get_indexer(edges["institution_b"])]
        ),
    )
    # Plain Python numbers: with numpy integers igraph 1.0 gives a wrong PageRank, in silence.
    graph.es["works"] = edges["works"].tolist()
    return graph


def centrality(
    institutions: pd.DataFrame, edges: pd.DataFrame, *, seed: int, min_works: int | None = None
) -> Centrality:
    """Compute the centrality exhibit.

    An isolate has degree, strength, betweenness and harmonic 0 and no closeness. Ties of
    less than `min_works` leave the path-based columns only above PATH_LIMIT.
    """
    with seeded_igraph(seed):
        return _computed(institutions, edges, min_works)


def _computed(institutions: pd.DataFrame, edges: pd.DataFrame, min_works: int | None) -> Centrality:
    graph = network(institutions, edges)
    too_large = graph.vcount() * graph.ecount() > PATH_LIMIT
    floor = (min_works or PATH_MIN_WORKS) if too_large else 1
    strength = np.array(graph.strength(weights="works"), dtype="int64")
    rows = institutions[["institution_id", "institution", "country"]].assign(
        degree=np.array(graph.degree(), dtype="int64"),
        strength=strength,
        **_paths(_at_least(graph, floor)),
        **_spectral(graph),
        community=communities(graph),
        strength_rank=ranks(strength),
        strength_rank_low=np.nan,
        strength_rank_high=np.nan,
    )
    return Centrality(rows, floor, _largest_component(graph))


def ranks(values: np.ndarray) -> np.ndarray:
    """Rank of each value, the largest first; ties share the smallest rank."""
    return pd.Series(values).rank(ascending=False, method="min").to_numpy().astype("int64")


@contextmanager
def seeded_igraph(seed: int) -> Iterator[None]:
    """Give igraph its own seeded chance: Leiden and the eigenvector's solver draw from it."""
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def communities(graph: igraph.Graph) -> np.ndarray:
    """Leiden communities (modularity, weighted), numbered by falling size from 1.

    Equal sizes: the community with the first node comes first. Draws from igraph's chance.
    """
    found = graph.community_leiden("modularity", weights="works", n_iterations=-1)
    labels = np.array(found.membership, dtype="int64")
    sizes = np.bincount(labels) if len(labels) else np.array([], dtype="int64")
    first = {label: place for place, label in reversed(list(enumerate(labels.tolist())))}
    order = sorted(range(len(sizes)), key=lambda label: (-sizes[label], first[label]))
    number = {label: place for place, label in enumerate(order, start=1)}
    return np.array([number[label] for label in labels.tolist()], dtype="int64")


def _at_least(graph: igraph.Graph, floor: int) -> igraph.Graph:
    if floor <= 1:
        return graph
    return graph.subgraph_edges(graph.es.select(works_ge=floor), delete_vertices=False)


def _paths(graph: igraph.Graph) -> dict[str, np.ndarray]:
    distance = [1 / works for works in graph.es["works"]] or None
    isolated = np.array(graph.degree()) == 0
    closeness = np.array(graph.closeness(weights=distance), dtype="float64")
    harmonic = graph.harmonic_centrality(weights=distance, normalized=False)
    return {
        "betweenness": np.array(graph.betweenness(directed=False, weights=distance)),
        "closeness": np.where(isolated, np.nan, closeness),
        "harmonic": np.where(isolated, 0.0, np.array(harmonic, dtype="float64")),
    }


def _spectral(graph: igraph.Graph) -> dict[str, np.ndarray]:
    if graph.vcount() == 0:
        return {"pagerank": np.array([]), "eigenvector": np.array([])}
    weights = "works" if graph.ecount() else None
    with warnings.catch_warnings():
        # On a disconnected graph igraph warns; the run states the largest component's share.
        warnings.filterwarnings("ignore", ".*[Ee]igenvector centralit")
        eigenvector = graph.eigenvector_centrality(weights=weights)
    return {
        "pagerank": np.array(graph.pagerank(damping=DAMPING, weights=weights)),
        # The solver stops a hair below its scale; the largest value is one by definition.
        "eigenvector": np.array(eigenvector) / (max(eigenvector) or 1),
    }


def _largest_component(graph: igraph.Graph) -> float:
    if graph.vcount() == 0:
        return float("nan")
    return float(graph.connected_components().giant().vcount() / graph.vcount())
