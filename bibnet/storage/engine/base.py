"""What an engine does: holds declared tables as Ibis tables and carries expressions out.

The expressions are written once, in Ibis, over the declared tables; an engine only
says where they run. DuckDB is the first; others need the same six methods.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import ibis.expr.operations as ops
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from bibnet.schema import Table
from bibnet.storage.tables import TableWriter

Tables = Mapping[str, ir.Table]


# From texts, and the number of processes it may use, to batches of the rows of a declared table.
# It can be pickled: a cluster carries it to its workers.
Answer = Callable[[Iterator[str], int], Iterator[pa.Table]]
# Lets the texts pass that are answered on this machine, and may count them.
Watch = Callable[[Iterator[str]], Iterator[str]]
# Lets the parts of a table pass as they are begun, and may count them.
PartWatch = Callable[[Sequence[str]], Iterable[str]]


@dataclass(frozen=True)
class Parts:
    """Where the making of a table may be parted, and what sees the parts pass.

    `bounds` are rising values of the first column of its key. `alone`: no row hangs on rows of
    another part, in whatever table has that column; then every such table may be read in parts.
    """

    bounds: Sequence[int] = ()
    watch: PartWatch = iter
    alone: bool = False


WHOLE = Parts()


class Engine(Protocol):
    """Carries Ibis expressions out over Parquet files of declared tables."""

    def read(self, folder: Path, table: Table) -> ir.Table:
        """Make `folder`'s file of a declared table available as an Ibis table."""
        ...

    def frame(self, expression: ir.Table) -> pd.DataFrame:
        """Carry out an expression and return all rows; meant for small results.

        In the order the expression asks for, else sorted by all columns (see `in_stated_order`).
        """
        ...

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """Carry out an expression and return its rows batch by batch."""
        ...

    def write(
        self, expression: ir.Table, folder: Path, table: Table, parts: Parts = WHOLE
    ) -> ir.Table:
        """Write an expression as a declared table, sorted by its key, and read it back.

        An engine may part the work as `parts` say; they change no byte.
        """
        ...

    def answers(
        self, texts: ir.Table, answer: Answer, table: Table, watch: Watch = iter
    ) -> Iterator[pa.Table]:
        """Rows of `table` that `answer` gives to distinct texts (one column), sorted by its key."""
        ...

    def close(self) -> None:
        """Give back memory and temporary files."""
        ...


def in_stated_order(expression: ir.Table, rows: pa.Table) -> pa.Table:
    """The rows of an expression, sorted by all columns where it asks for no order of its own.

    An engine with several threads returns groups in the order in which they end. Sums of floats
    over such rows would differ in their last digits from run to run.
    """
    node = expression.op()
    while isinstance(node, (ops.Project, ops.Filter, ops.Limit, ops.DropColumns)):
        node = node.parent
    if isinstance(node, ops.Sort) or not rows.num_columns:
        return rows
    return rows.sort_by([(name, "ascending") for name in rows.column_names])


def write_sorted(engine: Engine, expression: ir.Table, folder: Path, table: Table) -> ir.Table:
    """Write an expression as a declared table, batch by batch, sorted by its key; read it back."""
    ordered = expression.select(*table.column_names).order_by(list(table.key))
    return write_batches(engine, engine.batches(ordered), folder, table)


def write_batches(
    engine: Engine, batches: Iterable[pa.RecordBatch], folder: Path, table: Table
) -> ir.Table:
    """Write rows that are sorted by a declared table's key as that table; read it back."""
    with TableWriter(folder, table) as writer:
        for batch in batches:
            writer.write(pa.Table.from_batches([batch]))
    return engine.read(folder, table)


def name_of(folder: Path, table: Table) -> str:
    """One name per file, so that two runs can be open at once; the same file keeps its name."""
    place = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:16]
    return f"{table.name}_{place}"
