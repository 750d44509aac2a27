"""Rows of plain values written into a sheet at once: the bytes of the library's cell by cell.

Cell by cell a workbook of a few hundred thousand numbers takes longer than all that is drawn. A
text with a character that the library escapes, and the last row, which it holds back until the book
is closed, are left to the library.
"""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name

Cells = Sequence[str | float | None]
# Names that the library does not promise to keep; without them it writes every cell itself.
OWN_NAMES = ("fh", "previous_row", "_write_single_row", "_check_dimensions", "col_info")
# What may need an escape or a mark of space to be kept; the library decides.
UNUSUAL = re.compile(r"""["&<>\x00-\x1f\ufffe\uffff]|_x|^\s|\s$""")


def write_rows(sheet: Any, columns: Sequence[Cells], first: int) -> None:
    """Write columns of equal length below each other from the row `first` on; None is no cell.

    The cells of a column have its format. The sheet's earlier rows are written already, its book
    is one in constant memory.
    """
    rows = len(columns[0]) if columns else 0
    own = all(hasattr(sheet, name) for name in OWN_NAMES)
    at_once = rows - 1 if own and rows else 0
    if at_once:
        _write_at_once(sheet, [cells[:at_once] for cells in columns], first)
    for row in range(at_once, rows):
        for place, cells in enumerate(columns):
            _write_cell(sheet, first + row, place, cells[row])


def _write_cell(sheet: Any, row: int, place: int, value: str | float | None) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value)
    elif value is not None:
        sheet.write_number(row, place, value)


def _write_at_once(sheet: Any, columns: Sequence[Cells], first: int) -> None:
    sheet._write_single_row(first)  # the row before, which the library holds back
    styles = _styles(sheet, columns)
    written = [
        _written(sheet, cells, (first, place, styles[place])) for place, cells in enumerate(columns)
    ]
    last = first
    for row, cells in enumerate(map("".join, zip(*written, strict=True)), first):
        if cells:
            sheet.fh.write(f'<row r="{row + 1}">{cells}</row>')
            last = row
    sheet.previous_row = last
    sheet._check_dimensions(last, 0)


def _styles(sheet: Any, columns: Sequence[Cells]) -> list[str]:
    """The attribute of each column's format; formats are numbered in the order they are met."""
    begins = [next((at for at, cell in enumerate(cells) if cell is not None), None)
              for cells in columns]  # fmt: skip
    met = sorted((at, place) for place, at in enumerate(begins) if at is not None)
    styles = [""] * len(columns)
    for _at, place in met:
        known = sheet.col_info.get(place)
        if known is not None and known.column_format is not None:
            styles[place] = f' s="{known.column_format._get_xf_index()}"'
    return styles


def _written(sheet: Any, cells: Cells, where: tuple[int, int, str]) -> Iterable[str]:
    """The cells of a column as they stand in the file, an empty text where there is none."""
    first, place, style = where
    name = xl_col_to_name(place)
    for row, cell in enumerate(cells, first):
        if cell is None:
            yield ""
        elif not isinstance(cell, str):
            yield f'<c r="{name}{row + 1}"{style}><v>{cell:.16G}</v></c>'
        elif UNUSUAL.search(cell):
            yield _by_library(sheet, row, place, cell)
        else:
            start = f'<c r="{name}{row + 1}"{style} t="inlineStr">'
            yield f"{start}<is><t>{cell}</t></is></c>"


def _by_library(sheet: Any, row: int, place: int, text: str) -> str:
    """A cell of text as the library writes it."""
    file, sheet.fh, sheet.previous_row = sheet.fh, io.StringIO(), row
    try:
        sheet.write_string(row, place, text)
        sheet._write_single_row(row)
        return _inside(sheet.fh.getvalue())
    finally:
        sheet.fh = file


def _inside(row: str) -> str:
    """The cells of a row that is written as a whole."""
    return row[row.index(">") + 1 : -len("</row>")]
