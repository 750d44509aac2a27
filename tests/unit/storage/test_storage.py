"""Tables and exhibits on disk: types, order, empty cells, guarded cells, whole or not at all."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bibnet.schema import Table
from bibnet.schema.column import flag, integer, number, text, time
from bibnet.schema.errors import InputError, UsageError
from bibnet.storage.exhibits import exhibit_path, read_exhibit, write_exhibit
from bibnet.storage.folders import publish, run_folder, writable
from bibnet.storage.tables import (
    ROWS_PER_GROUP,
    TableWriter,
    arrow_schema,
    read_table,
    table_path,
    write_table,
)

TABLE = Table(
    "sample",
    "A sample.",
    (
        text("name", "a name"),
        integer("works", "works"),
        number("share", "a share"),
        flag("joint", "yes or no"),
    ),
    ("name",),
)
ROWS = [
    ["=cmd()", "-1", "plain", None],
    [1, None, 3, 4],
    [0.1, None, 1e-9, 2.0],
    [True, False, None, None],
]


def written(folder: Path) -> str:
    batch = pa.record_batch([pa.array(column) for column in ROWS], names=TABLE.column_names)
    write_exhibit(folder, TABLE, [batch])
    return exhibit_path(folder, TABLE).read_text(encoding="utf-8")


def test_an_exhibit_has_empty_cells_and_guards_formulas(tmp_path: Path) -> None:
    assert written(tmp_path) == (
        "name,works,share,joint\n'=cmd(),1,0.1,true\n'-1,,,false\nplain,3,1e-09,\n,4,2.0,\n"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_one_cell_that_begins_as_a_formula_is_guarded_among_others(
    tmp_path: Path, start: str
) -> None:
    cells = [f"{start}1", f"a{start}\n{start}b", None]
    shares = [float("nan"), 0.5, None]
    rows = pa.table([cells, [1, 2, 3], shares, [None] * 3], schema=arrow_schema(TABLE))
    write_exhibit(tmp_path, TABLE, rows.to_batches())
    with exhibit_path(tmp_path, TABLE).open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1:] == [
            [f"'{start}1", "1", "", ""],
            [f"a{start}\n{start}b", "2", "0.5", ""],
            ["", "3", "", ""],
        ]


def test_an_exhibit_is_read_back_without_its_guards(tmp_path: Path) -> None:
    written(tmp_path)
    frame = read_exhibit(tmp_path, TABLE)
    assert frame["name"].tolist()[:3] == ["=cmd()", "-1", "plain"]
    assert frame["works"].fillna(-1).tolist() == [1, -1, 3, 4]
    assert frame["joint"].isna().tolist() == [False, False, True, True]


@pytest.mark.parametrize(
    "row", [b"a,many,0.1,true\n", b"a,1,0.1,true,more,cells\n", b"\xff\xfe,1,0.1,true\n", b'"a,1\n']
)
def test_an_exhibit_changed_into_another_kind_of_text_is_a_fault(
    tmp_path: Path, row: bytes
) -> None:
    written(tmp_path)
    path = exhibit_path(tmp_path, TABLE)
    path.write_bytes(path.read_bytes() + row)
    with pytest.raises(InputError, match="an exhibit cannot be read") as raised:
        read_exhibit(tmp_path, TABLE)
    assert str(path) in str(raised.value)


def test_an_exhibit_without_rows_has_its_header(tmp_path: Path) -> None:
    write_exhibit(tmp_path, TABLE, [])
    assert len(read_exhibit(tmp_path, TABLE)) == 0
    assert exhibit_path(tmp_path, TABLE).read_text() == "name,works,share,joint\n"


def bytes_of(folder: Path, sizes: list[int]) -> bytes:
    folder.mkdir()
    numbers = iter(range(sum(sizes)))
    table = Table("n", "Numbers.", (integer("n", "a number"),), ("n",))
    with TableWriter(folder, table) as writer:
        for size in sizes:
            writer.write_columns([[next(numbers) for _ in range(size)]])
    return table_path(folder, table).read_bytes()


def test_the_same_rows_give_the_same_bytes_however_they_arrive(tmp_path: Path) -> None:
    size = ROWS_PER_GROUP + 10
    whole = bytes_of(tmp_path / "a", [size])
    assert whole == bytes_of(tmp_path / "b", [7, size - 7])


def test_an_empty_table_is_a_file_with_its_schema(tmp_path: Path) -> None:
    instants = Table("t", "Times.", (time("at", "an instant"),), ("at",))
    write_table(tmp_path, instants, arrow_schema(instants).empty_table())
    assert pq.read_schema(table_path(tmp_path, instants)).field("at").type == pa.timestamp(
        "us", tz="UTC"
    )
    assert len(read_table(tmp_path, instants)) == 0


def test_instants_are_kept_in_utc(tmp_path: Path) -> None:
    instants = Table("t", "Times.", (time("at", "an instant"),), ("at",))
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    write_table(tmp_path, instants, pa.table({"at": [moment]}))
    assert read_table(tmp_path, instants)["at"].tolist() == [moment]


def test_a_failed_run_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), run_folder(tmp_path / "runs") as staging:
        (staging / "half").write_text("x")
        raise RuntimeError
    assert list((tmp_path / "runs").iterdir()) == []


def test_publishing_replaces_a_run_of_the_same_name(tmp_path: Path) -> None:
    target = tmp_path / "runs" / "run"
    for content in ("old", "new"):
        with run_folder(tmp_path / "runs") as staging:
            (staging / "file").write_text(content)
            publish(staging, target)
    assert (target / "file").read_text() == "new"
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["run"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot write the output"):
        writable(tmp_path / "file" / "below")


def test_a_return_inside_a_cell_does_not_end_its_row(tmp_path: Path) -> None:
    cells = ["one\rtwo", "three\r\nfour", "\rfive"]
    rows = pa.table([cells, [1, 2, 3], [None] * 3, [None] * 3], schema=arrow_schema(TABLE))
    write_exhibit(tmp_path, TABLE, rows.to_batches())
    found = read_exhibit(tmp_path, TABLE)
    assert found["works"].tolist() == [1, 2, 3]
    assert found["name"].tolist() == cells
