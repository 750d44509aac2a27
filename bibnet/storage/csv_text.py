"""CSV text as rows of cells: as long as texts are, and none a formula of a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Protocol

# Characters. The library's own bound (131,072) is shorter than long job advertisements and the
# references of long reviews; beyond this one a quotation mark that is never closed is likelier.
LONGEST_CELL = 16 << 20
# A spreadsheet reads a cell that begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
READABLE = "give the path of a file that is there and may be read"
CSV_REMEDY = (
    "give a CSV file in UTF-8 with every quotation mark closed and no cell of more than "
    f"{LONGEST_CELL:,} characters"
)
# What a file that is no such table raises; OSError where it cannot be opened at all.
CSV_ERRORS = (OSError, UnicodeDecodeError, csv.Error)


class CsvRows(Iterator[list[str]], Protocol):
    """Rows of cells, and how many lines were read for them."""

    @property
    def line_num(self) -> int:
        """Lines read so far; a cell in quotation marks may hold several."""


def csv_rows(
    lines: Iterable[str], separator: str = ",", quoted: bool = True, strict: bool = True
) -> CsvRows:
    """Rows of lines that keep their ends. Raises csv.Error for a cell beyond LONGEST_CELL.

    The bound is one of the whole process and the library looks at it when it reads, so every
    reader is made here.
    """
    csv.field_size_limit(LONGEST_CELL)
    if quoted:
        return csv.reader(lines, delimiter=separator, strict=strict)
    return csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE, strict=strict)


def csv_remedy(error: Exception) -> str:
    """What to do about one of CSV_ERRORS: another path, or another file."""
    return READABLE if isinstance(error, OSError) else CSV_REMEDY


def csv_table(content: bytes) -> list[list[str]]:
    """All rows of a file; a byte order mark does not count. Raises one of CSV_ERRORS."""
    return list(csv_rows(io.StringIO(content.decode("utf-8-sig"), newline="")))


def guarded_cell(cell: str) -> str:
    """The cell, with a leading apostrophe if a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def unguarded_cell(cell: str) -> str:
    """The cell without an apostrophe that only guards it."""
    guarded = cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS)
    return cell[1:] if guarded else cell
