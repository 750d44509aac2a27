"""Who connects groups: participation, constraint, and the roles of a broker.

A broker v stands between two nodes that both have a tie with v and none with each other. With
the groups of the three (Gould, Fernandez 1989, Sociological Methodology 19:89), pairs counted
once because ties have no direction:

| role | groups |
|---|---|
| coordinator | all three in one group |
| itinerant | the pair in one group, v in another (also: consultant) |
| gatekeeper | v in the group of one of the pair (without direction also: representative) |
| liaison | three groups |

Participation (Guimera, Amaral 2005, Nature 433:895) is 1 - sum over groups of (strength towards
the group / strength)^2: 0 with ties to one group only. Constraint (Burt 1992) is the sum over
contacts j of (p_j + sum over q of p_q p_qj)^2, p the share of a tie in its owner's strength: near
0 for ties to many who do not know each other.
"""

import numpy as np
import pandas as pd
from scipy import sparse

from bibnet.network.measures.weighted import WeightedNetwork

ROLES = ("coordinator", "itinerant", "gatekeeper", "liaison")
# Rows multiplied together: their product has at most this many rows of all nodes.
ROWS = 512


def brokerage(network: WeightedNetwork, group: np.ndarray, sides: int) -> pd.DataFrame:
    """One row per node: participation, constraint, ROLES, and `bridged`.

    `group` has a number from 0 for each node; the first `sides` groups are the sides.
    `bridged` are the open pairs whose ends are in two different sides, whatever the broker's
    own group. Participation and constraint are NaN for an isolate.
    """
    groups = int(group.max(initial=sides)) + 1
    pairs = _open_pairs(network, group, groups)
    across = pairs[:, :sides, :sides].sum(axis=(1, 2))
    within = pairs[:, range(sides), range(sides)].sum(axis=1)
    return pd.DataFrame(
        {
            "participation": participation(network, group),
            "constraint": constraint(network),
            **_roles(pairs, group),
            "bridged": across - within,
        }
    )


def participation(network: WeightedNetwork, group: np.ndarray) -> np.ndarray:
    """Participation coefficient of each node by strength; NaN for an isolate."""
    groups = int(group.max(initial=0)) + 1
    towards = np.zeros((network.nodes, groups))
    weight = network.weight.astype("float64")
    np.add.at(towards, (network.source, group[network.target]), weight)
    np.add.at(towards, (network.target, group[network.source]), weight)
    strength = towards.sum(axis=1)
    with np.errstate(invalid="ignore"):
        shares = towards / strength[:, None]
    found: np.ndarray = 1 - (shares**2).sum(axis=1)
    return found


def constraint(network: WeightedNetwork) -> np.ndarray:
    """Burt's constraint of each node, weighted by strength; NaN for an isolate.

    The sum runs over the node's own contacts, as Burt defines it (and as networkx does;
    igraph counts the same).
    """
    if not network.edges:
        return np.full(network.nodes, np.nan)
    values = np.array(network.igraph().constraint(weights="weight"), dtype="float64")
    return np.where(network.degree == 0, np.nan, values)


def _open_pairs(network: WeightedNetwork, group: np.ndarray, groups: int) -> np.ndarray:
    """Unordered pairs of neighbours without a tie, by node and the groups of the two (g <= h)."""
    matrix = network.neighbours.astype(np.int64)
    member = sparse.csr_array(
        (np.ones(network.nodes, dtype=np.int64), (np.arange(network.nodes), group)),
        shape=(network.nodes, groups),
    )
    beside = (matrix @ member).toarray()
    found = np.zeros((network.nodes, groups, groups), dtype=np.int64)
    for g in range(groups):
        closed = _closed_pairs(matrix, group == g, member)
        for h in range(g, groups):
            both = beside[:, g] * (beside[:, g] - 1) if g == h else beside[:, g] * beside[:, h]
            # Within one group each pair stands twice.
            found[:, g, h] = (both - closed[:, h]) // (2 if g == h else 1)
    return found


def _closed_pairs(
    matrix: sparse.csr_array, inside: np.ndarray, member: sparse.csr_array
) -> np.ndarray:
    """Per node and group h: pairs (i inside, k in h) of its neighbours that have a tie."""
    parts = [np.zeros((0, member.shape[1]), dtype=np.int64)]
    onward = matrix[inside, :]
    for start in range(0, matrix.shape[0], ROWS):
        rows = matrix[start : start + ROWS]
        through = rows[:, inside] @ onward
        parts.append((through.multiply(rows) @ member).toarray())
    return np.vstack(parts)


def _roles(pairs: np.ndarray, group: np.ndarray) -> dict[str, np.ndarray]:
    nodes, groups = pairs.shape[:2]
    rows = np.arange(nodes)
    every = pairs.sum(axis=(1, 2))
    same = pairs[:, range(groups), range(groups)].sum(axis=1)
    coordinator = pairs[rows, group, group]
    own = pairs[rows, group, :].sum(axis=1) + pairs[rows, :, group].sum(axis=1)
    gatekeeper = own - 2 * coordinator
    itinerant = same - coordinator
    return {
        "coordinator": coordinator,
        "itinerant": itinerant,
        "gatekeeper": gatekeeper,
        "liaison": every - coordinator - itinerant - gatekeeper,
    }
