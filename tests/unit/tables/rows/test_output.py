"""Rows and tables to the files of the source tables: in their order, and no error is lost."""

import errno
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from build import work

from bibnet.storage.tables import TableWriter
from bibnet.tables.columns.batch import batch_of
from bibnet.tables.columns.take import take
from bibnet.tables.decode.decode import Decoded, LineDecoder
from bibnet.tables.rows import output
from bibnet.tables.rows.output import SourceOutput
from bibnet.tables.rows.works import add_work


def tables(key: int) -> dict[str, pa.Table]:
    line = b'{"id": "https://openalex.org/W%d"}' % key
    return dict(take(batch_of(key, [line], None)).tables)


def add(out: SourceOutput, key: int) -> None:
    decoded = LineDecoder().from_object(work(key))
    assert isinstance(decoded, Decoded)
    add_work(out.rows, key, decoded, None)


@pytest.mark.parametrize("behind", [0, output.BYTES_BEHIND])
def test_rows_and_tables_stay_in_order(
    behind: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "BYTES_BEHIND", behind)
    with SourceOutput(tmp_path) as out:
        for key in range(1, 9, 2):
            out.append(tables(key), 0)
            add(out, key + 1)
    keys = pq.read_table(tmp_path / "work.parquet")["work_key"].to_pylist()
    assert keys == [1, 2, 3, 4, 5, 6, 7, 8]


def refuse(writer: TableWriter, rows: pa.Table) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("rows_after", [0, 3])
def test_what_cannot_be_written_is_raised(
    rows_after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TableWriter, "write", refuse)
    with pytest.raises(OSError, match="No space left"), SourceOutput(tmp_path) as out:
        out.append(tables(1), 0)
        for key in range(rows_after):
            add(out, key + 2)
            out.append(tables(key + 9), 0)
