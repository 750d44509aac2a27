"""Row groups of the tables: decided by the rows alone, small whatever the text."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bibnet.schema.source import TEXT
from bibnet.storage import tables as storage
from bibnet.storage.tables import TableWriter

ROWS = [(n, "x" * (n % 7) * 10, None) for n in range(100)]


def groups(folder: Path, rows_at_once: int) -> list[int]:
    """Rows of each row group, when the rows arrive some at a time."""
    with TableWriter(folder, TEXT) as writer:
        for start in range(0, len(ROWS), rows_at_once):
            writer.write_columns(list(zip(*ROWS[start : start + rows_at_once], strict=True)))
    metadata = pq.read_metadata(folder / "text.parquet")
    return [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]


@pytest.mark.parametrize("rows_at_once", [1, 9, 100])
def test_group_ends_where_its_text_reaches_the_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_at_once: int
) -> None:
    monkeypatch.setattr(storage, "TEXT_PER_GROUP", 1000)
    assert groups(tmp_path, rows_at_once) == [35, 35, 30]


@pytest.mark.parametrize("rows_at_once", [1, 9, 100])
def test_group_ends_at_the_number_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_at_once: int
) -> None:
    monkeypatch.setattr(storage, "ROWS_PER_GROUP", 40)
    assert groups(tmp_path, rows_at_once) == [40, 40, 20]


def test_table_without_rows_has_the_schema(tmp_path: Path) -> None:
    with TableWriter(tmp_path, TEXT):
        pass
    assert pq.read_table(tmp_path / "text.parquet").schema.names == TEXT.column_names
    assert isinstance(pq.read_schema(tmp_path / "text.parquet"), pa.Schema)
