"""The workbook: the answer, one sheet an exhibit, what the columns mean."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.table_view import strongest_first
from bibnet.report.content.wording import clean, listing
from bibnet.report.findings.finding import Finding
from bibnet.report.page.sections import NO_ROW
from bibnet.report.workbook.answer import WORK_COLUMNS, WORK_SHEETS, add_answer
from bibnet.report.workbook.sheets import FORMATS, Sheets
from bibnet.schema import EXHIBITS, Table
from bibnet.schema.column import text
from bibnet.storage.workbook import Workbook

ROW_LIMIT = 2_000  # rows of an exhibit's sheet; the CSV holds all rows
UNDATED = datetime(2000, 1, 1)  # a file without a source date still has fixed bytes
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])")  # days every month has
# The meaning stands last: it may be longer than a column is wide.
MEANINGS = tuple(text(name, name) for name in ("sheet", "column", "unit", "meaning"))
COUNTRIES = (text("country", "code"), text("name", "name"))


def report_workbook(content: ReportContent, findings: Sequence[Finding]) -> Workbook:
    """The workbook: the answer, then one sheet an exhibit, then what the columns mean."""
    sheets = Sheets(invented=content.invented)
    add_answer(sheets, content, findings)
    for table in EXHIBITS.values():
        shown, note = _cut(content, table, content.exhibit(table.name))
        sheets.table(table.name, table.columns, shown, note)
    if content.country_names:
        names = pd.DataFrame(sorted(content.country_names.items()), columns=["country", "name"])
        sheets.table("country_names", COUNTRIES, names, "")
    sheets.table("columns", MEANINGS, _columns(content), "")
    return Workbook("bibnet report", creation_date(content.manifest), FORMATS, sheets.added)


def creation_date(manifest: Mapping[str, Any]) -> datetime:
    """Return the source's date as the workbook's date, so that a run has the same bytes twice."""
    source = manifest.get("source") or {}
    dates = [source.get("newest_updated"), *sorted((source.get("dates") or {}).values(), key=str)]
    for date in dates:
        found = DAY.match(clean(date))
        if found:
            return datetime.fromisoformat(found[0])
    return UNDATED


def _cut(content: ReportContent, table: Table, frame: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The first rows of an exhibit, and what is to be known of them: cut, none, empty columns."""
    ordered, words = strongest_first(content, table, frame, ROW_LIMIT)
    if frame.empty:
        return ordered, table.when_empty or NO_ROW
    notes = []
    if len(frame) > ROW_LIMIT:
        notes.append(
            f"First {ROW_LIMIT:,} of {len(frame):,} rows, {words}; all rows are in "
            f"exhibits/{table.name}.csv."
        )
    empty = [name for name in table.column_names if not frame[name].notna().any()]
    if empty:
        notes.append(f"Undefined in this run: {listing(empty)}.")
    return ordered, " ".join(notes)


def _columns(content: ReportContent) -> pd.DataFrame:
    tables = [(table.name, table.columns) for table in EXHIBITS.values()]
    if content.behind is not None:
        tables = [*((name, WORK_COLUMNS) for name in WORK_SHEETS), *tables]
    rows = [
        (name, column.name, column.unit, column.meaning)
        for name, columns in tables
        for column in columns
    ]
    return pd.DataFrame(rows, columns=[column.name for column in MEANINGS])
