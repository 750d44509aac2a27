"""report.xlsx: every exhibit as a sheet of plain values; no cell is a formula or a link."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from bibnet.report.about.caveats import caveats
from bibnet.report.about.origin import source_date
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.table_view import strongest_first
from bibnet.report.content.wording import clean
from bibnet.schema import EXHIBITS, Column, Table
from bibnet.schema.units import INVENTED
from bibnet.storage.spreadsheet import new_workbook

ROW_LIMIT = 2_000  # rows a sheet: a book that opens at once; the CSV holds all rows
LONGEST_CELL = 2_000  # characters; a spreadsheet takes 32,767, no name needs more
UNDATED = datetime(2000, 1, 1)  # a file without a source date still has fixed bytes
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])")  # days every month has
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
WIDTHS = {"text": 24, "integer": 12, "number": 14, "flag": 10, "time": 20}


def write_workbook(path: Path, content: ReportContent) -> None:
    """Write the workbook: about, then one sheet an exhibit, then what the columns mean."""
    with new_workbook(path, OPTIONS) as book:
        book.set_properties({"created": creation_date(content.manifest), "title": "bibnet report"})
        formats = _formats(book)
        _about(book, content, formats)
        for table in EXHIBITS.values():
            _sheet(book, table, content, formats)
        _columns(book, content, formats)


def creation_date(manifest: Mapping[str, Any]) -> datetime:
    """Return the source's date as the workbook's date, so that a run has the same bytes twice."""
    source = manifest.get("source") or {}
    dates = [source.get("newest_updated"), *sorted((source.get("dates") or {}).values(), key=str)]
    for date in dates:
        found = DAY.match(clean(date))
        if found:
            return datetime.fromisoformat(found[0])
    return UNDATED


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#F5F7FA"}),
        "warning": book.add_format({"bold": True, "font_color": "#A3140F"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
        "fraction": book.add_format({"num_format": "0.0%"}),
        "number": book.add_format({"num_format": "#,##0.00####"}),
        "integer": book.add_format({"num_format": "#,##0"}),
        "plain": book.add_format({"num_format": "0"}),
    }


def _about(book: Any, content: ReportContent, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 110)
    lines = [("WARNING", clean(warning, LONGEST_CELL)) for warning in content.warnings]
    lines += [("question", clean(content.question, LONGEST_CELL)), ("run", clean(content.name))]
    lines += [(f"side {clean(side)}", ", ".join(codes)) for side, codes in content.sides.items()]
    lines += [("date", source_date(content.manifest))]
    lines += [("caveat", caveat) for caveat in caveats(content)]
    first = _invented(sheet, content, formats)
    for row, (label, text) in enumerate(lines, first):
        sheet.write_string(row, 0, label, formats["bold"])
        sheet.write_string(row, 1, text, formats["wrap"])


def _sheet(book: Any, table: Table, content: ReportContent, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(table.name)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, WIDTHS[column.type], _cell_format(column, formats))
    frame, note = _cut(table, content.exhibit(table.name))
    first = _invented(sheet, content, formats)
    if note:
        sheet.write_string(first, 0, note, formats["warning"])
        first += 1
    sheet.freeze_panes(first + 1, 0)
    for place, name in enumerate(table.column_names):
        sheet.write_string(first, place, name, formats["head"])
    if len(frame):
        sheet.autofilter(first, 0, first + len(frame), len(table.columns) - 1)
    _write_rows(sheet, table.columns, frame, first + 1)


def _cut(table: Table, frame: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    if len(frame) <= ROW_LIMIT:
        return frame, ""
    ordered, words = strongest_first(table, frame, ROW_LIMIT)
    note = (
        f"First {ROW_LIMIT:,} of {len(frame):,} rows, {words}; all rows are in "
        f"exhibits/{table.name}.csv"
    )
    return ordered, note


def _write_rows(sheet: Any, columns: Sequence[Column], frame: pd.DataFrame, first: int) -> None:
    writers = [sheet.write_string if _is_text(column) else sheet.write_number for column in columns]
    cells = [_cells(column, frame[column.name]) for column in columns]
    for row, values in enumerate(zip(*cells, strict=True), first):
        for place, value in enumerate(values):
            if value is not None:
                writers[place](row, place, value)


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


def _is_text(column: Column) -> bool:
    return column.type in ("text", "flag", "time")


def _cell_format(column: Column, formats: Mapping[str, Any]) -> Any:
    if column.type == "number":
        return formats["fraction" if column.unit == "fraction" else "number"]
    if column.type == "integer":
        return formats["integer" if column.unit not in ("", "rank") else "plain"]
    return None


def _columns(book: Any, content: ReportContent, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("columns")
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 90)
    first = _invented(sheet, content, formats)
    for place, label in enumerate(("sheet", "column", "meaning", "unit")):
        sheet.write_string(first, place, label, formats["head"])
    rows = [
        (table.name, column.name, column.meaning, column.unit)
        for table in EXHIBITS.values()
        for column in table.columns
    ]
    for row, cells in enumerate(rows, first + 1):
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text)


def _invented(sheet: Any, content: ReportContent, formats: Mapping[str, Any]) -> int:
    """Mark a sheet of invented data in its first row; returns the next free row."""
    if not content.invented:
        return 0
    sheet.write_string(0, 0, INVENTED, formats["warning"])
    return 1
