"""Rows to the Parquet files of the source tables, in row groups of a good size."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa

from bibnet.schema.column import Table
from bibnet.schema.source import SOURCE_TABLES
from bibnet.store import ROWS_PER_GROUP, TableWriter, arrow_schema
from bibnet.tables.rows import Rows

WORKS_AT_ONCE = 2_000  # works whose rows are held as Python objects, some 30 MB
BYTES_AT_ONCE = 32 << 20  # of text, whatever the number of works
BYTES_PER_GROUP = 16 << 20  # a table's waiting rows; eleven tables wait at once


class TableOutput:
    """Appends rows to one table; waits until a row group is worth writing."""

    def __init__(self, folder: Path, table: Table) -> None:
        self.table = table
        self._schema = arrow_schema(table)
        self._writer = TableWriter(folder, table)
        self._waiting: list[pa.Table] = []

    def add(self, rows: list[tuple[Any, ...]]) -> None:
        """Take rows given as tuples in declared order."""
        if not rows:
            return
        columns = zip(*rows, strict=True)
        arrays = [
            pa.array(cells, type=kind.type)
            for cells, kind in zip(columns, self._schema, strict=True)
        ]
        self._waiting.append(pa.Table.from_arrays(arrays, schema=self._schema))
        count = sum(part.num_rows for part in self._waiting)
        if count >= ROWS_PER_GROUP or sum(p.nbytes for p in self._waiting) >= BYTES_PER_GROUP:
            self._write()

    def _write(self) -> None:
        if self._waiting:
            self._writer.write(pa.concat_tables(self._waiting))
            self._waiting = []

    def close(self) -> None:
        """Write what waits and close the file."""
        self._write()
        self._writer.__exit__(None, None, None)


class SourceOutput:
    """All source tables of a reading. A context manager."""

    def __init__(self, folder: Path) -> None:
        self.rows = Rows()
        self.field_issues = 0
        self._tables = [TableOutput(folder, table) for table in SOURCE_TABLES]
        self._bytes = 0

    def __enter__(self) -> "SourceOutput":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with ExitStack() as stack:
            for table in self._tables:
                stack.callback(table.close)
            self.write()

    def added(self, size: int) -> None:
        """Note that a work of `size` bytes was added; write the rows if they are many."""
        self._bytes += size
        if len(self.rows.work) >= WORKS_AT_ONCE or self._bytes >= BYTES_AT_ONCE:
            self.write()

    def write(self) -> None:
        """Hand the rows to their tables and forget them."""
        self.field_issues += len(self.rows.field_issue)
        for table in self._tables:
            table.add(self.rows.by_table[table.table.name])
        self.rows.empty()
        self._bytes = 0
