"""A frame as a table to look at: chosen columns, ordered rows, every cell written as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bibnet.report.content.cell import Cell, row_keys
from bibnet.report.content.labels import label
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.wording import count, listing
from bibnet.report.content.written import written_rows
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
        "programme_id",
        "entry_id",
        "category",
        "work_id",
        "doi",
        "term",
        "terms",
        "reference",
    ]
)
FACTS_FIRST = ("joint_works", "works", "strength", "bridged")  # what orders a table, most first
ACROSS = "across sides"
ALL = "all"
YEAR = "year"  # in the key of a table that is read over time


@dataclass(frozen=True)
class Heading:
    """One column of a shown table: label, whether it holds numbers, what it means.

    `count` is the column of the exhibit whose works each number of the column counts; `is_whole`
    says that its cells are not broken into lines, as dates; `is_long` that they are paragraphs.
    """

    label: str
    is_number: bool = False
    meaning: str = ""
    count: str = ""
    is_whole: bool = False
    is_long: bool = False


@dataclass(frozen=True)
class TableView:
    """A table as shown: caption, headings, rows of text, a note on what is not shown.

    `cells` are the cells of an exhibit that the rows stand for, row by row; empty for a table
    whose numbers lead to no works. `exhibit` names the CSV file that has all rows. `addresses` are
    those of the works of each number of a grid, row by row without the first column.
    """

    caption: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[str]]
    note: str = ""
    cells: Sequence[Cell | None] = ()
    exhibit: str = ""
    addresses: Sequence[Sequence[str]] = ()

    @cached_property
    def links(self) -> list[Cell]:
        """The cells that its numbers lead to."""
        if not any(heading.count for heading in self.headings):
            return []
        return [cell for cell in self.cells if cell]


def exhibit_view(content: ReportContent, name: str) -> TableView:
    """Return the first rows of an exhibit, those of the question first, and what is not shown."""
    table, frame = EXHIBITS[name], content.exhibit(name)
    limit = ROWS_OF_YEARS if YEAR in table.key else ROWS_SHOWN
    ordered, order_words = strongest_first(content, table, frame, limit)
    shown = _shown_columns(table, frame)
    written = _every_funder(ordered)
    values = {column.name: written[column.name].tolist() for column in shown}
    rows = written_rows(content, shown, values)
    counts, keys = content.counts_of(name), content.keys_of(name)
    note = " ".join([_cut_note(table, len(frame), limit, order_words), _empty_note(table, frame)])
    return TableView(
        table.meaning,
        [column_heading(column, counts) for column in shown],
        rows,
        note.strip(),
        [Cell(name, cell) for cell in row_keys(ordered, keys)] if keys else (),
        name,
    )


def strongest_first(
    content: ReportContent, table: Table, frame: pd.DataFrame, limit: int
) -> tuple[pd.DataFrame, str]:
    """Take the first rows: across sides first, then by joint works, works or strength, then key.

    Years stay in order; where not all of them fit, the newest come first. Returns at most `limit`
    rows, and the words that name the order.
    """
    facts = [name for name in FACTS_FIRST if name in table.column_names]
    if facts and YEAR in table.key and len(frame) > limit:
        by = [YEAR, facts[0], *(name for name in table.key if name != YEAR)]
        newest = frame.sort_values(by, ascending=[False, False] + [True] * (len(by) - 2))
        return newest.head(limit), f"newest year first, then most {label(facts[0])}"
    if not facts or YEAR in table.key:
        return frame.head(limit), "in order of " + listing([label(name) for name in table.key])
    if frame[facts[0]].sum() == 0:
        facts = facts[1:] or facts
    by, ascending = [*facts, *table.key], [False] * len(facts) + [True] * len(table.key)
    degree = "highest" if facts[0] == "strength" else "most"
    ordered, words = frame[by], f"{degree} {label(facts[0])} first"
    across = pairs_across(content, table, frame)
    if across is not None and across.any():
        ordered, words = (
            ordered.assign(**{ACROSS: across}),
            f"pairs {ACROSS} first, then {words.removesuffix(' first')}",
        )
        by, ascending = [ACROSS, *by], [False, *ascending]
    ordered = ordered[_may_be_shown(ordered, facts[0], limit)]
    ordered = ordered.sort_values(by, ascending=ascending, kind="stable", na_position="last")
    return frame.loc[ordered.index[:limit]], words


def _may_be_shown(rows: pd.DataFrame, fact: str, limit: int) -> np.ndarray:
    """The rows that are first by numbers alone, with all that equal the last of them.

    Texts of the others need no sorting.
    """
    if len(rows) <= limit:
        return np.ones(len(rows), dtype=bool)
    number = rows[fact].astype("float64").fillna(-np.inf).to_numpy()
    across = rows[ACROSS].to_numpy("bool") if ACROSS in rows else np.zeros(len(rows), dtype=bool)
    last = np.lexsort((number, across))[-limit]
    alike = (across == across[last]) & (number >= number[last])
    return np.asarray(alike | (across & ~across[last]))


def pairs_across(content: ReportContent, table: Table, frame: pd.DataFrame) -> pd.Series | None:
    """Which rows are pairs of two sides; None where the rows are no pairs."""
    if "cross_side" in table.column_names:
        return frame["cross_side"].fillna(value=False).astype(bool)
    if not {"country_a", "country_b"} <= set(table.column_names):
        return None
    sides = {code: side for side, codes in content.sides.items() for code in codes}
    first, second = (frame[name].map(sides) for name in ("country_a", "country_b"))
    across: pd.Series = first.notna() & second.notna() & (first != second)
    return across


def _shown_columns(table: Table, frame: pd.DataFrame) -> list[Column]:
    """The columns of the page: those chosen for reading, without those that are all empty."""
    declared = {column.name: column for column in table.columns}
    chosen = table.reading or tuple(name for name in declared if name not in HIDDEN)
    return [declared[name] for name in chosen if frame.empty or bool(frame[name].notna().any())]


def column_heading(column: Column, counts: Sequence[str] = ()) -> Heading:
    """The heading of a declared column: its name in words, its meaning as a hint.

    `counts` are the columns of its table that count works which can be listed.
    """
    meaning = f"{column.meaning} ({column.unit})" if column.unit else column.meaning
    is_number = column.type in ("integer", "number")
    counted = column.name if column.name in counts else ""
    return Heading(label(column.name), is_number, meaning, counted)


def _every_funder(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of any funder with a name: their id says "all" and their name is empty."""
    if not {"funder_id", "funder"} <= set(frame.columns):
        return frame
    return frame.assign(funder=frame["funder"].mask(frame["funder_id"] == ALL, ALL))


def _cut_note(table: Table, rows: int, limit: int, order_words: str) -> str:
    if rows > limit:
        return f"First {limit} of {rows:,} rows, {order_words}; the CSV file has all."
    if rows == 1:
        return ""
    return f"All {count(rows)} rows, {order_words}." if rows else ""


def _empty_note(table: Table, frame: pd.DataFrame) -> str:
    """Which numbers are undefined in every row; a text without a word is missed by nobody."""
    if frame.empty:
        return ""
    chosen = table.reading or [c.name for c in table.columns if c.name not in HIDDEN]
    numbers = {column.name for column in table.columns if column.type in ("integer", "number")}
    empty = [n for n in chosen if n in numbers and not frame[n].notna().any()]
    empty = [label(name) for name in empty]
    return f"Undefined in this run and not shown: {listing(empty)}." if empty else ""
