"""Declared tables as Parquet files, exhibits as CSV, a run folder whole or not at all."""

import csv
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bibnet.schema import ColumnType, Table
from bibnet.schema.errors import Fault, UsageError

ARROW_TYPES: Mapping[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "time": pa.timestamp("us", tz="UTC"),
}
# Half of DuckDB's own row group: still read in parallel, and a group of abstracts fits in memory.
ROWS_PER_GROUP = 61_440
# A group also ends with the row that brings its text to this: abstracts and hostile titles
# must not decide how much memory a group takes. Counted row by row, so that the rows alone
# decide where a group ends.
TEXT_PER_GROUP = 24 << 20  # bytes
EXHIBITS_FOLDER = "exhibits"
_NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
CSV_TYPES: Mapping[ColumnType, Any] = {
    "text": "object",
    "integer": "Int64",
    "number": "float64",
    "flag": "boolean",
    "time": "object",
}
# A spreadsheet reads a cell that begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def arrow_schema(table: Table) -> pa.Schema:
    """Arrow schema of a declared table, columns in declared order."""
    return pa.schema([(column.name, ARROW_TYPES[column.type]) for column in table.columns])


def table_path(folder: Path, table: Table) -> Path:
    """Path of a table's Parquet file in `folder`."""
    return folder / f"{table.name}.parquet"


class TableWriter:
    """Appends rows to one declared table's Parquet file, in order.

    Row groups hold ROWS_PER_GROUP rows, or fewer where their text reaches TEXT_PER_GROUP
    (and in the last), however the rows arrive, so that the same rows give the same bytes.
    Use as a context manager; an empty table is a file with the schema and no rows.
    """

    def __init__(self, folder: Path, table: Table):
        self.schema = arrow_schema(table)
        self._waiting: list[pa.Table] = []
        self._waiting_rows = 0
        self._waiting_bytes = 0
        self._writer = pq.ParquetWriter(table_path(folder, table), self.schema, compression="zstd")

    def __enter__(self) -> "TableWriter":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._flush(everything=True)
        self._writer.close()

    def write_columns(self, columns: Sequence[Sequence[Any] | pa.Array]) -> None:
        """Append rows given as one sequence per declared column, in declared order."""
        arrays = [
            column if isinstance(column, pa.Array) else pa.array(column, type=field.type)
            for column, field in zip(columns, self.schema, strict=True)
        ]
        self.write(pa.Table.from_arrays(arrays, schema=self.schema))

    def write(self, rows: pa.Table) -> None:
        """Append an Arrow table whose columns are the declared ones."""
        self._waiting.append(rows.cast(self.schema))
        self._waiting_rows += rows.num_rows
        self._waiting_bytes += rows.nbytes
        if self._waiting_rows >= ROWS_PER_GROUP or self._waiting_bytes >= TEXT_PER_GROUP:
            self._flush(everything=False)

    def _flush(self, *, everything: bool) -> None:
        rows = pa.concat_tables(self._waiting) if self._waiting else self.schema.empty_table()
        while rows.num_rows and (count := _group_rows(rows) or everything * rows.num_rows):
            group = rows.slice(0, count).combine_chunks()
            self._writer.write_table(group, row_group_size=ROWS_PER_GROUP)
            rows = rows.slice(count)
        self._waiting = [rows]
        self._waiting_rows, self._waiting_bytes = rows.num_rows, rows.nbytes


def _group_rows(rows: pa.Table) -> int:
    """Rows of the first group; 0 if the rows do not fill one yet."""
    size = np.zeros(rows.num_rows, dtype=np.int64)
    for column in rows.columns:
        if pa.types.is_string(column.type):
            size += pc.fill_null(pc.binary_length(column), 0).to_numpy()
    full = int(np.searchsorted(np.cumsum(size), TEXT_PER_GROUP)) + 1
    count = min(full, ROWS_PER_GROUP)
    return count if count <= rows.num_rows else 0


def write_table(folder: Path, table: Table, rows: pa.Table) -> None:
    """Write a declared table in one go."""
    with TableWriter(folder, table) as writer:
        writer.write(rows.select(table.column_names))


def read_table(folder: Path, table: Table) -> pd.DataFrame:
    """Read a declared table as a data frame; nulls are NaN, None or NaT."""
    rows: pd.DataFrame = pq.read_table(table_path(folder, table)).to_pandas()
    return rows


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
            frame = _declared_frame(table, batch)
            frame.to_csv(
                file, header=False, index=False, lineterminator="\n", quoting=_quoting(table, frame)
            )


def _quoting(table: Table, frame: pd.DataFrame) -> Literal[0, 1]:
    """How to quote: a return inside a cell must be quoted, which Python's own rule forgets."""
    texts = (frame[column.name].dropna() for column in table.columns if column.type == "text")
    has_return = any("\r" in cell for text in texts for cell in text)
    return csv.QUOTE_ALL if has_return else csv.QUOTE_MINIMAL


def _declared_frame(table: Table, batch: pa.RecordBatch) -> pd.DataFrame:
    rows = pa.Table.from_batches([batch]).select(table.column_names).cast(arrow_schema(table))
    frame: pd.DataFrame = rows.to_pandas(types_mapper=_NULLABLE.get)
    for column in table.columns:
        if column.type == "text":
            frame[column.name] = frame[column.name].map(guarded_cell, na_action="ignore")
        if column.type == "flag":
            frame[column.name] = frame[column.name].map({True: "true", False: "false"})
    return frame


def guarded_cell(cell: str) -> str:
    """The cell, with a leading apostrophe if a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def read_exhibit(folder: Path, table: Table) -> pd.DataFrame:
    """Read an exhibit as written; apostrophes that only guard a cell are removed."""
    kinds = {column.name: CSV_TYPES[column.type] for column in table.columns}
    frame = pd.read_csv(
        exhibit_path(folder, table), dtype=kinds, keep_default_na=False, na_values=[""]
    )
    for column in table.columns:
        # An exhibit of an earlier version lacks columns.
        if column.type == "text" and column.name in frame.columns:
            frame[column.name] = frame[column.name].map(unguarded_cell, na_action="ignore")
    return frame


def unguarded_cell(cell: str) -> str:
    """The cell without an apostrophe that only guards it."""
    guarded = cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS)
    return cell[1:] if guarded else cell


@contextmanager
def run_folder(parent: Path) -> Iterator[Path]:
    """A folder for a run in the making; gone if the run fails. Move it with `publish`."""
    parent.mkdir(parents=True, exist_ok=True)
    staging = parent / f".unfinished-{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def publish(staging: Path, target: Path) -> None:
    """Give a finished run its name, in one step; an earlier run of that name is replaced."""
    replaced = target.with_name(f".replaced-{target.name}-{os.getpid()}")
    if target.exists():
        target.rename(replaced)
    staging.rename(target)
    shutil.rmtree(replaced, ignore_errors=True)


def writable(folder: Path) -> None:
    """Raise UsageError if nothing can be written into `folder` (made if missing)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            Fault(f"cannot write the output: {error}", str(folder), "give another --out")
        ) from error
    if not os.access(folder, os.W_OK):
        raise UsageError(Fault("cannot write the output", str(folder), "give another --out"))
