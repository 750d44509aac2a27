"""What an audit gives: facts and tables, as text, as JSON and as CSV files."""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console

from bibnet.report.content.wording import decimal, share
from bibnet.runs.export import outside_runs
from bibnet.storage.csv_text import guarded_cell
from bibnet.storage.folders import writable
from bibnet.storage.frames import records
from bibnet.storage.terminal import LEAST_TEXT, LONGEST_CELL, Shown, plain, print_table, printable

ROWS_SHOWN = 20
YEAR = "year"
SHARE = "share"  # a word in the name of a fraction
BEHIND = ("_id", "category")  # ends of names of columns that stand behind the others on a terminal
WORK_ID = "work_id"
# What tells a reader of which work a row is, and of which string.
OF_WORK = (WORK_ID, "year", "title", "text")
SEVERAL = frozenset(["lists", "type", "work_ids", "paid_by"])  # codes joined by |
CODES = frozenset(["kind", "funder_type"])  # words joined by _
DOCUMENT_NAME = "audit.json"
NUMBERS = frozenset(["ours"])  # numbers with signs and units, kept as text
ABBREVIATION = re.compile(r"\b(ai|doi|ror)\b")  # in names of columns: capitals in words


@dataclass(frozen=True)
class Section:
    """A table of an audit: its name (of the file), a title in words, a note, its rows.

    `first` are the columns that stand first on a terminal, where not all may find room.
    """

    name: str
    title: str
    rows: pd.DataFrame
    note: str = ""
    first: Sequence[str] = ()


@dataclass(frozen=True)
class Document:
    """An audit: a title, facts by name (each a sentence or a number), tables in order."""

    title: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    sections: Sequence[Section] = ()

    def record(self) -> dict[str, Any]:
        """The audit as JSON has it: undefined cells are null."""
        return {
            "title": self.title,
            "facts": {name: _plain(fact) for name, fact in self.facts.items()},
            **{one.name: records(one.rows) for one in self.sections},
        }

    def text(self) -> str:
        """The audit as JSON text, the same for the same audit."""
        return json.dumps(self.record(), indent=1, ensure_ascii=False, default=str)


def write_document(document: Document, folder: Path) -> list[Path]:
    """Write an audit as a folder of CSV files and one JSON file; the files, JSON first.

    Existing files of these names are replaced. Raises UsageError for a folder inside a run,
    whose files are hashed, and where nothing can be written.
    """
    outside_runs(folder / DOCUMENT_NAME)
    writable(folder)
    paths = [folder / DOCUMENT_NAME]
    paths[0].write_text(document.text() + "\n", encoding="utf-8")
    for section in document.sections:
        paths.append(folder / f"{section.name}.csv")
        write_rows(section.rows, paths[-1])
    return paths


def _plain(fact: Any) -> Any:
    """A fact as JSON can hold it: undefined numbers are null."""
    if isinstance(fact, list | tuple):
        return [_plain(one) for one in fact]
    return None if isinstance(fact, float) and math.isnan(fact) else fact


def rows_text(rows: pd.DataFrame) -> str:
    """Rows as JSON text: undefined cells are null."""
    return json.dumps(records(rows), ensure_ascii=False, default=str)


def write_rows(rows: pd.DataFrame, path: Path) -> None:
    """Write rows as CSV: UTF-8, undefined cells empty, no cell a formula."""
    safe = rows.copy()
    for name in safe.columns:
        safe[name] = [guarded_cell(cell) if isinstance(cell, str) else cell for cell in safe[name]]
    safe.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def show_document(document: Document, console: Console) -> None:
    """Print an audit: facts, then each table with its first rows."""
    console.print(f"[bold]{plain(document.title)}[/bold]")
    for name, fact in document.facts.items():
        console.print(f"{plain(_words(name))}: {plain(_apart(name, shown_cell(name, fact)))}")
    for section in document.sections:
        console.print(f"\n[bold]{plain(section.title)}[/bold]")
        if section.note:
            console.print(plain(section.note))
        show_rows(section.rows, console, first=section.first)


def show_rows(
    rows: pd.DataFrame, console: Console, most: int = ROWS_SHOWN, first: Sequence[str] = ()
) -> None:
    """Print the first rows of a table, and how many more there are.

    On a terminal headings are words, texts of more than LONGEST_CELL letters are cut, and columns
    that do not fit or hold nothing are left out and named; those of `first` come before others
    and stay.
    """
    if rows.empty:
        console.print("none")
        return
    limit = LONGEST_CELL if console.is_terminal else None
    top, empty = records(rows.head(most)), _empty(rows) if console.is_terminal else []
    names = _reading_order(rows, first) if console.is_terminal else map(str, rows.columns)
    cells = {
        name: [_short(_apart(name, shown_cell(name, row[name]), limit), limit) for row in top]
        for name in names
        if name not in empty
    }
    columns = [
        Shown(
            _words(name) if console.is_terminal else name,
            own,
            # A longer one is text among numbers, for example an order of countries.
            is_number=(name in NUMBERS and all(len(cell) <= LEAST_TEXT for cell in own))
            or pd.api.types.is_numeric_dtype(rows[name]),
            stays=name in first,
        )
        for name, own in cells.items()
    ]
    print_table(console, columns)
    if empty:
        console.print(f"empty in every row: {plain(', '.join(map(_words, empty)))}", style="dim")
    if len(rows) > most:
        console.print(f"... {len(rows) - most:,} more rows: --json or --out has them")


def list_rows(rows: pd.DataFrame, console: Console) -> None:
    """Print every row: on a terminal as `show_rows` does, elsewhere parted by tabs.

    A list in a file or pipe has a line of names and one line a row, and no cell is filled up with
    blanks: one long text would make every line as wide. Cells are as in the CSV file, none a
    formula where lines are pasted into a spreadsheet; without rows there are the names alone.
    """
    if console.is_terminal:
        show_rows(rows, console, len(rows))
        return
    lines = [map(str, rows.columns), *(row.values() for row in records(rows))]
    for cells in lines:
        # The console makes blanks of tabs.
        console.file.write("\t".join(map(_listed_cell, cells)) + "\n")


def _listed_cell(cell: object) -> str:
    text = guarded_cell(cell) if isinstance(cell, str) else "" if cell is None else str(cell)
    return printable(text)


def _reading_order(rows: pd.DataFrame, first: Sequence[str]) -> list[str]:
    """The columns that come first, then the others, codes behind what a reader looks for."""
    known = [str(name) for name in rows.columns]
    lead = first or [name for name in OF_WORK if name in known and WORK_ID in known]
    names = [*lead, *(name for name in known if name not in lead)]
    return sorted(names, key=lambda name: name.endswith(BEHIND) and name != WORK_ID)


def _empty(rows: pd.DataFrame) -> list[str]:
    """The columns without a value in any row; none where all are so."""
    names = [str(name) for name in rows.columns if not rows[name].notna().any()]
    return names if len(names) < len(rows.columns) else []


def _words(name: str) -> str:
    """The name of a column or fact in words."""
    return ABBREVIATION.sub(lambda found: found[0].upper(), name.replace("_", " "))


def shown(value: object) -> str:
    """A value as a person reads it: numbers with separators, undefined as nothing."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {shown(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(shown, value))
    writer = WRITERS.get(type(value), str)
    # A title may hold codes that a terminal obeys.
    return "".join(char if char.isprintable() else " " for char in writer(value))


WRITERS: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: lambda value: "yes" if value else "no",
    int: lambda value: f"{value:,}",
    float: lambda value: "" if math.isnan(value) else decimal(value),
}


def shown_cell(name: str, value: object) -> str:
    """A cell or fact by its name: years without separators, shares in %."""
    if name == YEAR and value is not None:
        return str(value)
    if SHARE in name.split("_") and isinstance(value, float) and not math.isnan(value):
        return share(value)
    return shown(value)


def _apart(name: str, text: str, limit: int | None = None) -> str:
    """Several codes as a list; on a terminal, which has a limit, codes as words."""
    text = text.replace("_", " ") if limit and name in CODES else text
    return text.replace("|", ", ") if name in SEVERAL else text


def _short(text: str, limit: int | None) -> str:
    """The text in one line, cut where there is a limit; a file has all of it."""
    line = " ".join(text.split())
    return line if limit is None or len(line) <= limit else line[: limit - 1] + "…"
