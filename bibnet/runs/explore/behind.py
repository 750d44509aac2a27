"""The works behind the numbers of a report, from the expressions that count them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa

from bibnet.metrics.exhibits import EXHIBITS
from bibnet.network.incidence import Incidence
from bibnet.report.content.cell import Cell
from bibnet.report.content.works_behind import WorkColumns, WorkPlaces
from bibnet.runs.explore.columns import in_report_order, work_columns
from bibnet.schema import Column
from bibnet.storage.engine import Engine, Tables

CELL, PLACE = "cell_number", "work_place"


class RunWorks:
    """What `report.content.works_behind.WorksBehind` asks for, from the tables of a run."""

    def __init__(self, engine: Engine, tables: Tables):
        self._engine, self._tables = engine, tables
        self._incidences: dict[str, Incidence] = {}

    def keys(self, exhibit: str) -> tuple[str, ...]:
        """The columns by which an exhibit lists its works."""
        return self._incidence(exhibit).keys

    def counts(self, exhibit: str) -> tuple[str, ...]:
        """The columns of an exhibit that count works, in their order."""
        known = self._incidence(exhibit).counts
        names = [c.name for c in EXHIBITS[exhibit].table.columns if counts_works(c)]
        return tuple(name for name in names if name in known)

    def columns(self) -> WorkColumns:
        """The works, newest first."""
        return self._columns

    def lists(self, exhibit: str, cells: Sequence[Cell]) -> Mapping[str, Sequence[WorkPlaces]]:
        """For each column that counts works, the places of the works of each cell, rising.

        A work is in the list of a column where its part of the number is above zero.
        """
        counts, incidence = self.counts(exhibit), self._incidence(exhibit)
        rows = self._engine.frame(_of_cells(incidence, cells, self._placed))
        numbers, places = (rows[name].to_numpy() for name in (CELL, PLACE))
        found: dict[str, Sequence[WorkPlaces]] = {}
        for count in counts:
            inside = rows[count].to_numpy() > 0
            found[count] = _split(numbers[inside], places[inside], len(cells))
        return found

    @cached_property
    def _columns(self) -> WorkColumns:
        return work_columns(self._engine, self._tables, self._order)

    def _incidence(self, exhibit: str) -> Incidence:
        if exhibit not in self._incidences:
            self._incidences[exhibit] = EXHIBITS[exhibit].incidence(self._tables)
        return self._incidences[exhibit]

    @cached_property
    def _order(self) -> pd.DataFrame:
        """Rows (work_key) in the order of the report: newest first, then by id."""
        work = self._tables["work"].select("work_key", "year", "work_id")
        rows = self._engine.frame(in_report_order(work))
        return rows[["work_key"]].reset_index(drop=True)

    @cached_property
    def _placed(self) -> ir.Table:
        """Rows (work_key, work_place)."""
        order = self._order.assign(**{PLACE: np.arange(len(self._order))})
        return ibis.memtable(pa.Table.from_pandas(order, preserve_index=False))


def counts_works(column: Column) -> bool:
    """Tell whether a column of an exhibit counts works: whole numbers of works."""
    return column.type == "integer" and column.unit == "works"


def _of_cells(incidence: Incidence, cells: Sequence[Cell], placed: ir.Table) -> ir.Table:
    """Rows (cell_number, work_place, measures) of the cells, in that order."""
    keys = incidence.keys
    rows = incidence.rows.select(*keys, "work_key", *incidence.counts)
    columns: dict[str, pa.Array] = {CELL: pa.array(range(len(cells)), pa.int64())}
    for key in keys:
        kind = rows[key].type().to_pyarrow()
        columns[f"asked_{key}"] = pa.array([cell.keys[key] for cell in cells], kind)
    asked = ibis.memtable(pa.table(columns))
    same = [rows[key].identical_to(asked[f"asked_{key}"]) for key in keys]
    joined = rows.inner_join(asked, same).inner_join(placed, "work_key")
    return joined.select(CELL, PLACE, *incidence.counts).order_by([CELL, PLACE])


def _split(numbers: WorkPlaces, places: WorkPlaces, cells: int) -> list[WorkPlaces]:
    """The places of each cell, from rows in the order of cells; a cell without rows is empty."""
    ends = np.searchsorted(numbers, np.arange(cells + 1))
    return [places[start:stop] for start, stop in pairwise(ends)]
