"""Sheets of plain values: texts by label, tables with their columns; no cell is a formula."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from bibnet.report.content.wording import clean
from bibnet.report.workbook.rows import write_rows
from bibnet.schema import Column
from bibnet.schema.units import INVENTED

LONGEST_CELL = 2_000  # characters; a spreadsheet takes 32,767, no name needs more
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
WIDTHS = {"text": 24, "integer": 12, "number": 14, "flag": 10, "time": 20}
TEXT_WIDTH = 110  # of a column of sentences
WIDEST = 60  # of a column of a table; what is longer is in the cell, not in sight
ROOM = 4  # beside a heading, for the button of the filter
# Below this, two to six digits after the point show nothing of a number.
SMALL = 0.0001


class Sheets:
    """The sheets of a workbook, added one after the other; invented data are marked on each."""

    def __init__(self, book: Any, *, invented: bool):
        self._book, self._invented = book, invented
        self._formats = _formats(book)

    def texts(self, name: str, lines: Sequence[tuple[str, str]]) -> None:
        """Add a sheet of labels and texts, line by line."""
        sheet, row = self._new(name)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, TEXT_WIDTH)
        for at, (label, text) in enumerate(lines, row):
            sheet.write_string(at, 0, clean(label, LONGEST_CELL), self._formats["bold"])
            sheet.write_string(at, 1, clean(text, LONGEST_CELL), self._formats["wrap"])

    def table(self, name: str, columns: Sequence[Column], frame: pd.DataFrame, note: str) -> None:
        """Add a sheet of a frame's columns with a filter; `note` stands above it."""
        sheet, row = self._new(name)
        cells = [_cells(column, frame[column.name]) for column in columns]
        for place, (column, values) in enumerate(zip(columns, cells, strict=True)):
            width = _width(column, values)
            sheet.set_column(place, place, width, self._cell_format(column, values))
        if note:
            sheet.write_string(row, 0, note, self._formats["warning"])
            row += 1
        sheet.freeze_panes(row + 1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(row, place, column.name, self._formats["head"])
        if len(frame):
            sheet.autofilter(row, 0, row + len(frame), len(columns) - 1)
        write_rows(sheet, cells, row + 1)

    def _new(self, name: str) -> tuple[Any, int]:
        """A sheet, and its first free row."""
        sheet = self._book.add_worksheet(name)
        if self._invented:
            sheet.write_string(0, 0, INVENTED, self._formats["warning"])
        return sheet, int(self._invented)

    def _cell_format(self, column: Column, values: Sequence[Any]) -> Any:
        if column.type == "number":
            return self._formats[_number_format(column, values)]
        if column.type == "integer":
            return self._formats["integer" if column.unit not in ("", "rank") else "plain"]
        return None


def _number_format(column: Column, values: Sequence[Any]) -> str:
    """Which format shows the numbers of a column: shares, ranks, chances too small for digits."""
    if column.unit == "fraction":
        return "fraction"
    known = [value for value in values if value is not None]
    if column.unit == "rank" and all(value == int(value) for value in known):
        return "plain"
    small = any(0 < value < SMALL for value in known)
    return "small" if small and min(known) >= 0 else "number"


def _width(column: Column, values: Sequence[Any]) -> int:
    """Wide enough for the heading, and for texts up to a limit."""
    longest = max((len(v) for v in values if isinstance(v, str)), default=0)
    least = 0 if longest else WIDTHS[column.type]
    return max(least, min(longest + 2, WIDEST), len(column.name) + ROOM)


def _formats(book: Any) -> Mapping[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#F5F7FA"}),
        "warning": book.add_format({"bold": True, "font_color": "#A3140F"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
        "fraction": book.add_format({"num_format": "0.0%"}),
        "number": book.add_format({"num_format": "#,##0.00####"}),
        "small": book.add_format({"num_format": f"[=0]0;[<{SMALL}]0.0E+00;#,##0.00####"}),
        "integer": book.add_format({"num_format": "#,##0"}),
        "plain": book.add_format({"num_format": "0"}),
    }


def _cells(column: Column, values: pd.Series) -> list[Any]:
    known = values.notna().tolist()
    if column.type in ("integer", "number"):
        numbers = values.astype("float64").tolist()
        return [
            n if k and abs(n) != float("inf") else None for n, k in zip(numbers, known, strict=True)
        ]
    if column.type == "flag":
        return [("yes" if v else "no") if k else None for v, k in zip(values, known, strict=True)]
    return [clean(value, LONGEST_CELL) or None for value in values]
