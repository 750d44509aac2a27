"""Declared tables as Parquet files: written in groups of stated size, read back as frames."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bibnet.schema import Table
from bibnet.storage.arrow import arrow_schema, in_columns

# Half of DuckDB's own row group: still read in parallel, and a group of abstracts fits in memory.
ROWS_PER_GROUP = 61_440
# A group also ends with the row that brings its text to this: abstracts and hostile titles
# must not decide how much memory a group takes. Counted row by row, so that the rows alone
# decide where a group ends.
TEXT_PER_GROUP = 24 << 20  # bytes


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
        self.write(in_columns(columns, self.schema))

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


def declared_rows(table: Table, frame: pd.DataFrame) -> ibis.Table:
    """A frame as an Ibis table with the declared columns and types; NaN is null."""
    rows = pa.Table.from_pandas(
        frame[table.column_names], schema=arrow_schema(table), preserve_index=False
    )
    return ibis.memtable(rows)
