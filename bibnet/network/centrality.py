"""Centrality of units in the network of a whole corpus, full counting.

The measures are in `measures` and know nothing of works and institutions. Strength,
PageRank and eigenvector use the works in common; betweenness, closeness and harmonic use the
distance 1 / works.
"""

from dataclasses import dataclass

import igraph
import numpy as np
import pandas as pd

from bibnet.network.measures import MEASURES, WeightedNetwork, measures, ranks, weighted_network
from bibnet.network.measures.communities import (
    Partition,
    partition,
    with_resampled_agreement,
)
from bibnet.network.measures.resampling import RANKED, TieWorks, rank_intervals

# Nodes * edges above which shortest paths take minutes on a laptop (igraph, two cores).
PATH_LIMIT = 3_000_000_000
# The thinning above that size where the query names none: drops one-off ties only.
PATH_MIN_WORKS = 2
RESAMPLING_SEED = 1


@dataclass(frozen=True)
class Centrality:
    """The centrality exhibit, the communities, and how paths were computed.

    `path_min_works` is 1 where every tie counts; `largest_component` is the share of
    nodes in the largest component, NaN for a network without nodes.
    """

    rows: pd.DataFrame
    partition: Partition
    path_min_works: int
    largest_component: float


def unit_network(units: pd.Series, edges: pd.DataFrame, key: str) -> WeightedNetwork:
    """The network of a level: every unit a node (sorted ids), every pair with a work an edge.

    `edges` has KEY_a, KEY_b, works.
    """
    first, second = _ends(units, edges, key)
    return weighted_network(len(units), first, second, edges["works"].to_numpy())


def _ends(units: pd.Series, rows: pd.DataFrame, key: str) -> tuple[np.ndarray, np.ndarray]:
    order = pd.Index(units)
    return order.get_indexer(rows[f"{key}_a"]), order.get_indexer(rows[f"{key}_b"])


def network(institutions: pd.DataFrame, edges: pd.DataFrame) -> igraph.Graph:
    """The institution network as an igraph graph; the edge attribute `works` is the weight.

    `institutions` has institution_id (sorted); `edges` institution_a, institution_b, works.
    """
    return _with_works(unit_network(institutions["institution_id"], edges, "institution"))


def _with_works(found: WeightedNetwork) -> igraph.Graph:
    graph = found.igraph()
    graph.es["works"] = graph.es["weight"]
    return graph


def centrality(
    institutions: pd.DataFrame,
    edges: pd.DataFrame,
    *,
    seed: int,
    min_works: int | None = None,
    ties: TieWorks | None = None,
) -> Centrality:
    """Compute the centrality exhibit and the communities.

    `ties` (from `tie_works`) gives the intervals of the ranks and the agreement of communities
    under resampled works; without it they are empty. An isolate has degree, strength, betweenness
    and harmonic 0, and neither closeness nor intervals. Ties of less than `min_works` leave the
    path-based columns only above PATH_LIMIT.
    """
    found = unit_network(institutions["institution_id"], edges, "institution")
    rows, floor = measured(found, min_works, ties)
    graph = _with_works(found)
    grouped = partition(graph, seed=seed)
    if ties is not None:
        grouped = with_resampled_agreement(grouped, graph, ties, seed=seed)
    rows.insert(0, "community", grouped.community)
    described = institutions[["institution_id", "institution", "country"]].reset_index(drop=True)
    return Centrality(pd.concat([described, rows], axis=1), grouped, floor, found.largest_component)


def path_floor(nodes: int, edges: int, min_works: int | None) -> int:
    """Ties of fewer works than this are left out of paths; 1 = all count (see PATH_LIMIT)."""
    return (min_works or PATH_MIN_WORKS) if nodes * edges > PATH_LIMIT else 1


def measured(
    found: WeightedNetwork,
    min_works: int | None,
    ties: TieWorks | None = None,
    weights: str = "distance",
) -> tuple[pd.DataFrame, int]:
    """Measures, ranks and intervals of a network, and the floor its paths were computed with.

    Paths are measured by the distance 1 / works, or one step a tie with `weights` none.
    """
    floor = path_floor(found.nodes, found.edges, min_works)
    rows = measures(found, weights, path_floor=floor)
    for name in RANKED:
        rows[f"{name}_rank"] = ranks(rows[name].to_numpy())
    if ties is None:
        nothing = {f"{name}_rank_{end}": np.nan for name in RANKED for end in ("low", "high")}
        unsaid = {
            f"{name}_rank_reason": pd.array([None] * len(rows), dtype="string") for name in RANKED
        }
        return rows.assign(**nothing, **unsaid), floor
    return pd.concat([rows, rank_intervals(found, ties, seed=RESAMPLING_SEED)], axis=1), floor


@dataclass(frozen=True)
class Measuring:
    """How a network is measured: the seed of its communities, the floor asked for, the paths."""

    seed: int
    min_works: int | None = None
    weights: str = "distance"


def network_measures(nodes: pd.DataFrame, edges: pd.DataFrame, how: Measuring) -> pd.DataFrame:
    """Columns id, degree, strength ... community, strength_rank of the nodes of a network.

    `nodes` has id, sorted; `edges` source, target and works. As the exhibit of institutions
    has them, but ranks have no interval.
    """
    ends = edges.rename(columns={"source": "unit_a", "target": "unit_b"})
    found = unit_network(nodes["id"], ends, "unit")
    rows, _ = measured(found, how.min_works, weights=how.weights)
    rows = rows[[*MEASURES, "strength_rank"]].assign(id=nodes["id"].to_numpy())
    if nodes.empty:
        return rows.assign(community=pd.Series(dtype="int64"))
    return rows.assign(community=partition(_with_works(found), seed=how.seed).community)


def tie_works(units: pd.Series, edges: pd.DataFrame, ties: pd.DataFrame, key: str) -> TieWorks:
    """Which works are behind which edge, for resampling.

    `units` and `edges` as in `unit_network`; `ties` has a row per work and pair (work_id,
    KEY_a, KEY_b). Works are numbered by their ids, so that the order of an input file changes no
    draw.
    """
    size = max(len(units), 1)
    pair = np.dot(np.column_stack(_ends(units, edges, key)), [size, 1])
    tied = np.dot(np.column_stack(_ends(units, ties, key)), [size, 1])
    order = np.argsort(pair, kind="stable")
    edge = order[np.searchsorted(pair[order], tied)] if len(pair) else tied
    work = np.unique(ties["work_id"].to_numpy(), return_inverse=True)[1]
    return TieWorks(work, edge)
