"""A frame as a table to look at: chosen columns, ordered rows, every cell written as text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import (
    NOTHING,
    clean,
    count,
    country_name,
    decimal,
    is_undefined,
    listing,
    share,
    side_name,
)
from bibnet.schema import EXHIBITS, Column, Table

ROWS_SHOWN = 50
ROWS_OF_YEARS = 200  # tables by year are short and read as a whole
# Identifiers are in the CSV and the workbook; on the page they would push the numbers out of view.
HIDDEN = frozenset(
    [
        "institution_id",
        "ror",
        "topic_id",
        "funder_id",
        "institution_a",
        "institution_b",
        "entry_id",
        "category",
        "work_id",
        "term",
        "terms",
    ]
)
COUNTRY_COLUMNS = frozenset(
    ["country", "country_a", "country_b", "funder_country", "partner_country"]
)
SIDE_COLUMNS = frozenset(["side"])
# Codes joined by |, with _ for a space: shown as words.
CODE_COLUMNS = frozenset(
    [
        "type",
        "category",
        "lists",
        "rules",
        "funder_type",
        "reference",
        "group",
        "family",
        "recognised_by",
    ]
)
FACTS_FIRST = ("joint_works", "works", "strength")  # what orders a table, most first


@dataclass(frozen=True)
class Heading:
    """One column of a shown table: label, whether it holds numbers, what it means."""

    label: str
    is_number: bool = False
    meaning: str = ""


@dataclass(frozen=True)
class TableView:
    """A table as shown: caption, headings, rows of text, a note on what is not shown."""

    caption: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[str]]
    note: str = ""


def exhibit_view(content: ReportContent, name: str) -> TableView:
    """Return the first rows of an exhibit, strongest first, with a note that says what is cut."""
    table, frame = EXHIBITS[name], content.exhibit(name)
    limit = ROWS_OF_YEARS if table.key[0] == "year" else ROWS_SHOWN
    ordered, order_words = strongest_first(table, frame, limit)
    shown = [column for column in table.columns if _is_shown(column, frame)]
    rows = written_rows(content, shown, ordered)
    note = " ".join([_cut_note(table, len(frame), limit, order_words), _empty_note(table, frame)])
    return TableView(
        table.meaning, [column_heading(column) for column in shown], rows, note.strip()
    )


def strongest_first(table: Table, frame: pd.DataFrame, limit: int) -> tuple[pd.DataFrame, str]:
    """Take the first rows by joint works, works or strength, then by key; years stay in order.

    Returns at most `limit` rows in that order, and the words that name it.
    """
    facts = [name for name in FACTS_FIRST if name in table.column_names]
    if not facts or table.key[:1] == ("year",):
        return frame.head(limit), "in order of " + listing([_label(name) for name in table.key])
    if frame[facts[0]].sum() == 0:
        facts = facts[1:] or facts
    by, ascending = [*facts, *table.key], [False] * len(facts) + [True] * len(table.key)
    ordered = frame[by].sort_values(by, ascending=ascending, kind="stable", na_position="last")
    return frame.loc[ordered.index[:limit]], f"most {_label(facts[0])} first"


def written_rows(
    content: ReportContent, columns: Sequence[Column], frame: pd.DataFrame
) -> list[list[str]]:
    """Write the cells of a frame as text, row by row."""
    written = [
        [_written(content, column, value) for value in frame[column.name]] for column in columns
    ]
    return [list(row) for row in zip(*written, strict=True)]


def _is_shown(column: Column, frame: pd.DataFrame) -> bool:
    return column.name not in HIDDEN and (frame.empty or bool(frame[column.name].notna().any()))


def column_heading(column: Column) -> Heading:
    """The heading of a declared column: its name in words, its meaning as a hint."""
    meaning = f"{column.meaning} ({column.unit})" if column.unit else column.meaning
    return Heading(_label(column.name), column.type in ("integer", "number"), meaning)


def _label(name: str) -> str:
    return name.replace("_", " ")


def _cut_note(table: Table, rows: int, limit: int, order_words: str) -> str:
    where = f"exhibits/{table.name}.csv"
    if rows > limit:
        return f"First {limit} of {rows:,} rows, {order_words}; all in {where}."
    return f"All {count(rows)} rows, {order_words}; also in {where}." if rows else ""


def _empty_note(table: Table, frame: pd.DataFrame) -> str:
    if frame.empty:
        return ""
    empty = [
        _label(column.name)
        for column in table.columns
        if column.name not in HIDDEN and not frame[column.name].notna().any()
    ]
    return f"Undefined in this run and not shown: {listing(empty)}." if empty else ""


def _written(content: ReportContent, column: Column, value: object) -> str:
    if column.name in COUNTRY_COLUMNS:
        return country_name(value, content.country_names) or NOTHING
    if column.name in SIDE_COLUMNS:
        return (
            side_name(clean(value)) if clean(value) not in ("", "all") else clean(value) or "none"
        )
    if column.name in CODE_COLUMNS:
        return clean(value).replace("_", " ").replace("|", ", ") or NOTHING
    return WRITERS[column.type](column, value)


def _write_integer(column: Column, value: object) -> str:
    plain = column.name == "year" or column.unit == "rank"
    return count(value).replace(",", "") if plain else count(value)


def _write_number(column: Column, value: object) -> str:
    return share(value) if column.unit == "fraction" else decimal(value)


def _write_flag(_column: Column, value: object) -> str:
    return NOTHING if is_undefined(value) else "yes" if value else "no"


def _write_text(_column: Column, value: object) -> str:
    return clean(value) or NOTHING


WRITERS: Mapping[str, Callable[[Column, object], str]] = {
    "text": _write_text,
    "integer": _write_integer,
    "number": _write_number,
    "flag": _write_flag,
    "time": _write_text,
}
