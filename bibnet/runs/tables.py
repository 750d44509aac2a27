"""The tables of a finished run, opened when they are asked for."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import ibis.expr.types as ir

from bibnet.network.scope import side_countries
from bibnet.schema import NETWORK_TABLES, RUN_TABLES
from bibnet.storage.engine import Engine, Tables
from bibnet.storage.recorded import RecordedFiles, absent, earlier
from bibnet.storage.tables import table_path
from bibnet.storage.unfinished import NETWORK_FOLDER, TABLES_FOLDER


class RunTables(Mapping[str, ir.Table]):
    """The declared tables of a run folder as Ibis tables, opened when asked for.

    A run of an earlier version lacks tables or columns: InputError where one is needed.
    """

    def __init__(
        self,
        engine: Engine,
        folder: Path,
        sides: Mapping[str, tuple[str, ...]],
        recorded: RecordedFiles | None,
    ):
        self._engine, self._folder, self._recorded = engine, folder, recorded
        homes = ((TABLES_FOLDER, RUN_TABLES), (NETWORK_FOLDER, NETWORK_TABLES))
        self._homes = {table.name: (home, table) for home, tables in homes for table in tables}
        self._opened = {"side_country": side_countries(sides)}

    def __getitem__(self, name: str) -> ir.Table:
        if name not in self._opened:
            home, table = self._homes[name]
            path = table_path(self._folder / home, table)
            if not path.is_file():
                raise absent(f"table {name}", path, self._recorded)
            if self._recorded:
                self._recorded.reading(path)
            opened = self._engine.read(self._folder / home, table)
            missing = [column for column in table.column_names if column not in opened.columns]
            if missing:
                raise earlier(f"its table {name} has no {', '.join(missing)}", path)
            self._opened[name] = opened
        return self._opened[name]

    def __iter__(self) -> Iterator[str]:
        return iter([*self._homes, "side_country"])

    def __len__(self) -> int:
        return len(self._homes) + 1


def open_tables(
    engine: Engine,
    folder: Path,
    sides: Mapping[str, tuple[str, ...]],
    recorded: RecordedFiles | None = None,
) -> Tables:
    """Every declared table of a run folder as an Ibis table, and side_country.

    With `recorded` a table that is not what the manifest says is warned of when it is opened.
    """
    return RunTables(engine, folder, sides, recorded)
