"""A workbook of values: written here or beside, the same bytes; what fails beside is done here."""

import errno
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bibnet.storage import workbook
from bibnet.storage.processes import Helper
from bibnet.storage.workbook import Sheet, Workbook, write_workbook, written_beside

FORMATS = {"bold": {"bold": True}, "share": {"num_format": "0.0%"}}
SHARES = Sheet(
    "shares",
    widths=[(24, ""), (14, "share")],
    words=[(0, 0, "INVENTED", "bold"), (1, 0, "country", "bold"), (1, 1, "share", "bold")],
    columns=[["=1+1", None, "http://example.org"], [0.25, 1.0, None]],
    first=2,
    frozen=2,
    filtered=(1, 4),
)
DAY = datetime(2024, 2, 3)
BOOK = Workbook("a book", DAY, FORMATS, [Sheet("words"), SHARES])


def test_values_stand_where_they_are_said_to(tmp_path: Path) -> None:
    write_workbook(tmp_path / "b.xlsx", BOOK)
    found = load_workbook(tmp_path / "b.xlsx")
    assert found.sheetnames == ["words", "shares"]
    assert (found.properties.title, found.properties.created) == ("a book", DAY)
    sheet = found["shares"]
    assert list(sheet.iter_rows(values_only=True)) == [
        ("INVENTED", None),
        ("country", "share"),
        ("=1+1", 0.25),
        (None, 1),
        ("http://example.org", None),
    ]
    assert (sheet["A3"].data_type, sheet["B3"].number_format) == ("s", "0.0%")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A3", "A2:B5")
    assert (sheet["A1"].font.bold, sheet["A3"].font.bold) == (True, False)


def test_beside_are_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_workbook(tmp_path / "here.xlsx", BOOK)

    def none_here(_path: Path, _book: Workbook) -> None:
        raise AssertionError("the other process did not write it")

    monkeypatch.setattr(workbook, "write_workbook", none_here)
    with written_beside(tmp_path / "beside.xlsx", BOOK):
        pass
    assert (tmp_path / "beside.xlsx").read_bytes() == (tmp_path / "here.xlsx").read_bytes()


@pytest.mark.parametrize(
    "command", ["import sys; sys.exit(1)", "import os; os.kill(os.getpid(), 9)"]
)
def test_a_process_that_ends_leaves_the_work_to_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(workbook, "SERVE", command)
    with written_beside(tmp_path / "b.xlsx", BOOK):
        pass
    assert load_workbook(tmp_path / "b.xlsx").sheetnames == ["words", "shares"]


def test_without_room_for_a_process_it_is_written_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_command: str) -> Helper:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(workbook, "Helper", no_room)
    with written_beside(tmp_path / "b.xlsx", BOOK):
        pass
    assert load_workbook(tmp_path / "b.xlsx").sheetnames == ["words", "shares"]


def test_what_the_system_refuses_is_told(tmp_path: Path) -> None:
    nowhere = tmp_path / "no folder" / "b.xlsx"
    with pytest.raises(OSError) as refused, written_beside(nowhere, BOOK):
        pass
    assert refused.value.errno == errno.ENOENT


def test_a_block_that_fails_leaves_no_workbook(tmp_path: Path) -> None:
    long = Sheet("long", columns=[[0.5] * 400_000])  # longer at work than the block
    book = Workbook("a book", DAY, {}, [long])
    with pytest.raises(KeyError), written_beside(tmp_path / "b.xlsx", book):
        raise KeyError
    assert not (tmp_path / "b.xlsx").exists()
