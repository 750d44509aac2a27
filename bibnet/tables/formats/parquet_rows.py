"""Works in Parquet files: one row one work, columns nested as in the snapshot."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from bibnet.tables.decode.fields import AUTHORSHIP_FIELDS, AUTHORSHIP_PREFIX, WORK_FIELDS
from bibnet.tables.decode.objects import WorkObject

ROWS_AT_ONCE = 500  # rows of a work with abstract and authorships: some 10 MB as Python objects
Tree = dict[str, Any]
LIST_LEVELS = ("list", "element", "item", "array", "bag", "array_element")
DAMAGED = (pa.ArrowException, OSError, UnicodeDecodeError)


def open_parquet(path: Path) -> pq.ParquetFile | None:
    """Open a file to be read page by page, so that memory stays flat; None if it is damaged."""
    try:
        return pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20)
    except DAMAGED:
        return None


def is_readable(file: pq.ParquetFile) -> bool:
    """Read every page that is used once and forget it; tells whether all could be."""
    try:
        for _ in file.iter_batches(ROWS_AT_ONCE, columns=used_columns(file)):
            pass
    except DAMAGED:
        return False
    return True


def used_columns(file: pq.ParquetFile) -> list[str]:
    """Columns of the file that go to some table: of nested ones the leaves that are read.

    A nested column none of whose leaves is known is read whole, so that it shows as present.
    """
    paths = [file.schema.column(place).path for place in range(len(file.schema))]
    used = [path for path in paths if WORK_FIELDS.get(_top(path)) and _is_read(path)]
    reached = {_top(path) for path in used}
    whole = [n for n in file.schema_arrow.names if WORK_FIELDS.get(n) and n not in reached]
    return used + whole


def unknown_columns(file: pq.ParquetFile) -> list[str]:
    """Columns of the file, and fields of its authorships, that no one has declared."""
    names = [name for name in file.schema_arrow.names if name not in WORK_FIELDS]
    if "authorships" in file.schema_arrow.names:
        kind = file.schema_arrow.field("authorships").type
        item = getattr(kind, "value_type", kind)
        fields = item.fields if pa.types.is_struct(item) else ()
        unknown = (field.name for field in fields if field.name not in AUTHORSHIP_FIELDS)
        names += [AUTHORSHIP_PREFIX + name for name in unknown]
    return names


def _top(path: str) -> str:
    return path.partition(".")[0]


def _is_read(path: str) -> bool:
    """Tell whether the declared work object holds the leaf at a path of the file's schema.

    The schema names the levels of a list, for example `authorships.list.element.author.id`;
    what lies below a field that is not an object of its own is read with it.
    """
    known: Tree | None = WORK_TREE
    for step in path.split("."):
        if known is None:
            return True
        if step in known:
            known = known[step]
        elif step not in LIST_LEVELS:
            return False
    return True


def _tree(struct: type[msgspec.Struct]) -> Tree:
    """Fields of a struct, each with the fields below it, None where it is a plain value."""
    fields = msgspec.structs.fields(struct)
    return {field.name: _below(field.type) for field in fields}


def _below(kind: Any) -> Tree | None:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _tree(kind)
    found = (_below(part) for part in get_args(kind))
    return next((tree for tree in found if tree), None)


WORK_TREE = _tree(WorkObject)


def rows(file: pq.ParquetFile) -> Iterator[dict[str, Any] | None]:
    """Rows as JSON would have them; None for a row whose text is not UTF-8."""
    for batch in file.iter_batches(ROWS_AT_ONCE, columns=used_columns(file)):
        try:
            yield from map(_plain, batch.to_pylist())
        except UnicodeDecodeError:
            yield from (_row(batch.slice(place, 1)) for place in range(batch.num_rows))


def _row(batch: pa.RecordBatch) -> dict[str, Any] | None:
    try:
        return _plain(batch.to_pylist()[0])
    except UnicodeDecodeError:
        return None


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Dates and times as text; Parquet cannot tell null from missing, so null is missing."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items() if v is not None}
