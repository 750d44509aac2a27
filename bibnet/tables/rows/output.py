"""Rows to the Parquet files of the source tables, some works at a time."""

from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import pyarrow as pa

from bibnet.schema.source import SOURCE_TABLES
from bibnet.storage.tables import TableWriter
from bibnet.tables.rows.rows import Rows

WORKS_AT_ONCE = 1_000  # works whose rows are held as Python objects, some 15 MB
BYTES_AT_ONCE = 32 << 20  # of text, whatever the number of works
BYTES_BEHIND = 32 << 20  # of tables that may wait to be written


class SourceOutput:
    """All source tables of a reading. A context manager.

    Tables are written by a thread, while the next lines are read: what goes wrong there is raised
    by the next call, at the latest by the end.
    """

    def __init__(self, folder: Path) -> None:
        self.rows = Rows()
        self.field_issues = 0
        self._writers = [(table.name, TableWriter(folder, table)) for table in SOURCE_TABLES]
        self._bytes = 0
        self._thread = ThreadPoolExecutor(1)
        self._behind: deque[tuple[Future[None], int]] = deque()
        self._bytes_behind = 0

    def __enter__(self) -> "SourceOutput":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with ExitStack() as stack:
            for _, writer in self._writers:
                stack.push(writer)
            stack.callback(self._thread.shutdown, cancel_futures=True)
            if error is None:
                self._wait(-1)
                self.write()

    def added(self, size: int) -> None:
        """Note that a work was added from `size` bytes; write the rows if they are many."""
        self._bytes += size + self.rows.abstract_size
        if len(self.rows.work) >= WORKS_AT_ONCE or self._bytes >= BYTES_AT_ONCE:
            self.write()

    def append(self, tables: Mapping[str, pa.Table], field_issues: int) -> None:
        """Append rows that are tables already, behind those added so far."""
        self.write()
        self.field_issues += field_issues
        size = sum(table.nbytes for table in tables.values())
        self._wait(BYTES_BEHIND - size)
        self._behind.append((self._thread.submit(self._append, tables), size))
        self._bytes_behind += size

    def _append(self, tables: Mapping[str, pa.Table]) -> None:
        for name, writer in self._writers:
            if name in tables:
                writer.write(tables[name])

    def _wait(self, most: int) -> None:
        """Wait until no more than so many bytes are to be written; raises what went wrong."""
        while self._behind and (self._bytes_behind > most or self._behind[0][0].done()):
            written, size = self._behind.popleft()
            self._bytes_behind -= size
            written.result()

    def write(self) -> None:
        """Hand the rows to their tables and forget them."""
        if not any(self.rows.by_table.values()):
            return
        self._wait(-1)
        self.field_issues += len(self.rows.field_issue)
        for name, writer in self._writers:
            if rows := self.rows.by_table[name]:
                writer.write_columns(list(zip(*rows, strict=True)))
        self.rows.empty()
        self._bytes = 0
