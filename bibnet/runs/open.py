"""A finished run, opened: its tables, its exhibits, and the works behind any number."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Unpack

import ibis.expr.types as ir
import pandas as pd

from bibnet.metrics.exhibits import EXHIBITS as COUNTED
from bibnet.metrics.structure.levels import level_incidences
from bibnet.network.incidence import Incidence, of_cell
from bibnet.network.part.choice import Choice, Narrowing
from bibnet.network.part.graph import Network
from bibnet.network.scope import side_countries
from bibnet.runs.network import run_network
from bibnet.schema import EXHIBITS, NETWORK_TABLES, RUN_TABLES, Table
from bibnet.schema.errors import Fault, InputError, UsageError
from bibnet.schema.levels import level_exhibits
from bibnet.schema.units import WHOLE
from bibnet.storage.engine import Engine, Tables, open_engine
from bibnet.storage.exhibits import read_exhibit
from bibnet.storage.manifest import read_manifest
from bibnet.storage.tables import read_table, table_path
from bibnet.storage.unfinished import NETWORK_FOLDER, TABLES_FOLDER

WORK_COLUMNS = ("work_id", "doi", "title", "year")


def load(folder: str | Path) -> "Run":
    """Open a finished run; raises InputError if the folder is not one."""
    return Run(Path(folder))


class Run:
    """A finished run. Tables are read when first asked for."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.manifest: Mapping[str, Any] = read_manifest(folder)

    @cached_property
    def _engine(self) -> Engine:
        return open_engine("duckdb", Path(gettempdir()))

    @cached_property
    def tables(self) -> Tables:
        """Every table of the run as an Ibis table, by name, and side_country."""
        return open_tables(self._engine, self.folder, self.manifest["query"]["sides"])

    def exhibit(self, name: str) -> pd.DataFrame:
        """An exhibit as a data frame; undefined cells are missing values."""
        return read_exhibit(self.folder, self._declared(name))

    @property
    def _level(self) -> str:
        return str(self.manifest["query"]["network"]["level"])

    def _declared(self, name: str) -> Table:
        """An exhibit of every run, or of the level this run's query asks for."""
        found = {table.name: table for table in level_exhibits(self._level)}
        return found[name] if name in found else _exhibit(name)

    def table(self, name: str) -> pd.DataFrame:
        """A table of the run as a data frame."""
        known = {table.name: TABLES_FOLDER for table in RUN_TABLES}
        known |= {table.name: NETWORK_FOLDER for table in NETWORK_TABLES}
        declared = {table.name: table for table in (*RUN_TABLES, *NETWORK_TABLES)}
        if name not in known:
            raise UsageError(Fault(f"no table {name!r}", "table", f"one of: {', '.join(known)}"))
        return read_table(self.folder / known[name], declared[name])

    def network(self, level: str = "institution", **narrowing: Unpack[Narrowing]) -> Network:
        """The network of a level: `.nodes`, `.edges`, `.to_igraph()`, `.to_networkx()`.

        Narrowed by country= or side= (the ties of its units with anybody; partners from
        elsewhere are nodes with `inside` false), years=(first, last), joint=True, min_works=.
        Raises UsageError for a level, country or side that does not exist.

        Example: `load("outputs/demo/RUN").network("institution", country="DE").edges`
        """
        choice = Choice(level, **narrowing)
        return run_network(self._engine, self.tables, self.manifest, self.exhibit, choice)

    def works(self, exhibit: str, **cell: object) -> pd.DataFrame:
        """The works behind a cell of an exhibit, one row each.

        `cell` gives the key columns of the exhibit, None for an empty key; keys left out
        are not asked for. Columns: work_id, doi, title, year and the work's part of every
        number that is counted, so that the sums over the rows are the cell's numbers.

        Example: `load("outputs/demo/RUN").works("countries", country="DE")`
        """
        name = self._declared(exhibit).name
        incidences = {name: one.incidence for name, one in COUNTED.items()}
        incidence = (incidences | level_incidences(self._level))[name](self.tables)
        unknown = sorted(set(cell) - set(incidence.keys))
        if unknown:
            raise UsageError(
                Fault(
                    f"{exhibit} has no key {', '.join(unknown)}",
                    f"works({exhibit!r}, ...)",
                    f"use any of: {', '.join(incidence.keys)}",
                )
            )
        return self._listed(incidence, cell)

    def _listed(self, incidence: Incidence, cell: Mapping[str, object]) -> pd.DataFrame:
        found = of_cell(incidence, cell)
        work = self.tables["work"].select("work_key", *WORK_COLUMNS)
        rows = work.inner_join(found, "work_key").drop("work_key")
        frame = self._engine.frame(rows.order_by(["year", "work_id"]))
        for name in incidence.weights:
            frame[name] = frame[name] / WHOLE
        return frame


class RunTables(Mapping[str, ir.Table]):
    """The declared tables of a run folder as Ibis tables, opened when asked for.

    A run of an earlier version lacks tables or columns: InputError where one is needed.
    """

    def __init__(self, engine: Engine, folder: Path, sides: Mapping[str, tuple[str, ...]]):
        self._engine, self._folder = engine, folder
        homes = ((TABLES_FOLDER, RUN_TABLES), (NETWORK_FOLDER, NETWORK_TABLES))
        self._homes = {table.name: (home, table) for home, tables in homes for table in tables}
        self._opened = {"side_country": side_countries(sides)}

    def __getitem__(self, name: str) -> ir.Table:
        if name not in self._opened:
            home, table = self._homes[name]
            path = table_path(self._folder / home, table)
            if not path.is_file():
                raise _earlier(f"there is no table {name}", path)
            opened = self._engine.read(self._folder / home, table)
            missing = [column for column in table.column_names if column not in opened.columns]
            if missing:
                raise _earlier(f"its table {name} has no {', '.join(missing)}", path)
            self._opened[name] = opened
        return self._opened[name]

    def __iter__(self) -> Iterator[str]:
        return iter([*self._homes, "side_country"])

    def __len__(self) -> int:
        return len(self._homes) + 1


def _earlier(lack: str, path: Path) -> InputError:
    what = f"the run was made by an earlier version of bibnet: {lack}"
    return InputError(Fault(what, str(path), "run the query again"))


def open_tables(engine: Engine, folder: Path, sides: Mapping[str, tuple[str, ...]]) -> Tables:
    """Every declared table of a run folder as an Ibis table, and side_country."""
    return RunTables(engine, folder, sides)


def missing_tables(folder: Path) -> list[str]:
    """Names of declared tables that a run folder has no file of."""
    homes = ((TABLES_FOLDER, RUN_TABLES), (NETWORK_FOLDER, NETWORK_TABLES))
    return [
        table.name
        for home, tables in homes
        for table in tables
        if not table_path(folder / home, table).is_file()
    ]


def _exhibit(name: str) -> Table:
    if name not in EXHIBITS:
        raise UsageError(
            Fault(f"there is no exhibit {name!r}", "exhibit", f"one of: {', '.join(EXHIBITS)}")
        )
    return EXHIBITS[name]
