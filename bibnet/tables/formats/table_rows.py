"""Rows of tables in text (CSV, tab-delimited), each with its bytes and its cells by column."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bibnet.storage.csv_text import csv_rows
from bibnet.tables.decode.identify import BLANK_LINE, Refusal
from bibnet.tables.formats.works_format import Blocks
from bibnet.tables.lines import BOM, RAW_KEPT, split_lines

LONGEST_HEADER = 64 << 10  # bytes
Row = Mapping[str, str]


@dataclass(frozen=True)
class Layout:
    """How a table is written: what separates cells, whether they are quoted, lines before it."""

    separator: str = ","
    quoted: bool = True
    lines_before: int = 0


COMMAS = Layout()
TABS = Layout("\t", quoted=False)


def header(head: bytes, layout: Layout = COMMAS) -> list[str]:
    """Names of the columns of a table that begins with these bytes; empty if there are none."""
    start = head[:LONGEST_HEADER].removeprefix(BOM)
    lines = start.decode("utf-8", "surrogateescape").splitlines()
    rows = _reader(iter(lines[layout.lines_before : layout.lines_before + 1]), layout)
    try:
        return [name.strip() for name in next(rows, [])]
    except csv.Error:
        return []


def rows(blocks: Blocks, layout: Layout = COMMAS) -> Iterator[tuple[bytes, Row | Refusal]]:
    """Every row after the header: its bytes (the start), and its cells by column or a refusal.

    A row that ends before the last column, holds more cells, or bytes that are not UTF-8 is
    refused; so is what breaks the quoting.
    """
    lines = _Lines(blocks)
    for _ in range(layout.lines_before):
        next(lines, None)
    reader = _reader(lines, layout)
    names = [name.strip() for name in next(reader, [])]
    while True:
        lines.taken = b""
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield lines.taken, Refusal("broken_table", str(error))
            continue
        if cells is None:
            return
        yield lines.taken, _row(names, cells)


def _row(names: list[str], cells: list[str]) -> Row | Refusal:
    if not any(cell.strip() for cell in cells):
        return BLANK_LINE
    if len(cells) < len(names) or any(cell.strip() for cell in cells[len(names) :]):
        return Refusal("wrong_number_of_cells", f"{len(cells)} instead of {len(names)}")
    if any(
        "\udc80" <= letter <= "\udcff" for cell in cells if not cell.isascii() for letter in cell
    ):
        return Refusal("invalid_utf8")
    return dict(zip(names, (cell.strip() for cell in cells), strict=False))


def _reader(lines: Iterator[str], layout: Layout) -> Iterator[list[str]]:
    return csv_rows(lines, layout.separator, layout.quoted, strict=False)


class _Lines:
    """Lines as text, with the bytes taken since they were last set aside."""

    def __init__(self, blocks: Blocks) -> None:
        self.taken = b""
        self._lines = (line for lines in split_lines(blocks) for line in lines)
        self._first = True

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        line, self._first = (line.removeprefix(BOM) if self._first else line), False
        if len(self.taken) < RAW_KEPT:
            self.taken += line[:RAW_KEPT] + b"\n"
        return line.decode("utf-8", "surrogateescape") + "\n"
