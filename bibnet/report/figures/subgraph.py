"""The readable part of the institution network: the strongest ties across sides."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

MOST_NODES = 80  # more circles than this cannot be named on a page
MOST_CROSS_TIES = 160
MOST_INNER_TIES = 60  # ties inside a side are context only


@dataclass(frozen=True)
class Subgraph:
    """Nodes and edges that are drawn.

    `nodes` has the columns of the table `node`; `edges` those of `edge` and `cross_side`, strongest
    first. `by_cross_side` is false where no tie crosses sides, so that the strongest ties of all
    were taken. `cross_ties` counts the ties across sides in the whole network.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    by_cross_side: bool
    cross_ties: int


def readable_subgraph(nodes: pd.DataFrame, edges: pd.DataFrame) -> Subgraph:
    """Take the strongest ties across sides until the nodes are too many to name.

    Ties are taken in order of works (equal ones by id); ties inside a side are added between the
    nodes taken. An empty network gives an empty subgraph.
    """
    ties = _with_sides(nodes, edges)
    cross = ties[ties["cross_side"]]
    leading = cross if len(cross) else ties
    taken = _take(leading.head(20 * MOST_CROSS_TIES))
    inside = ties["institution_a"].isin(taken) & ties["institution_b"].isin(taken)
    inner = ties[inside & ~ties["cross_side"]].head(MOST_INNER_TIES)
    drawn = leading[inside.reindex(leading.index)].head(MOST_CROSS_TIES)
    chosen = pd.concat([drawn, inner]) if len(cross) else drawn
    kept = nodes[nodes["institution_id"].isin(_ends(chosen))].sort_values("institution_id")
    return Subgraph(kept.reset_index(drop=True), chosen, bool(len(cross)), len(cross))


def _with_sides(nodes: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    side = nodes.set_index("institution_id")["side"].fillna("").to_dict()
    first = edges["institution_a"].map(side).fillna("").astype(str)
    second = edges["institution_b"].map(side).fillna("").astype(str)
    known = edges["institution_a"].isin(side) & edges["institution_b"].isin(side)
    crossing = (first != "") & (second != "") & (first != second)
    columns = ["institution_a", "institution_b", "works"]
    ties = edges.loc[known, columns].assign(cross_side=crossing[known])
    order = ["works", "institution_a", "institution_b"]
    return ties.sort_values(order, ascending=[False, True, True], kind="stable")


def _take(ties: pd.DataFrame) -> set[str]:
    taken: set[str] = set()
    for first, second in zip(ties["institution_a"], ties["institution_b"], strict=True):
        if len(taken | {first, second}) > MOST_NODES:
            break
        taken |= {first, second}
    return taken


def _ends(ties: pd.DataFrame) -> Sequence[str]:
    return sorted({*ties["institution_a"], *ties["institution_b"]})
