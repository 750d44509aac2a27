"""A finished run, opened: its tables, its exhibits, and the works behind any number."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Unpack

import ibis.expr.types as ir
import pandas as pd

from bibnet.metrics.exhibits import EXHIBITS as COUNTED
from bibnet.metrics.structure.levels import level_incidences
from bibnet.network.incidence import Incidence, of_cell
from bibnet.network.subnetwork.choice import Choice, Narrowing
from bibnet.network.subnetwork.graph import Network
from bibnet.runs.audit.narrowed import NarrowedTables
from bibnet.runs.network import run_network
from bibnet.runs.tables import open_tables
from bibnet.schema import EXHIBITS, NETWORK_TABLES, RUN_TABLES, Table
from bibnet.schema.errors import Fault, UsageError
from bibnet.schema.levels import level_exhibits
from bibnet.schema.units import WHOLE
from bibnet.storage.engine import Engine, Tables, open_engine
from bibnet.storage.exhibits import read_exhibit
from bibnet.storage.manifest import read_manifest
from bibnet.storage.tables import read_table
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
    def engine(self) -> Engine:
        """The engine that carries out expressions over the run's tables."""
        return open_engine(Path(gettempdir()))

    @cached_property
    def tables(self) -> Tables:
        """Every table of the run as an Ibis table, by name, and side_country."""
        return open_tables(self.engine, self.folder, self.manifest["query"]["sides"])

    def exhibit(self, name: str) -> pd.DataFrame:
        """An exhibit as a data frame; undefined cells are missing values."""
        return read_exhibit(self.folder, self.declared(name))

    @property
    def _level(self) -> str:
        return str(self.manifest["query"]["network"]["level"])

    def declared(self, name: str) -> Table:
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
        return run_network(self.engine, self.tables, self.manifest, self.exhibit, choice)

    def works(self, exhibit: str, keys: ir.Table | None = None, /, **cell: object) -> pd.DataFrame:
        """The works behind a cell of an exhibit, one row each.

        `cell` gives the key columns of the exhibit, None for an empty key; keys left out
        are not asked for; a pair may stand in either order. With `keys` (column work_key) only
        those works. Columns: work_id, doi, title, year and the work's part of every
        number that is counted, so that the sums over the rows are the cell's numbers.

        Example: `load("outputs/demo/RUN").works("countries", country="DE")`
        """
        tables = self.tables if keys is None else NarrowedTables(self.tables, keys)
        incidence = self._incidence(exhibit, tables)
        unknown = sorted(set(cell) - set(incidence.keys))
        if unknown:
            raise UsageError(
                Fault(
                    f"{exhibit} has no key {', '.join(unknown)}",
                    f"works({exhibit!r}, ...)",
                    f"use any of: {', '.join(incidence.keys)}",
                )
            )
        found = self._listed(incidence, cell)
        turned = _turned(cell)
        return self._listed(incidence, turned) if found.empty and turned != cell else found

    def keys(self, exhibit: str) -> tuple[str, ...]:
        """The key columns by which an exhibit lists its works."""
        return self._incidence(exhibit, self.tables).keys

    def _incidence(self, exhibit: str, tables: Tables) -> Incidence:
        name = self.declared(exhibit).name
        incidences = {name: one.incidence for name, one in COUNTED.items()}
        return (incidences | level_incidences(self._level))[name](tables)

    def _listed(self, incidence: Incidence, cell: Mapping[str, object]) -> pd.DataFrame:
        found = of_cell(incidence, cell)
        work = self.tables["work"].select("work_key", *WORK_COLUMNS)
        rows = work.inner_join(found, "work_key").drop("work_key")
        frame = self.engine.frame(rows.order_by(["year", "work_id"]))
        for name in incidence.weights:
            frame[name] = frame[name] / WHOLE
        return frame


def _turned(cell: Mapping[str, object]) -> dict[str, object]:
    """The cell with the two ends of every pair changed over: keys that end in _a and _b."""
    turned = dict(cell)
    for key in cell:
        other = f"{key[:-2]}_b"
        if key.endswith("_a") and other in cell:
            turned[key], turned[other] = cell[other], cell[key]
    return turned


def _exhibit(name: str) -> Table:
    if name not in EXHIBITS:
        raise UsageError(
            Fault(f"there is no exhibit {name!r}", "exhibit", f"one of: {', '.join(EXHIBITS)}")
        )
    return EXHIBITS[name]
