"""A finished run, opened: its tables, its exhibits, and the works behind any number."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, Unpack

import ibis.expr.types as ir
import pandas as pd

from bibnet import report
from bibnet.metrics.counts.listed import standing_flags
from bibnet.metrics.exhibits import EXHIBITS as COUNTED
from bibnet.metrics.structure.levels import level_incidences
from bibnet.network.incidence import Incidence, of_cells
from bibnet.network.subnetwork.choice import Choice, Narrowing
from bibnet.network.subnetwork.graph import Network
from bibnet.runs.card import card_html, card_text
from bibnet.runs.cell import CellRows, Cells, WorkChoice, asked_cells
from bibnet.runs.narrowed import WORK_KEY, NarrowedTables
from bibnet.runs.network import run_network
from bibnet.runs.report_content import report_content
from bibnet.runs.tables import open_tables
from bibnet.schema import EXHIBITS, NETWORK_TABLES, RUN_TABLES, Table
from bibnet.schema.errors import Fault, UsageError
from bibnet.schema.levels import level_exhibits
from bibnet.schema.ties import EDGE, NODE
from bibnet.schema.units import WHOLE
from bibnet.storage.engine import Engine, Tables, open_engine
from bibnet.storage.exhibits import exhibit_path, read_exhibit
from bibnet.storage.manifest import read_manifest
from bibnet.storage.recorded import RecordedFiles, absent
from bibnet.storage.tables import read_table, table_path
from bibnet.storage.unfinished import NETWORK_FOLDER, TABLES_FOLDER

if TYPE_CHECKING:
    from bibnet.report import Charts

EVERY_WORK = WorkChoice()
WORK_COLUMNS = ("work_id", "doi", "title", "year", "venue")


def load(folder: str | Path) -> "Run":
    """Open a finished run; raises InputError if the folder is not one."""
    return Run(Path(folder))


class Run:
    """A finished run. Tables are read when first asked for; it shows itself in a notebook.

    A file that has changed since the run was made is warned of when it is read
    (ChangedFileWarning).
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.manifest: Mapping[str, Any] = read_manifest(folder)
        self._recorded = RecordedFiles(folder, self.manifest)
        self._frames: dict[str, pd.DataFrame] = {}

    def __repr__(self) -> str:
        return card_text(self.folder, self.manifest)

    def _repr_html_(self) -> str:
        """The run in a notebook: what it is, and what to ask of it."""
        return card_html(self.folder, self.manifest)

    @cached_property
    def engine(self) -> Engine:
        """The engine that carries out expressions over the run's tables."""
        return open_engine(Path(gettempdir()))

    @cached_property
    def tables(self) -> Tables:
        """Every table of the run as an Ibis table, by name, and side_country."""
        sides = self.manifest["query"]["sides"]
        return open_tables(self.engine, self.folder, sides, self._recorded)

    def reading(self, name: str) -> Path:
        """The path of a file of the run, which is about to be read; warns if it has changed."""
        return self._recorded.reading(self.folder / name)

    def exhibit(self, name: str) -> pd.DataFrame:
        """An exhibit as a data frame; undefined cells are missing values.

        Raises InputError where a run of an earlier version has no such exhibit.
        """
        declared = self.declared(name)
        path = exhibit_path(self.folder, declared)
        if not path.is_file():
            raise absent(f"exhibit {name}", path, self._recorded)
        self._recorded.reading(path)
        return read_exhibit(self.folder, declared)

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
        home, table = self.folder / known[name], declared[name]
        path = table_path(home, table)
        if not path.is_file():
            raise absent(f"table {name}", path, self._recorded)
        self._recorded.reading(path)
        return read_table(home, table)

    def figures(self) -> "Charts":
        """The figures of the report as Altair charts, by the id they have in `figures/`.

        Example: `load("outputs/demo/RUN").figures()["joint_works_by_year"]`
        """
        for exhibit in EXHIBITS.values():
            self._recorded.reading(exhibit_path(self.folder, exhibit))
        for table in (NODE, EDGE):
            self._recorded.reading(table_path(self.folder / NETWORK_FOLDER, table))
        return report.charts(report_content(self.folder, self.manifest, None))

    def network(self, level: str = "institution", **narrowing: Unpack[Narrowing]) -> Network:
        """The network of a level: `.nodes`, `.edges`, `.to_igraph()`, `.to_networkx()`.

        Narrowed by country= or side= (the ties of its units with anybody; partners from
        elsewhere are nodes with `inside` false), years=(first, last), joint=True, min_works=.
        Raises UsageError for a level, country or side that does not exist.

        Example: `load("outputs/demo/RUN").network("institution", country="DE").edges`
        """
        choice = Choice(level, **narrowing)
        return run_network(self.engine, self.tables, self.manifest, self.exhibit, choice)

    def works(
        self,
        exhibit: str,
        keys: ir.Table | None = None,
        /,
        *,
        count: str | None = None,
        years: tuple[int, int] | None = None,
        on_lists: bool = False,
        **cell: object,
    ) -> pd.DataFrame:
        """The works behind a cell of an exhibit, one row each.

        `cell` gives the key columns of the exhibit, None for an empty key; keys left out are not
        asked for, and a pair may stand in either order. Names do beside ids: institution="..."
        or country="Germany". With `count` only works that this number counts, for example
        "joint_works", with `years` those from the first to the last, with `on_lists` those with an
        institution that a list holds, with `keys` (column work_key) those alone. Columns: work_id,
        doi, title, year, venue and the work's part of every number that is counted, so that the
        sums over all rows are the cell's numbers. A cell that the exhibit has and no work is in
        gives no row; UsageError if there is no such cell.

        Example: `load("outputs/demo/RUN").works("countries", country="DE")`
        """
        choice = WorkChoice(count, years, on_lists)
        return self.keyed_works(exhibit, keys, choice, **cell).drop(columns=WORK_KEY)

    def keyed_works(
        self,
        exhibit: str,
        keys: ir.Table | None = None,
        choice: WorkChoice = EVERY_WORK,
        /,
        **cell: object,
    ) -> pd.DataFrame:
        """The same, and first the column work_key, which names a work in the tables of the run."""
        tables = self.tables if keys is None else NarrowedTables(self.tables, keys)
        incidence = self._incidence(exhibit, tables)
        rows = CellRows(self.declared(exhibit), self._rows(exhibit), incidence.keys)
        return self._chosen(self._listed(incidence, asked_cells(rows, cell)), exhibit, choice)

    def _chosen(self, works: pd.DataFrame, exhibit: str, choice: WorkChoice) -> pd.DataFrame:
        if choice.count is not None:
            works = _counted(works, exhibit, choice.count)
        if choice.years is not None:
            works = works[works["year"].between(*choice.years).fillna(value=False).astype(bool)]
        if choice.on_lists:
            flagged = standing_flags(self.tables).select(WORK_KEY).distinct()
            works = works[works[WORK_KEY].isin(self.engine.frame(flagged)[WORK_KEY])]
        return works.reset_index(drop=True)

    def keys(self, exhibit: str) -> tuple[str, ...]:
        """The key columns by which an exhibit lists its works."""
        return self._incidence(exhibit, self.tables).keys

    def _rows(self, exhibit: str) -> pd.DataFrame:
        """An exhibit's frame, read once."""
        if exhibit not in self._frames:
            self._frames[exhibit] = self.exhibit(exhibit)
        return self._frames[exhibit]

    def _incidence(self, exhibit: str, tables: Tables) -> Incidence:
        name = self.declared(exhibit).name
        incidences = {name: one.incidence for name, one in COUNTED.items()}
        return (incidences | level_incidences(self._level))[name](tables)

    def _listed(self, incidence: Incidence, cells: Sequence[Cells]) -> pd.DataFrame:
        found = of_cells(incidence, cells)
        work = self.tables["work"].select(WORK_KEY, *WORK_COLUMNS)
        rows = work.inner_join(found, WORK_KEY)
        frame = self.engine.frame(rows.order_by(["year", "work_id"]))
        for name in incidence.weights:
            frame[name] = frame[name] / WHOLE
        return frame


def _exhibit(name: str) -> Table:
    if name not in EXHIBITS:
        raise UsageError(
            Fault(f"there is no exhibit {name!r}", "exhibit", f"one of: {', '.join(EXHIBITS)}")
        )
    return EXHIBITS[name]


def _counted(works: pd.DataFrame, exhibit: str, count: str) -> pd.DataFrame:
    """The works that a number of the exhibit counts; UsageError where it has no such number."""
    known = [name for name in works.columns if name not in (WORK_KEY, *WORK_COLUMNS)]
    if count not in known:
        what = f"{exhibit} counts no works as {count!r}"
        raise UsageError(Fault(what, f"count {count}", f"one of: {', '.join(known)}"))
    return works[works[count] > 0]
