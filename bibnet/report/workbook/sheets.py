"""Sheets of plain values: texts by label, tables with their columns; no cell is a formula."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from bibnet.report.content.wording import clean
from bibnet.schema import Column
from bibnet.schema.units import INVENTED
from bibnet.storage.workbook import Sheet

LONGEST_CELL = 2_000  # characters; a spreadsheet takes 32,767, no name needs more
WIDTHS = {"text": 24, "integer": 12, "number": 14, "flag": 10, "time": 20}
LABEL_WIDTH = 26
TEXT_WIDTH = 110  # of a column of sentences
WIDEST = 60  # of a column of a table; what is longer is in the cell, not in sight
ROOM = 4  # beside a heading, for the button of the filter
# Below this, two to six digits after the point show nothing of a number.
SMALL = 0.0001
FORMATS: Mapping[str, Mapping[str, Any]] = {
    "head": {"bold": True, "bottom": 1, "bg_color": "#F5F7FA"},
    "warning": {"bold": True, "font_color": "#A3140F"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True, "valign": "top"},
    "fraction": {"num_format": "0.0%"},
    "number": {"num_format": "#,##0.00####"},
    "small": {"num_format": f"[=0]0;[<{SMALL}]0.0E+00;#,##0.00####"},
    "integer": {"num_format": "#,##0"},
    "plain": {"num_format": "0"},
}


class Sheets:
    """The sheets of a workbook, added one after the other; invented data are marked on each."""

    def __init__(self, *, invented: bool):
        self.added: list[Sheet] = []
        self._marks = [(0, 0, INVENTED, "warning")] if invented else []

    def texts(self, name: str, lines: Sequence[tuple[str, str]]) -> None:
        """Add a sheet of labels and texts, line by line."""
        words = list(self._marks)
        for at, (label, text) in enumerate(lines, len(words)):
            words.append((at, 0, clean(label, LONGEST_CELL), "bold"))
            words.append((at, 1, clean(text, LONGEST_CELL), "wrap"))
        self.added.append(Sheet(name, [(LABEL_WIDTH, ""), (TEXT_WIDTH, "")], words))

    def table(self, name: str, columns: Sequence[Column], frame: pd.DataFrame, note: str) -> None:
        """Add a sheet of a frame's columns with a filter; `note` stands above it."""
        cells = [_cells(column, frame[column.name]) for column in columns]
        widths = [
            (_width(column, values), _cell_format(column, values))
            for column, values in zip(columns, cells, strict=True)
        ]
        words = list(self._marks)
        if note:
            words.append((len(words), 0, note, "warning"))
        head = len(words)
        words += [(head, place, column.name, "head") for place, column in enumerate(columns)]
        filtered = (head, head + len(frame)) if len(frame) else None
        self.added.append(Sheet(name, widths, words, cells, head + 1, head + 1, filtered))


def _cell_format(column: Column, values: Sequence[Any]) -> str:
    if column.type == "number":
        return _number_format(column, values)
    if column.type == "integer":
        return "integer" if column.unit not in ("", "rank") else "plain"
    return ""


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
