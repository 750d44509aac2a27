"""Rows written at once are those that the library writes cell by cell, byte for byte."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from invented_report import hostile_content, invented_content, with_works

from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.workbook import rows
from bibnet.report.workbook.book import write_workbook
from bibnet.report.workbook.sheets import OPTIONS
from bibnet.storage.spreadsheet import new_workbook

TEXTS = [
    "plain", "a & b", "<r>rich</r>", " before", "behind\u2003", "two\nlines", "_x0041_", "\x01",
    '"', "\ufffe", "é 中文 😀", "=1+1",
]  # fmt: skip
COLUMNS: Sequence[Sequence[str | float | None]] = (
    TEXTS,
    [None, 1.0, -0.5, 1e-300, 1e22, None, 123456789.123456789, 0.1, 2.0, 3.0, 1 / 3, 5.0],
    [*TEXTS[:3], None, None, *TEXTS[5:]],
    [None] * len(TEXTS),
)


def sheet_of(path: Path, columns: Sequence[rows.Cells]) -> str:
    """A sheet of a heading and columns, of which the second has a format, as it is in the file."""
    with new_workbook(path, OPTIONS) as book:
        sheet = book.add_worksheet("one")
        sheet.set_column(1, 1, 10, book.add_format({"num_format": "0.0%"}))
        sheet.write_string(0, 0, "heading")
        rows.write_rows(sheet, columns, 1)
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode("utf-8")


def by_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "OWN_NAMES", ("a name that no sheet has",))


@pytest.mark.parametrize("number", [0, 1, 2, 5, len(TEXTS)])
def test_the_bytes_are_the_librarys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    columns = [cells[:number] for cells in COLUMNS]
    found = sheet_of(tmp_path / "found.xlsx", columns)
    by_library(monkeypatch)
    assert found == sheet_of(tmp_path / "expected.xlsx", columns)


def test_rows_without_a_cell_are_left_out(tmp_path: Path) -> None:
    found = sheet_of(tmp_path / "r.xlsx", [[None, 1.0, None, None], [None, None, None, None]])
    assert '<dimension ref="A1:B3"/>' in found
    assert '<row r="3"><c r="A3"><v>1</v></c></row></sheetData>' in found


def test_the_library_keeps_the_names_that_are_used(tmp_path: Path) -> None:
    with new_workbook(tmp_path / "r.xlsx", OPTIONS) as book:
        sheet = book.add_worksheet("one")
        assert [name for name in rows.OWN_NAMES if not hasattr(sheet, name)] == []


@pytest.mark.parametrize(
    "content", [hostile_content(), with_works(invented_content(20)), invented_content(2)]
)
def test_a_whole_workbook_is_the_librarys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: ReportContent
) -> None:
    write_workbook(tmp_path / "found.xlsx", with_declared_frames(content))
    by_library(monkeypatch)
    write_workbook(tmp_path / "expected.xlsx", with_declared_frames(content))
    assert (tmp_path / "found.xlsx").read_bytes() == (tmp_path / "expected.xlsx").read_bytes()
