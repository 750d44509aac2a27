"""DuckDB as the engine: all of it in this process, spilling to disk when memory is short."""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from bibnet.schema import Table
from bibnet.storage.arrow import arrow_schema
from bibnet.storage.compiled import compiled, forget_compiled
from bibnet.storage.engine.base import (
    WHOLE,
    Answer,
    Parts,
    Watch,
    in_stated_order,
    name_of,
    write_batches,
    write_sorted,
)
from bibnet.storage.memory import give_back_behind
from bibnet.storage.tables import table_path

THREADS = 2
# Below this size of its largest table a corpus is done before a second thread has begun.
ONE_THREAD_BYTES = 4 << 20
PROCESSES = 2  # that answer texts; each takes half a gigabyte
# Half of what a run may use: the rest is for Python, Arrow batches and figures.
MEMORY_LIMIT = "512MB"
BATCH_ROWS = 100_000
# How DuckDB begins to say that a temporary file may grow no more.
OFFLOADING = "failed to offload"


class DuckdbEngine:
    """Engine over an in-memory DuckDB; `spill` is a folder for temporary files."""

    def __init__(self, spill: Path, *, memory_limit: str = MEMORY_LIMIT):
        self._spill = spill
        self._files: dict[str, tuple[Path, list[str]]] = {}  # and their columns, by view
        self._backend = ibis.duckdb.connect(
            threads=1, memory_limit=memory_limit, temp_directory=str(spill)
        )
        # Without the time zone, instants would be shown in the zone of the machine.
        self._backend.raw_sql("SET TimeZone = 'UTC'")

    def read(self, folder: Path, table: Table) -> ir.Table:
        """Make `folder`'s file of a declared table available as an Ibis table."""
        path = table_path(folder, table)
        if path.stat().st_size > ONE_THREAD_BYTES:
            self._backend.raw_sql(f"SET threads = {THREADS}")
        name, schema = name_of(folder, table), pq.read_schema(path)
        self._files[name] = path, schema.names
        self._show(name)
        if not schema.equals(arrow_schema(table)):  # of an earlier version
            return self._backend.table(name)
        # Asking DuckDB for what is declared takes as long as reading a small table.
        declared = ibis.Schema.from_pyarrow(schema)
        return ops.DatabaseTable(name, schema=declared, source=self._backend).to_expr()

    def _show(self, name: str, condition: str = "TRUE") -> None:
        """Let a name stand for the rows of its file that fit."""
        place = str(self._files[name][0]).replace("'", "''")
        # The name is ours; a path cannot be a parameter of a view.
        self._backend.con.execute(
            f"CREATE OR REPLACE VIEW \"{name}\" AS FROM read_parquet('{place}') WHERE {condition}"
        )

    def frame(self, expression: ir.Table) -> pd.DataFrame:
        """Carry out an expression and return all rows, in a stated order; for small results."""
        with _refused(self._spill):
            # Carried out at once: a relation would be bound twice.
            found = self._backend.con.execute(self._sql(expression)).to_arrow_table()
        rows = in_stated_order(expression, found.cast(expression.schema().to_pyarrow()))
        frame: pd.DataFrame = rows.to_pandas()
        size = rows.nbytes
        del found, rows
        give_back_behind(size)
        return frame

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """Carry out an expression and return its rows batch by batch."""
        schema = expression.schema().to_pyarrow()
        with _refused(self._spill):
            for batch in self._relation(expression).to_arrow_reader(BATCH_ROWS):
                yield batch.cast(schema)

    def write(
        self, expression: ir.Table, folder: Path, table: Table, parts: Parts = WHOLE
    ) -> ir.Table:
        """Write an expression as a declared table, sorted by its key, and read it back.

        Part by part where there are bounds: what a part needs (groups of texts, above all, never go
        to disk) fits into memory where the whole does not.
        """
        if parts.bounds:
            batches = self._in_parts(expression.select(*table.column_names), table, parts)
            written = write_batches(self, batches, folder, table)
        else:
            written = write_sorted(self, expression, folder, table)
        give_back_behind(table_path(folder, table).stat().st_size)
        return written

    def _in_parts(
        self, expression: ir.Table, table: Table, parts: Parts
    ) -> Iterator[pa.RecordBatch]:
        """Rows sorted by the table's key, part after part of the first column of the key."""
        key = [f'"{name}"' for name in table.key]
        schema = expression.schema().to_pyarrow()
        above = (f"{key[0]} >= {bound}" for bound in parts.bounds)
        below = (f"{key[0]} < {bound}" for bound in parts.bounds)
        ends = zip(("TRUE", *above), (*below, "TRUE"), strict=True)
        views = self._with_column(expression, table.key[0]) if parts.alone else []
        for condition in parts.watch([" AND ".join(both) for both in ends]):
            with _refused(self._spill), self._narrowed(views, condition):
                part = self._relation(expression).filter(condition).order(", ".join(key))
                for batch in part.to_arrow_reader(BATCH_ROWS):
                    yield batch.cast(schema)

    def _with_column(self, expression: ir.Table, column: str) -> list[str]:
        """Views that an expression reads and that have a column."""
        read = {table.name for table in expression.op().find(ops.DatabaseTable)}
        return sorted(name for name in read if column in self._files[name][1])

    @contextmanager
    def _narrowed(self, views: Sequence[str], condition: str) -> Iterator[None]:
        """Let views show the rows of a part.

        What an expression names more than once DuckDB makes first and whole, whichever rows are
        asked for in the end: of a million works, a million for each part.
        """
        try:
            for name in views:
                self._show(name, condition)
            yield
        finally:
            for name in views:
                self._show(name)

    def answers(
        self, texts: ir.Table, answer: Answer, table: Table, watch: Watch = iter
    ) -> Iterator[pa.Table]:
        """Rows of `table` that `answer` gives to texts, in their order, which is the key's."""
        [column] = texts.columns
        rows = self.batches(texts.order_by(column))
        found = (text for batch in rows for text in batch.column(column).to_pylist())
        yield from answer(watch(found), PROCESSES)

    def _relation(self, expression: ir.Table) -> duckdb.DuckDBPyRelation:
        """The rows of an expression, not read yet."""
        rows: duckdb.DuckDBPyRelation = self._backend.con.sql(self._sql(expression))
        return rows

    def _sql(self, expression: ir.Table) -> str:
        """The SQL of an expression; its tables in memory are made known first."""
        self._backend._register_in_memory_tables(expression)
        return compiled(expression, self._backend.name, self._backend.compile)

    def close(self) -> None:
        """Give back memory and temporary files."""
        self._backend.disconnect()
        forget_compiled()


@contextmanager
def _refused(spill: Path) -> Iterator[None]:
    """Turn DuckDB's errors of disk and memory into the system's.

    Temporary files found no room, or rows that cannot go to disk found none in memory.
    """
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        said = str(error).splitlines()[0]
        in_memory = isinstance(error, duckdb.OutOfMemoryException) and OFFLOADING not in said
        number = errno.ENOMEM if in_memory else errno.ENOSPC
        where = "in memory" if in_memory else "for temporary files"
        raise OSError(number, f"{os.strerror(number)} {where} ({said})", str(spill)) from error


def connect(spill: Path) -> DuckdbEngine:
    """Open the engine with the memory that one run may use."""
    return DuckdbEngine(spill)
