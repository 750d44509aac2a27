"""CSV files that a user fills in: read as rows of text, every fault of their shape noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bibnet.schema.errors import Fault
from bibnet.storage.csv_text import CSV_ERRORS, csv_remedy, csv_table, unguarded_cell


@dataclass(frozen=True)
class FilledFile:
    """Rows of a file by column, each with its number in the file, and the faults of its shape.

    The header is row 1. Columns that may be left out are empty text where they are.
    """

    rows: tuple[tuple[int, dict[str, str]], ...]
    faults: tuple[Fault, ...]


def read_filled(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> FilledFile:
    """Read a CSV file in UTF-8; blank lines are passed over, cells lose blanks at their ends."""
    try:
        table = csv_table(path.read_bytes())
    except CSV_ERRORS as error:
        what = f"the file cannot be read: {error}"
        return FilledFile((), (Fault(what, str(path), csv_remedy(error)),))
    header = [name.strip() for name in table[0]] if table else []
    faults = _header_faults(header, path, required, optional)
    if faults:
        return FilledFile((), tuple(faults))
    known = [*required, *optional]
    rows, ragged = [], []
    for number, cells in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in cells) and len(cells) != len(header):
            what = f"{len(cells)} cells, the header has {len(header)}"
            ragged.append(Fault(what, f"{path}: row {number}", "mend it"))
        elif any(cell.strip() for cell in cells):
            found = dict(zip(header, map(_plain, cells), strict=True))
            rows.append((number, {name: found.get(name, "") for name in known}))
    return FilledFile(tuple(rows), tuple(ragged))


def _header_faults(
    header: Sequence[str], path: Path, required: Sequence[str], optional: Sequence[str]
) -> list[Fault]:
    where = f"{path}: row 1"
    known = [*required, *optional]
    missing = [name for name in required if name not in header]
    unknown = [name for name in dict.fromkeys(header) if name not in known]
    doubled = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    return [
        *(Fault(f"no column {name}", where, "add the column") for name in missing),
        *(
            Fault(f"unknown column {name!r}", where, f"use any of: {', '.join(known)}")
            for name in unknown
        ),
        *(Fault(f"column {name!r} stands twice", where, "keep one") for name in doubled),
    ]


def _plain(cell: str) -> str:
    return unguarded_cell(cell).strip()
