"""Works in Parquet files: one row one work, columns nested as in the snapshot."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bibnet.tables.fields import WORK_FIELDS

ROWS_AT_ONCE = 500  # rows of a work with abstract and authorships: some 10 MB as Python objects
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
    """Columns of the file that go to some table."""
    return [name for name in file.schema_arrow.names if WORK_FIELDS.get(name)]


def unknown_columns(file: pq.ParquetFile) -> list[str]:
    """Columns of the file that no one has declared."""
    return [name for name in file.schema_arrow.names if name not in WORK_FIELDS]


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
