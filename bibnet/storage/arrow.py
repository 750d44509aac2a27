"""Declared tables in Arrow: what a column's type is there, and rows from Python's sequences."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from bibnet.schema import ColumnType, Table

ARROW_TYPES: Mapping[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "time": pa.timestamp("us", tz="UTC"),
}


def arrow_schema(table: Table) -> pa.Schema:
    """Arrow schema of a declared table, columns in declared order."""
    return pa.schema([(column.name, ARROW_TYPES[column.type]) for column in table.columns])


def declared_columns(table: Table, columns: Sequence[Sequence[Any] | pa.Array]) -> pa.Table:
    """Rows of a declared table, given as one sequence per column, in declared order."""
    return in_columns(columns, arrow_schema(table))


def in_columns(columns: Sequence[Sequence[Any] | pa.Array], schema: pa.Schema) -> pa.Table:
    """Rows of a schema, given as one sequence per column, in its order."""
    arrays = [
        column if isinstance(column, pa.Array) else pa.array(column, type=field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def to_stream(rows: pa.Table) -> bytes:
    """Rows as the bytes of an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_table(rows)
    return bytes(sink.getvalue())


def from_stream(stream: bytes) -> pa.Table:
    """The rows of an Arrow stream."""
    return pa.ipc.open_stream(stream).read_all()
