"""A run as one file that DuckDB opens: every exhibit and table, each column with its meaning."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from bibnet.runs.export.place import Say, ending_in, outside_runs
from bibnet.runs.metadata.data_package import declared_tables
from bibnet.runs.open import Run
from bibnet.schema import Table
from bibnet.schema.units import INVENTED
from bibnet.storage.arrow import arrow_schema
from bibnet.storage.disk import whole_file
from bibnet.storage.exhibits import EXHIBITS_FOLDER, read_exhibit
from bibnet.storage.manifest import verify_files

ABOUT = 'CREATE TABLE about ("name" VARCHAR, "value" VARCHAR)'


def export_database(run: Run, out: Path, say: Say) -> list[Path]:
    """Write the schemas `exhibits`, `tables` and `network`, and a table `about`, into one file.

    Undefined cells are NULL. Raises CheckError if a file is not as the manifest says.
    """
    verify_files(run.folder, run.manifest)
    path = ending_in(out, run.folder.name, ".duckdb")
    outside_runs(path)
    with whole_file(path) as unfinished, duckdb.connect(unfinished) as database:
        _about(database, run)
        written = [_write(database, run, *one) for one in _held(run)]
    say(f"{len(written)} tables")
    return [path]


def _held(run: Run) -> Iterator[tuple[str, Table]]:
    for name, table in declared_tables(str(run.manifest["query"]["network"]["level"])):
        if (run.folder / name).is_file():
            yield name, table


def _write(database: duckdb.DuckDBPyConnection, run: Run, path: str, table: Table) -> str:
    schema = path.partition("/")[0]
    name = f"{_identifier(schema)}.{_identifier(table.name)}"
    database.execute(f"CREATE SCHEMA IF NOT EXISTS {_identifier(schema)}")
    if schema == EXHIBITS_FOLDER:
        rows = read_exhibit(run.folder, table).reindex(columns=table.column_names)
        database.register("rows", pa.Table.from_pandas(rows, arrow_schema(table)))
        database.execute(f"CREATE TABLE {name} AS FROM rows")
        database.unregister("rows")
    else:
        file = _text(str(run.folder / path))
        database.execute(f"CREATE TABLE {name} AS FROM read_parquet({file})")
    _comment(database, name, table)
    return name


def _comment(database: duckdb.DuckDBPyConnection, name: str, table: Table) -> None:
    """What table and columns mean; columns of an earlier version may be missing."""
    database.execute(f"COMMENT ON TABLE {name} IS {_text(table.meaning)}")
    there = {row[0] for row in database.execute(f"DESCRIBE {name}").fetchall()}
    for column in table.columns:
        if column.name in there:
            meaning = _text(f"{column.meaning} ({column.unit})" if column.unit else column.meaning)
            place = f"{name}.{_identifier(column.name)}"
            database.execute(f"COMMENT ON COLUMN {place} IS {meaning}")


def _about(database: duckdb.DuckDBPyConnection, run: Run) -> None:
    manifest = run.manifest
    facts = {
        "query": manifest["query"]["name"],
        "question": manifest["query"]["question"],
        "run": manifest["run"],
        "source_date": manifest["source"]["date"],
        "bibnet": manifest["versions"]["bibnet"],
        **({"invented": INVENTED} if manifest.get("invented") else {}),
    }
    database.execute(ABOUT)
    database.executemany("INSERT INTO about VALUES (?, ?)", [list(fact) for fact in facts.items()])


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
