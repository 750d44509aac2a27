"""The numbers of units of a comparison as text: those that moved most, each with its parts."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console

from bibnet.schema.change import ALL_PARTS, PARTS, UNITS
from bibnet.storage.terminal import Shown, print_table

UNITS_SHOWN = 10  # of a kind; the files have all
COLUMNS = ("unit", "number", "part", "change", "old", "new", "works")
TEXTS = 3  # of the columns, the first

Row = Mapping[str, Any]


def show_units(rows: Sequence[Row], console: Console) -> None:
    """Print the units of each kind whose numbers moved, those with most works moved first."""
    for kind, meaning in UNITS.items():
        moved = sorted(_moved(rows, kind), key=_works_moved, reverse=True)
        if not moved:
            continue
        shown = [row for unit in moved[:UNITS_SHOWN] for row in sorted(unit, key=_place)]
        names = [[_name(row), *(_cell(row, name) for name in COLUMNS[1:])] for row in shown]
        columns = [
            Shown(
                name,
                [cells[at] for cells in names],
                is_number=at >= TEXTS,
                stays=at <= TEXTS,  # the texts, and the first number: the change
            )
            for at, name in enumerate(COLUMNS)
        ]
        totals = {at for at, row in enumerate(shown) if row["part"] == ALL_PARTS}
        print_table(console, columns, f"{kind}: {meaning}", strong=totals)
        if len(moved) > UNITS_SHOWN:
            console.print(f"{len(moved) - UNITS_SHOWN:,} more; --out and --json have them all")


def _moved(rows: Sequence[Row], kind: str) -> list[list[Row]]:
    """The rows of each unit and number of a kind that has a part."""
    own = (row for row in rows if row["kind"] == kind)
    units = [list(unit) for _, unit in groupby(own, key=_key)]
    return [unit for unit in units if len(unit) > 1]


def _key(row: Row) -> tuple[Any, ...]:
    return row["unit_id"], row["unit"], row["entry_id"], row["number"]


def _place(row: Row) -> int:
    """The number before its parts, and these in the order they are declared in."""
    return [ALL_PARTS, *PARTS].index(row["part"])


def _works_moved(unit: Sequence[Row]) -> int:
    return sum(row["works"] for row in unit if row["part"] != ALL_PARTS)


def _name(row: Row) -> str:
    """Name and id of a unit, and for a listed one its entry where the names differ."""
    inside = ", ".join(filter(None, (row["unit_id"], row["entry_id"])))
    return f"{row['unit']} ({inside})" if inside else str(row["unit"])


def _cell(row: Row, name: str) -> str:
    value = row[name]
    if name == "change":
        return f"{value:+,}" if value else "0"
    return f"{value:,}" if isinstance(value, int) else str(value)
