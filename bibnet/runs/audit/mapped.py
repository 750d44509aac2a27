"""Tables of a user's own, whose columns a mapping names: text=description,employer=company ..."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bibnet.reference import load
from bibnet.schema.errors import Fault, InputError, UsageError
from bibnet.storage.csv_text import CSV_ERRORS, csv_remedy, csv_table, unguarded_cell
from bibnet.tag.name import folded

UNKNOWN = "unknown"


@dataclass(frozen=True)
class MappedRow:
    """One row: its number in the file (the header is row 1) and its cells by what they mean."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def read_mapping(
    text: str, required: Sequence[str], optional: Sequence[str] = ()
) -> dict[str, str]:
    """Read NAME=COLUMN,... ; raises UsageError with every fault."""
    known = (*required, *optional)
    found: dict[str, str] = {}
    faults = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, sign, column = (piece.strip() for piece in part.partition("="))
        if not sign or not column or name not in known:
            remedy = f"write NAME=COLUMN with any of: {', '.join(known)}"
            faults.append(Fault(f"not a mapping: {part!r}", f"--map {text}", remedy))
        found[name] = column
    faults += [
        Fault(f"nothing is mapped to {name}", f"--map {text}", f"add {name}=COLUMN")
        for name in required
        if name not in found
    ]
    if faults:
        raise UsageError(faults)
    return found


def read_mapped(path: Path, mapping: Mapping[str, str]) -> list[MappedRow]:
    """Rows of a CSV file in UTF-8 by the names of a mapping; cells lose blanks at their ends.

    Raises InputError where the file cannot be read, lacks a mapped column (naming those it has),
    holds no row, or has rows of another length than its header (each is named).
    """
    try:
        table = csv_table(path.read_bytes())
    except CSV_ERRORS as error:
        what = f"the file cannot be read: {error}"
        raise InputError(Fault(what, str(path), csv_remedy(error))) from error
    header = [name.strip() for name in table[0]] if table else []
    missing = [column for column in mapping.values() if column not in header]
    if missing:
        remedy = f"map one of its columns: {', '.join(header) or 'it has none'}"
        raise InputError(
            [Fault(f"no column {name!r}", f"{path}: row 1", remedy) for name in missing]
        )
    rows, faults = [], []
    for number, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            what = f"{len(cells)} cells, the header has {len(header)}"
            faults.append(Fault(what, f"{path}: row {number}", "mend it"))
            continue
        by_column = dict(zip(header, cells, strict=True))
        named = {n: unguarded_cell(by_column[c]).strip() for n, c in mapping.items()}
        rows.append(MappedRow(number, named))
    if not rows and not faults:
        faults = [Fault("the file has no rows", str(path), "give a table with rows")]
    if faults:
        raise InputError(faults)
    return rows


def number(text: str) -> float | None:
    """The number that a cell holds; None for text, infinity and what is no number."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def country_codes() -> dict[str, str]:
    """Folded names and codes of countries -> ISO code."""
    found = {folded(row["name"]): row["country"] for row in load.rows("country_spellings")}
    return found | {row["country"].lower(): row["country"] for row in load.rows("countries")}
