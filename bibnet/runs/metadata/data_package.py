"""`datapackage.json`: every exhibit and table of a run, column by column (Data Package 2.0)."""

from collections.abc import Iterator, Mapping
from typing import Any

from bibnet.runs.metadata.described import DescribedRun, RunFile
from bibnet.schema import EXHIBITS, NETWORK_TABLES, RUN_TABLES, Column, ColumnType, Table
from bibnet.schema.levels import OWN_LEVEL, level_exhibits, level_tables
from bibnet.storage.exhibits import EXHIBITS_FOLDER
from bibnet.storage.unfinished import NETWORK_FOLDER, TABLES_FOLDER

PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
FIELD_TYPES: Mapping[ColumnType, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "flag": "boolean",
    "time": "datetime",
}
HOMES = {EXHIBITS_FOLDER: "", TABLES_FOLDER: "tables.", NETWORK_FOLDER: "network."}
CSV: Mapping[str, Any] = {
    "type": "table",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
}
# Without bytes and hash: frictionless 5 counts those of text files only. The crate has both.
PARQUET: Mapping[str, Any] = {
    "type": "table",
    "format": "parquet",
    "mediatype": "application/vnd.apache.parquet",
}
# Readers of Parquet that go by way of pandas (frictionless) give an empty integer as NaN.
EMPTY_INTEGERS = ["", "nan"]
GUARD = (
    "Undefined cells are empty. In CSV files a text that begins with = + - @, tab or return has an "
    "apostrophe before it, which readers remove."
)


def data_package(run: DescribedRun) -> dict[str, Any]:
    """The package with a resource for each exhibit (CSV) and table (Parquet) the run holds."""
    return {
        "$schema": PACKAGE_PROFILE,
        "name": f"{run.query}-{run.name}",
        "title": run.title,
        "description": f"{run.description} {GUARD}",
        "version": run.name,
        "sources": list(_sources(run)),
        "resources": list(_resources(run)),
    }


def declared_tables(level: str) -> Iterator[tuple[str, Table]]:
    """Every table that a run of a level can hold, with the path of its file in the run."""
    for table in (*EXHIBITS.values(), *level_exhibits(level)):
        yield f"{EXHIBITS_FOLDER}/{table.name}.csv", table
    for table in RUN_TABLES:
        yield f"{TABLES_FOLDER}/{table.name}.parquet", table
    own = level_tables(level)
    at_level = () if level == OWN_LEVEL else (own.membership, own.tie)
    for table in (*NETWORK_TABLES, *at_level):
        yield f"{NETWORK_FOLDER}/{table.name}.parquet", table


def resource_name(path: str) -> str:
    """Name of a resource: the exhibit's own, or that of the table after its folder."""
    folder, _, file = path.partition("/")
    return HOMES[folder] + file.rpartition(".")[0]


def _resources(run: DescribedRun) -> Iterator[dict[str, Any]]:
    for path, table in declared_tables(str(run.manifest["query"]["network"]["level"])):
        if path in run.files:
            yield _resource(run.files[path], table)


def _resource(file: RunFile, table: Table) -> dict[str, Any]:
    is_csv = file.path.endswith(".csv")
    kind = {**CSV, "bytes": file.size, "hash": f"sha256:{file.sha256}"} if is_csv else PARQUET
    return {
        "$schema": RESOURCE_PROFILE,
        "name": resource_name(file.path),
        "path": file.path,
        "title": table.answers or table.meaning,
        "description": table.meaning,
        **kind,
        "schema": {
            "fields": [_field(column, is_csv=is_csv) for column in table.columns],
            "missingValues": [""],
            # Not primaryKey, which forbids an empty cell: here empty can be a key of its own.
            "uniqueKeys": [list(table.key)],
        },
    }


def _field(column: Column, *, is_csv: bool) -> dict[str, Any]:
    unit = {"unit": column.unit} if column.unit else {}
    kind = FIELD_TYPES[column.type]
    missing = {} if is_csv or column.type != "integer" else {"missingValues": EMPTY_INTEGERS}
    return {"name": column.name, "type": kind, "description": column.meaning, **unit, **missing}


def _sources(run: DescribedRun) -> Iterator[dict[str, str]]:
    for file in run.manifest["source"]["files"]:
        yield {"title": f"{file['path']}, SHA-256 {file['sha256']}"}
    for card in run.lists():
        title = f"{card['title']}, {card['publisher']}, {card['date']} ({card['licence']})"
        yield {"title": title, "path": str(card["address"])}
