"""The measures of a network that no exhibit holds: another level, or paths without weights."""

import igraph
import numpy as np
import pandas as pd

from bibnet.network.centrality import PATH_LIMIT, PATH_MIN_WORKS
from bibnet.network.measures import measures, ranks, weighted_network
from bibnet.network.measures.communities import partition


def path_floor(nodes: int, edges: int) -> int:
    """Ties of fewer works than this are left out of paths; 1 = all count (see PATH_LIMIT)."""
    return PATH_MIN_WORKS if nodes * edges > PATH_LIMIT else 1


def network_measures(
    nodes: pd.DataFrame, edges: pd.DataFrame, *, seed: int, weights: str = "distance"
) -> pd.DataFrame:
    """Columns id, degree, strength ... community, strength_rank of the nodes of a network.

    `nodes` has id, sorted; `edges` source, target and works. As the exhibit of institutions
    has them: full counting, paths by the distance 1 / works, or one step with `weights` none.
    Ranks have no interval here.
    """
    place = pd.Index(nodes["id"])
    source, target = (place.get_indexer(edges[end]) for end in ("source", "target"))
    works = edges["works"].to_numpy(dtype="int64")
    network = weighted_network(len(place), source, target, works)
    floor = path_floor(len(place), len(works))
    found = measures(network, weights, floor if floor > 1 else 0)
    graph = igraph.Graph(n=len(place), edges=np.column_stack([source, target]).tolist())
    graph.es["works"] = works.tolist()
    return found.assign(
        id=nodes["id"].to_numpy(),
        community=partition(graph, seed=seed).community if len(place) else [],
        strength_rank=ranks(found["strength"].to_numpy()),
    )
