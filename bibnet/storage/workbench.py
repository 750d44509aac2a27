"""A run in the making: what was asked, its folder, its engine, its tables and facts so far."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from bibnet.query import Query
from bibnet.schema import Table
from bibnet.storage.engine import Engine
from bibnet.storage.store import table_path

TABLES_FOLDER, NETWORK_FOLDER = "tables", "network"
# Scratch folders of a run in the making; none is left in a finished one.
READ_FOLDER, KEPT_FOLDER, REWRITE_FOLDER, SPILL_FOLDER = "read", "kept", "rewrite", "spill"
SCRATCH_FOLDERS = (READ_FOLDER, KEPT_FOLDER, REWRITE_FOLDER, SPILL_FOLDER)


@dataclass(frozen=True)
class Request:
    """What is asked for: the query, the inputs, where the run goes.

    `verdicts` is a file of reviewers' verdicts that goes before the query's own.
    `command` keeps what the command line put in place of the query file's own values,
    `harvest` the manifest of the harvest the works are from, empty for files. `invented`
    says that the works are made up. `previous` is the folder of a finished run whose
    communities lend their labels.
    """

    query: Query
    works: tuple[Path, ...]
    out: Path
    registry: Path | None = None
    verdicts: Path | None = None
    engine: str = "duckdb"
    command: tuple[str, ...] = ()
    harvest: Mapping[str, Any] = field(default_factory=dict)
    invented: bool = False
    previous: Path | None = None


@dataclass
class Workbench:
    """A run in the making. Stages read `tables`, add their own, and leave facts."""

    request: Request
    folder: Path
    engine: Engine
    say: Callable[[str], None]
    tables: dict[str, ir.Table] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def source_date(self) -> date | None:
        """The start of the harvest, else the newest change of a work; None if neither is known."""
        if self.request.harvest:
            return date.fromisoformat(str(self.request.harvest["date"])[:10])
        newest = self.facts["reading"].newest_updated
        return newest.date() if newest else None

    @property
    def verdict_file(self) -> Path | None:
        """The file of reviewers' verdicts that holds for the run; None if there is none."""
        return self.request.verdicts or self.request.query.verdicts

    def read(self, folder: str, table: Table) -> None:
        """Take up a declared table that a stage has written."""
        self.tables[table.name] = self.engine.read(self.folder / folder, table)

    def write(self, expression: ir.Table, table: Table, folder: str = TABLES_FOLDER) -> None:
        """Write an expression as a declared table and keep it for later stages."""
        self.tables[table.name] = self.engine.write(expression, self.folder / folder, table)

    def rewrite(self, expression: ir.Table, table: Table, folder: str = TABLES_FOLDER) -> None:
        """Write a table again from an expression that reads its earlier form."""
        fresh = self.folder / REWRITE_FOLDER
        fresh.mkdir(exist_ok=True)
        self.engine.write(expression, fresh, table)
        table_path(fresh, table).replace(table_path(self.folder / folder, table))
        self.read(folder, table)

    def number(self, name: str) -> int:
        """Rows of a table."""
        table = self.tables[name]
        return int(self.frame(table.aggregate(rows=table.count()))["rows"][0])

    def tally(self, name: str, column: str) -> dict[str, int]:
        """Rows of a table by the values of a column, sorted; an empty value is `none`."""
        table = self.tables[name]
        value = table[column].cast("string").fill_null("none")
        counted = self.frame(table.group_by(value=value).aggregate(rows=table.count()))
        return dict(sorted(zip(counted["value"], map(int, counted["rows"]), strict=True)))

    def frame(self, expression: ir.Table) -> pd.DataFrame:
        """Carry out an expression with a small result."""
        return self.engine.frame(expression)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Say how long a stage took."""
        started = time.perf_counter()
        yield
        self.say(f"{name:<10} {time.perf_counter() - started:6.1f} s")
