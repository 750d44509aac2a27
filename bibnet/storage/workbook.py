"""Workbooks as values, written here or by a process of its own while the caller goes on."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import msgspec

from bibnet.storage.processes import Helper, serve
from bibnet.storage.spreadsheet import new_workbook

SERVE = "from bibnet.storage.workbook import serve_workbooks; serve_workbooks()"
WRITTEN = b"written"


@dataclass(frozen=True)
class Sheet:
    """A sheet of plain values: no cell is a formula. Rows and columns count from 0.

    `widths` holds width and format of each column, `words` single texts (row, column, text,
    format), above all others; `columns` the values from row `first` on, None for an empty cell.
    Rows above `frozen` stay in sight; `filtered` are the rows from heading to last value.
    """

    name: str
    widths: Sequence[tuple[float, str]] = ()
    words: Sequence[tuple[int, int, str, str]] = ()
    columns: Sequence[Sequence[str | float | None]] = ()
    first: int = 0
    frozen: int = 0
    filtered: tuple[int, int] | None = None


@dataclass(frozen=True)
class Workbook:
    """A workbook: its title and date, its formats by name, its sheets in order."""

    title: str
    created: datetime
    formats: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sheets: Sequence[Sheet] = ()


def write_workbook(path: Path, workbook: Workbook) -> None:
    """Write a workbook to `path`. Raises OSError where the system refuses to write."""
    with new_workbook(path) as book:
        book.set_properties({"created": workbook.created, "title": workbook.title})
        formats = {name: book.add_format(dict(one)) for name, one in workbook.formats.items()}
        for sheet in workbook.sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, {**formats, "": None})


def _write_sheet(target: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    for place, (width, name) in enumerate(sheet.widths):
        target.set_column(place, place, width, formats[name])
    for row, column, text, name in sheet.words:
        target.write_string(row, column, text, formats[name])
    if sheet.frozen:
        target.freeze_panes(sheet.frozen, 0)
    if sheet.filtered:
        first, last = sheet.filtered
        target.autofilter(first, 0, last, len(sheet.columns) - 1)
    for row, values in enumerate(zip(*sheet.columns, strict=True), sheet.first):
        for place, value in enumerate(values):
            if value is not None:
                write = target.write_string if isinstance(value, str) else target.write_number
                write(row, place, value)


@contextmanager
def written_beside(path: Path, workbook: Workbook) -> Iterator[None]:
    """Begin a workbook in another process; it is there at the end of the `with` block.

    What the other process could not write, for whatever reason, is written here at the end, which
    raises OSError where the system refuses to write. A block that fails leaves it unwritten.
    """
    request = msgspec.msgpack.encode((str(path), workbook))
    helpers, done = _helpers(), Event()
    work = Thread(target=_ask, args=(helpers, request, done), daemon=True)
    work.start()
    try:
        yield
    except BaseException:
        for helper in helpers:
            helper.stop()
        raise
    finally:
        work.join()
        for helper in helpers:
            helper.close()
    if not done.is_set():
        write_workbook(path, workbook)


def _helpers() -> list[Helper]:
    """The other process; none where the system has no room for one."""
    try:
        return [Helper(SERVE)]
    except OSError:
        return []


def _ask(helpers: Sequence[Helper], request: bytes, done: Event) -> None:
    for helper in helpers:
        if helper.send(request) and helper.receive() == WRITTEN:
            done.set()


def serve_workbooks() -> None:
    """Write the workbooks that standard input asks for until it ends: what a helper runs."""
    serve(_written)


def _written(request: bytes) -> bytes:
    path, workbook = msgspec.msgpack.decode(request, type=tuple[str, Workbook])
    try:
        write_workbook(Path(path), workbook)
    except OSError:  # the caller writes it once more, and is told what the system says
        return b""
    return WRITTEN
