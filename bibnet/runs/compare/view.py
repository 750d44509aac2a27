"""A comparison as text: every number with its change, and under it the parts.

Names of sides and lists come from files: none is read as markup.
"""

from fractions import Fraction

from rich.console import Console

from bibnet.runs.compare.comparison import Comparison
from bibnet.runs.compare.parts import SHARE, Part
from bibnet.schema.change import ALL_PARTS, NUMBERS, PARTS
from bibnet.storage.terminal import Shown, plain, print_table

COLUMNS = ("number", "side", "part", "change", "old", "new", "works")
TEXTS = 3  # of the columns, the first
DIGITS = 3  # after the point, for fractional counts and shares


def show_comparison(comparison: Comparison, console: Console) -> None:
    """Print both runs, what differs beside the source, and every number with its parts."""
    old, new = (manifest["run"] for manifest in comparison.manifests)
    console.print(f"{plain(old)} -> {plain(new)}")
    for difference in comparison.differences:
        console.print(f"differs apart from the source: {plain(difference)}")
    _show_parts(comparison, console)
    named = {part.part for part in comparison.parts}
    for name in PARTS:
        if name in named:
            console.print(f"{name}: {PARTS[name]}")


def _show_parts(comparison: Comparison, console: Console) -> None:
    parts = sorted(comparison.parts, key=lambda part: _place(part, comparison.sides))
    cells = [_cells(part) for part in parts]
    columns = [
        Shown(name, [row[place] for row in cells], is_number=place >= TEXTS)
        for place, name in enumerate(COLUMNS)
    ]
    totals = {place for place, part in enumerate(parts) if part.part == ALL_PARTS}
    print_table(console, columns, strong=totals)


def _place(part: Part, sides: tuple[str, ...]) -> tuple[int, int, int]:
    """Numbers, sides and parts in the order they are declared in; the number before its parts."""
    order = [ALL_PARTS, *PARTS]
    side = sides.index(part.side) if part.side in sides else -1
    return list(NUMBERS).index(part.number), side, order.index(part.part)


def _cells(part: Part) -> list[str]:
    works = "" if part.works is None else f"{part.works:,}"
    values = [_figure(part, value) for value in (part.old, part.new)]
    change = _figure(part, part.change)
    signed = f"+{change}" if part.change and part.change > 0 else change
    return [part.number, part.side, part.part, signed, *values, works]


def _figure(part: Part, value: Fraction | None) -> str:
    if value is None:
        return "undefined"
    whole = part.unit_parts == 1 and part.number != SHARE
    return f"{int(value):,}" if whole else f"{float(value):,.{DIGITS}f}"
