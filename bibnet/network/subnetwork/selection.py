"""The part of a run's network that is asked for, counted from its memberships and ties.

Counted as in the exhibits: whole, the works of a node and of a tie are those of
institutions.csv and institution_pairs.csv (countries.csv, country_pairs.csv).
"""

from dataclasses import replace

import ibis.expr.types as ir
import pandas as pd

from bibnet.network.counting import pairs_incidence, units_incidence
from bibnet.network.incidence import Incidence, total
from bibnet.network.levels import level_membership, level_ties
from bibnet.network.subnetwork.choice import KEPT_LEVELS, Choice
from bibnet.network.subnetwork.description import described
from bibnet.network.subnetwork.graph import Network, Years
from bibnet.schema.network import NETWORK_EDGE, NETWORK_NODE
from bibnet.schema.units import UNKNOWN
from bibnet.storage.engine import Engine, Tables


def selected(engine: Engine, tables: Tables, choice: Choice) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Nodes and edges of the network that is asked for, without lists and measures.

    Every unit with a chosen work is a node, without a tie too, but where `choice` narrows it.
    """
    scope = _chosen_works(tables, choice)
    membership, tie = _level_tables(tables, choice)
    nodes = engine.frame(_counted_nodes(membership, tables, scope))
    edges = engine.frame(_counted_edges(tie, tables, scope))
    nodes = described(engine, tables, nodes, choice.level)
    nodes = nodes.assign(inside=_inside(nodes, choice))
    edges = edges[edges["works"] >= choice.min_works]
    inside = set(nodes.loc[nodes["inside"], "id"])
    edges = edges[edges["source"].isin(inside) | edges["target"].isin(inside)]
    tied = nodes["id"].isin(edges["source"]) | nodes["id"].isin(edges["target"])
    nodes = nodes[tied if choice.min_works > 1 else tied | nodes["inside"]]
    return _sorted_nodes(nodes), _sorted_edges(edges, nodes)


def with_years(engine: Engine, tables: Tables, network: Network, choice: Choice) -> Network:
    """The network with the works of each node and edge by year, of the chosen works."""
    scope = _chosen_works(tables, choice)
    dated = tables["work_scope"].filter(tables["work_scope"].year.notnull())
    year = dated.select("work_key", "year").semi_join(scope, "work_key")
    membership, tie = _level_tables(tables, choice)
    units = membership.filter(membership.unit != UNKNOWN).select("work_key", id="unit")
    ties = tie.select("work_key", source="unit_a", target="unit_b")
    frames = [_by_year(engine, rows.distinct(), year) for rows in (units, ties)]
    keys = (["id"], ["source", "target"])
    kept = [
        frame.merge(known[key], on=key).sort_values([*key, "year"]).reset_index(drop=True)
        for frame, known, key in zip(frames, (network.nodes, network.edges), keys, strict=True)
    ]
    return replace(network, years=Years(*kept))


def _by_year(engine: Engine, rows: ir.Table, year: ir.Table) -> pd.DataFrame:
    dated = rows.inner_join(year, "work_key").drop("work_key")
    return engine.frame(dated.group_by(dated.columns).aggregate(works=dated.count()))


def coverage(engine: Engine, tables: Tables, choice: Choice) -> tuple[int, int]:
    """How many of the chosen works have a known unit of the level, and how many there are."""
    scope = _chosen_works(tables, choice)
    membership, _ = _level_tables(tables, choice)
    known = membership.filter(membership.unit != UNKNOWN).select("work_key").distinct()
    placed = scope.semi_join(known, "work_key")
    numbers = (engine.frame(rows.aggregate(works=rows.count())) for rows in (placed, scope))
    with_unit, works = (int(frame["works"].iloc[0]) for frame in numbers)
    return with_unit, works


def _level_tables(tables: Tables, choice: Choice) -> tuple[ir.Table, ir.Table]:
    if choice.level in KEPT_LEVELS:
        return tables[f"{choice.level}_membership"], tables[f"{choice.level}_tie"]
    membership = level_membership(tables, choice.level)
    return membership, level_ties(membership)


def _chosen_works(tables: Tables, choice: Choice) -> ir.Table:
    scope = tables["work_scope"]
    if choice.years:
        scope = scope.filter(scope.year.between(*choice.years))
    if choice.joint:
        scope = scope.filter(scope.joint)
    return scope.select("work_key")


def _counted_nodes(membership: ir.Table, tables: Tables, scope: ir.Table) -> ir.Table:
    return _of_works(units_incidence(membership, tables), scope).rename(id="unit")


def _counted_edges(tie: ir.Table, tables: Tables, scope: ir.Table) -> ir.Table:
    counted = _of_works(pairs_incidence(tie, "unit", tables), scope)
    return counted.rename(source="unit_a", target="unit_b")


def _of_works(incidence: Incidence, scope: ir.Table) -> ir.Table:
    return total(replace(incidence, rows=incidence.rows.semi_join(scope, "work_key")))


def _inside(nodes: pd.DataFrame, choice: Choice) -> pd.Series:
    inside = pd.Series(data=True, index=nodes.index, dtype="bool")
    if choice.country:
        inside &= nodes["country"] == choice.country
    if choice.side:
        inside &= nodes["side"] == choice.side
    return inside


def _sorted_nodes(nodes: pd.DataFrame) -> pd.DataFrame:
    return _in_order(nodes, NETWORK_NODE.column_names, "id")


def _sorted_edges(edges: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    side = nodes.set_index("id")["side"]
    first, second = edges["source"].map(side), edges["target"].map(side)
    crossing = first.notna() & second.notna() & (first != second)
    edges = edges.assign(cross_side=crossing.astype("bool"))
    return _in_order(edges, NETWORK_EDGE.column_names, ["source", "target"])


def _in_order(frame: pd.DataFrame, names: list[str], key: str | list[str]) -> pd.DataFrame:
    kept = [name for name in names if name in frame.columns]
    return frame[kept].sort_values(key, kind="stable").reset_index(drop=True)
