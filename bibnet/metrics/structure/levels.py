"""The network of the level a query asks for, beside that of the institutions."""

from collections.abc import Callable
from functools import partial

import ibis
import pyarrow as pa

from bibnet.metrics.counts.pairs import pairs_incidence
from bibnet.metrics.structure.level_counts import pair_counts, unit_counts, units_incidence
from bibnet.network import centrality
from bibnet.network.incidence import Incidence
from bibnet.network.levels import level_membership, level_ties, level_units
from bibnet.schema.levels import OWN_LEVEL, LevelTables, level_tables
from bibnet.storage.engine import Tables
from bibnet.storage.store import write_exhibit
from bibnet.storage.workbench import NETWORK_FOLDER, Workbench

# Columns that need works of one side only, where the query harvests joint works alone.
NEEDS_ONE_SIDED = ("works", "works_fractional")


def write_level_ties(bench: Workbench) -> None:
    """Write membership and ties of the query's level; nothing where it is the institution."""
    level = bench.request.query.level
    if level == OWN_LEVEL:
        return
    declared = level_tables(level)
    bench.write(level_membership(bench.tables, level), declared.membership, NETWORK_FOLDER)
    member = bench.tables[declared.membership.name]
    bench.write(level_ties(member), declared.tie, NETWORK_FOLDER)


def write_level_exhibits(bench: Workbench) -> None:
    """Write centrality and pairs of the query's level, and say how its paths were computed."""
    level = bench.request.query.level
    if level == OWN_LEVEL:
        return
    declared = level_tables(level)
    pairs = pair_counts(bench.tables[declared.tie.name], bench.tables)
    ordered = pairs.select(*declared.pairs.column_names).order_by(["unit_a", "unit_b"])
    write_exhibit(bench.folder, declared.pairs, bench.engine.batches(ordered))
    rows = _centrality(bench, declared).order_by("unit")
    if bench.request.query.harvest == "joint":
        empty = {name: ibis.null(rows[name].type()) for name in NEEDS_ONE_SIDED}
        rows = rows.mutate(**empty)
    chosen = rows.select(*declared.centrality.column_names)
    write_exhibit(bench.folder, declared.centrality, bench.engine.batches(chosen))


def level_incidences(level: str) -> dict[str, Callable[[Tables], Incidence]]:
    """Which expression lists the works behind each exhibit of a level, counted anew."""
    if level == OWN_LEVEL:
        return {}
    declared = level_tables(level)
    return {
        declared.centrality.name: partial(_units, level),
        declared.pairs.name: partial(_pairs, level),
    }


def _units(level: str, tables: Tables) -> Incidence:
    return units_incidence(level_membership(tables, level), tables)


def _pairs(level: str, tables: Tables) -> Incidence:
    return pairs_incidence(level_ties(level_membership(tables, level)), "unit", tables)


def _centrality(bench: Workbench, declared: LevelTables) -> ibis.Table:
    level = bench.request.query.level
    member, tie = (bench.tables[one.name] for one in (declared.membership, declared.tie))
    counts = unit_counts(member, bench.tables)
    units = bench.frame(counts.select("unit").order_by("unit"))["unit"]
    per_pair = tie.group_by(["unit_a", "unit_b"]).aggregate(works=tie.count())
    edges = bench.frame(per_pair.order_by(["unit_a", "unit_b"]))
    pair = centrality.with_work_id(tie, bench.tables["work"])
    order = ["work_id", "unit_a", "unit_b"]
    rows = bench.frame(pair.select(*order).order_by(order))
    behind = centrality.tie_works(units, edges, rows, "unit", bench.number("work"))
    network = centrality.unit_network(units, edges, "unit")
    found, floor = centrality.measured(network, bench.request.query.min_works, behind)
    bench.facts["network"]["query_level"] = {
        "level": level,
        "units": len(units),
        "path_min_works": floor,
        "largest_component": network.largest_component,
    }
    found.insert(0, "unit", units)
    measured = ibis.memtable(pa.Table.from_pandas(found, preserve_index=False))
    shown = level_units(bench.tables, level, counts.select("unit"))
    return measured.inner_join(counts, "unit").inner_join(shown, "unit")
