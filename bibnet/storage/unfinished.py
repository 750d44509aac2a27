"""A run in the making: its folder, its engine, and the tables that stages have written so far."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import partial
from pathlib import Path

import ibis.expr.types as ir
import pandas as pd

from bibnet.schema import Table
from bibnet.storage.engine import WHOLE, Engine, Parts
from bibnet.storage.memory import give_back
from bibnet.storage.progress import Status, counted, silent
from bibnet.storage.tables import table_path

WORK_KEY = "work_key"
TABLES_FOLDER, NETWORK_FOLDER = "tables", "network"
# Scratch folders of a run in the making; none is left in a finished one.
READ_FOLDER, KEPT_FOLDER, REWRITE_FOLDER, SPILL_FOLDER = "read", "kept", "rewrite", "spill"
SCRATCH_FOLDERS = (READ_FOLDER, KEPT_FOLDER, REWRITE_FOLDER, SPILL_FOLDER)


class Portions(Enum):
    """How a table by work may be made in portions of works.

    NONE: not at all, because rows hang on the table's others. OF_ROWS: its rows, from all that the
    other tables hold. OF_TABLES: a row hangs on its own work alone, so that the other tables may be
    read in portions, too.
    """

    NONE = auto()
    OF_ROWS = auto()
    OF_TABLES = auto()


@dataclass
class UnfinishedRun:
    """A run in the making. Stages read `tables` and add their own; all else they return.

    `say` takes lines that stay, `status` what is going on at the moment. `stages` are the names of
    all, in order, where they are known. `work_bounds` are keys of
    works that part them into portions of a size that the memory of a run is made for.
    """

    folder: Path
    engine: Engine
    say: Callable[[str], None]
    status: Status = silent
    tables: dict[str, ir.Table] = field(default_factory=dict)
    work_bounds: tuple[int, ...] = ()
    stages: tuple[str, ...] = ()
    _present: tuple[str, str] = ("", "")  # the stage at work, and its place among all

    def read(self, folder: str, table: Table) -> None:
        """Take up a declared table that a stage has written."""
        self.tables[table.name] = self.engine.read(self.folder / folder, table)

    def write(
        self,
        expression: ir.Table,
        table: Table,
        folder: str = TABLES_FOLDER,
        *,
        portions: Portions = Portions.OF_ROWS,
    ) -> None:
        """Write an expression as a declared table and keep it for later stages.

        A table by work is made in portions of works, as far as its rows hang on other works.
        """
        place = self.folder / folder
        parts = WHOLE if portions is Portions.NONE else self._parts(table)
        alone = replace(parts, alone=portions is Portions.OF_TABLES)
        self.tables[table.name] = self.engine.write(expression, place, table, alone)

    def _parts(self, table: Table) -> Parts:
        if table.key[0] != WORK_KEY or not self.work_bounds:
            return WHOLE
        number = len(self.work_bounds) + 1
        noun = f"of {number} parts of {table.name}"
        watch = partial(counted, noun=noun, status=self.status, whole=number)
        return Parts(self.work_bounds, watch)

    def rewrite(self, expression: ir.Table, table: Table, folder: str = TABLES_FOLDER) -> None:
        """Write a table again from an expression that reads its earlier form."""
        fresh = self.folder / REWRITE_FOLDER
        fresh.mkdir(exist_ok=True)
        self.engine.write(expression, fresh, table, self._parts(table))
        table_path(fresh, table).replace(table_path(self.folder / folder, table))
        self.read(folder, table)

    def number(self, name: str) -> int:
        """Rows of a table."""
        return self.number_of(self.tables[name])

    def number_of(self, rows: ir.Table) -> int:
        """Rows of an expression."""
        return int(self.frame(rows.aggregate(rows=rows.count()))["rows"][0])

    def tally(self, name: str, column: str) -> dict[str, int]:
        """Rows of a table by the values of a column, sorted; an empty value is `none`."""
        table = self.tables[name]
        value = table[column].cast("string").fill_null("none")
        counted = self.frame(table.group_by(value=value).aggregate(rows=table.count()))
        return dict(sorted(zip(counted["value"], map(int, counted["rows"]), strict=True)))

    def frame(self, expression: ir.Table) -> pd.DataFrame:
        """Carry out an expression with a small result."""
        return self.engine.frame(expression)

    def step(self, doing: str) -> None:
        """Show what the stage is at; no time left can be told from steps that differ so."""
        give_back()
        name, place = self._present
        self.status(f"{name}: {doing} ...{place}")

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Show that a stage is at work, and say how long it took."""
        started = time.perf_counter()
        known = name in self.stages
        place = f" (stage {self.stages.index(name) + 1} of {len(self.stages)})" if known else ""
        self._present = name, place
        self.status(f"{name} ...{place}")
        yield
        give_back()
        self.say(f"{name:<10} {time.perf_counter() - started:6.1f} s")
