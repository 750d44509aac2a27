"""The network of the level a query asks for, beside that of the institutions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import ibis
import pyarrow as pa

from bibnet.metrics.counts.pairs import with_association
from bibnet.network import centrality
from bibnet.network.counting import (
    pairs_incidence,
    unit_counts,
    units_incidence,
    with_work_id,
)
from bibnet.network.incidence import Incidence, total
from bibnet.network.levels import level_membership, level_ties, level_units
from bibnet.query import Query
from bibnet.schema.levels import OWN_LEVEL, LevelTables, level_tables
from bibnet.storage.engine import Tables
from bibnet.storage.exhibits import write_exhibit
from bibnet.storage.unfinished import UnfinishedRun

# Columns that need works of one side only, where the query harvests joint works alone.
NEEDS_ONE_SIDED = ("works", "works_fractional")


@dataclass(frozen=True)
class LevelCounts:
    """How the centrality of the query's own level was computed; see NetworkCounts."""

    level: str
    units: int
    path_min_works: int
    largest_component: float


def write_level_exhibits(run: UnfinishedRun, query: Query) -> LevelCounts | None:
    """Write centrality and pairs of the query's level, and say how its paths were computed.

    None where the level is the institution's, which has exhibits of its own.
    """
    if query.level == OWN_LEVEL:
        return None
    declared = level_tables(query.level)
    tie = run.tables[declared.tie.name]
    pairs = with_association(total(pairs_incidence(tie, "unit", run.tables)), "unit")
    ordered = pairs.select(*declared.pairs.column_names).order_by(["unit_a", "unit_b"])
    write_exhibit(run.folder, declared.pairs, run.engine.batches(ordered))
    rows, counts = _centrality(run, query, declared)
    rows = rows.order_by("unit")
    if query.harvest == "joint":
        empty = {name: ibis.null(rows[name].type()) for name in NEEDS_ONE_SIDED}
        rows = rows.mutate(**empty)
    chosen = rows.select(*declared.centrality.column_names)
    write_exhibit(run.folder, declared.centrality, run.engine.batches(chosen))
    return counts


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


def _centrality(
    run: UnfinishedRun, query: Query, declared: LevelTables
) -> tuple[ibis.Table, LevelCounts]:
    member, tie = (run.tables[one.name] for one in (declared.membership, declared.tie))
    counts = unit_counts(member, run.tables)
    units = run.frame(counts.select("unit").order_by("unit"))["unit"]
    per_pair = tie.group_by(["unit_a", "unit_b"]).aggregate(works=tie.count())
    edges = run.frame(per_pair.order_by(["unit_a", "unit_b"]))
    order = ["work_id", "unit_a", "unit_b"]
    pair = with_work_id(tie, run.tables["work"]).select(*order).order_by(order)
    behind = centrality.tie_works(units, edges, run.frame(pair), "unit")
    network = centrality.unit_network(units, edges, "unit")
    found, floor = centrality.measured(network, query.min_works, behind)
    found.insert(0, "unit", units)
    measured = ibis.memtable(pa.Table.from_pandas(found, preserve_index=False))
    shown = level_units(run.tables, query.level, counts.select("unit"))
    rows = measured.inner_join(counts, "unit").inner_join(shown, "unit")
    return rows, LevelCounts(query.level, len(units), floor, network.largest_component)
