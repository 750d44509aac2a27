"""Exhibits as CSV files: one row a unit, undefined cells empty, no cell a formula."""

import csv
import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bibnet.schema import ColumnType, Table
from bibnet.schema.errors import Fault, InputError
from bibnet.storage.arrow import arrow_schema
from bibnet.storage.csv_text import guarded_cell, unguarded_cell

EXHIBITS_FOLDER = "exhibits"
CSV_TYPES: Mapping[ColumnType, Any] = {
    "text": "object",
    "integer": "Int64",
    "number": "float64",
    "flag": "boolean",
    "time": "object",
}


def exhibit_path(folder: Path, table: Table) -> Path:
    """Path of an exhibit's CSV file in a run folder."""
    return folder / EXHIBITS_FOLDER / f"{table.name}.csv"


def write_exhibit(folder: Path, table: Table, batches: Iterable[pa.RecordBatch]) -> None:
    """Write an exhibit as CSV: UTF-8, declared columns, undefined cells empty.

    A text cell that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    path = exhibit_path(folder, table)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(table.column_names)
        for batch in batches:
            rows = pa.Table.from_batches([batch]).select(table.column_names)
            rows = rows.cast(arrow_schema(table))
            writer = csv.writer(file, lineterminator="\n", quoting=_quoting(rows))
            writer.writerows(zip(*_cells(table, rows), strict=True))


def _quoting(rows: pa.Table) -> Literal[0, 1]:
    """How to quote: a return inside a cell must be quoted, which Python's own rule forgets."""
    texts = (column for column in rows.columns if pa.types.is_string(column.type))
    has_return = any(pc.any(pc.match_substring(text, "\r")).as_py() for text in texts)
    return csv.QUOTE_ALL if has_return else csv.QUOTE_MINIMAL


def _cells(table: Table, rows: pa.Table) -> list[list[Any]]:
    """The cells of each declared column as they are written; an undefined one is None."""
    return [
        list(map(WRITTEN[column.type], rows.column(column.name).to_pylist()))
        for column in table.columns
    ]


def _text(cell: str | None) -> str | None:
    return None if cell is None else guarded_cell(cell)


def _number(cell: float | None) -> float | None:
    return None if cell is None or math.isnan(cell) else cell


def _flag(cell: bool | None) -> str | None:
    return None if cell is None else str(cell).lower()


WRITTEN: Mapping[ColumnType, Callable[[Any], Any]] = {
    "text": _text,
    "integer": lambda cell: cell,
    "number": _number,
    "flag": _flag,
    "time": lambda cell: cell,
}


def read_exhibit(folder: Path, table: Table) -> pd.DataFrame:
    """Read an exhibit as written; apostrophes that only guard a cell are removed.

    Raises InputError where the file is no longer one that bibnet writes.
    """
    kinds = {column.name: CSV_TYPES[column.type] for column in table.columns}
    path = exhibit_path(folder, table)
    try:
        frame = pd.read_csv(path, dtype=kinds, keep_default_na=False, na_values=[""])
    except ValueError as error:  # of a cell, of a row, of bytes that are no UTF-8
        reason = " ".join(str(error).split())
        remedy = "run the query again; bibnet verify names every file that was changed"
        raise InputError(
            Fault(f"an exhibit cannot be read: {reason}", str(path), remedy)
        ) from error
    for column in table.columns:
        # An exhibit of an earlier version lacks columns.
        if column.type == "text" and column.name in frame.columns:
            frame[column.name] = frame[column.name].map(unguarded_cell, na_action="ignore")
    return frame
