"""A comparison as text: events at the source, then every number with its change and its parts.

Names of sides and lists come from files: none is read as markup.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rich.console import Console

from bibnet.reference.source_events import in_words
from bibnet.runs.compare.as_of_now import AsOfNow, Reading
from bibnet.runs.compare.comparison import Comparison
from bibnet.runs.compare.contributions import FRACTIONAL
from bibnet.runs.compare.parts import SHARE, Part
from bibnet.runs.compare.unit_view import show_units
from bibnet.schema.change import (
    ALL_PARTS,
    GAP,
    IN_BOTH,
    MEASURES,
    NUMBERS,
    PARTS,
    PLACED_BY,
    RUNS,
    UNMOVED,
)
from bibnet.storage.terminal import Shown, plain, print_table

COLUMNS = ("number", "side", "part", "change", "old", "new", "works")
TEXTS = 3  # of the columns, the first
DIGITS = 3  # after the point, for fractional counts
SHARE_DIGITS = 2  # after the point of percentages, so that old, new and change add up as printed
PERCENT = 100


def show_comparison(comparison: Comparison, console: Console) -> None:
    """Print both runs, what lies between them beside the works, and every number with its parts.

    The last line counts the changes that move no number.
    """
    old, new = (manifest["run"] for manifest in comparison.manifests)
    console.print(f"{plain(old)} -> {plain(new)}")
    for line in (*comparison.warnings, *_event_lines(comparison)):
        console.print(plain(line))
    for difference in comparison.differences:
        console.print(f"differs apart from the source: {plain(difference)}")
    _show_parts(comparison, console)
    show_units(comparison.units, console)
    named = {part.part for part in comparison.parts} | {row["part"] for row in comparison.units}
    for name in PARTS:
        if name in named:
            console.print(f"{name}: {PARTS[name]}")
    console.print(_unmoved(comparison.parts))


def _event_lines(comparison: Comparison) -> Iterator[str]:
    old, new = comparison.taken_on
    if old is None or new is None:
        yield "The source of a run has no date: events at the source between the runs are unknown."
    elif comparison.events:
        number = len(comparison.events)
        lie = "lies 1 event that changes" if number == 1 else f"lie {number:,} events that change"
        yield (
            f"Between the sources of the two runs ({old} and {new}) {lie} counts without a change "
            "in the world:"
        )
        yield from (f"- {in_words(event)}" for event in comparison.events)


def _unmoved(parts: list[Part]) -> str:
    still = {p.part: p.works for p in parts if p.number == UNMOVED and p.part != ALL_PARTS}
    named = [f"{still[name]:,} {name}" for name in PARTS if name in still]
    return f"changed without moving a number, works: {', '.join(named) or 'none'}"


def _show_parts(comparison: Comparison, console: Console) -> None:
    moved = [part for part in comparison.parts if part.number != UNMOVED]
    parts = sorted(moved, key=lambda part: _place(part, comparison.sides))
    cells = [_cells(part) for part in parts]
    totals = {place for place, part in enumerate(parts) if part.part == ALL_PARTS}
    print_table(console, _columns(COLUMNS, cells), strong=totals)


def _columns(names: Sequence[str], cells: Sequence[Sequence[str]]) -> list[Shown]:
    return [
        Shown(
            name,
            [row[place] for row in cells],
            is_number=place >= TEXTS,
            stays=place <= TEXTS,  # the texts, and the first number: the change
        )
        for place, name in enumerate(names)
    ]


def _place(part: Part, sides: tuple[str, ...]) -> tuple[int, int, int]:
    """Numbers, sides and parts in the order they are declared in; the number before its parts."""
    order = [ALL_PARTS, *PARTS]
    side = sides.index(part.side) if part.side in sides else -1
    return list(NUMBERS).index(part.number), side, order.index(part.part)


def show_as_of_now(found: AsOfNow, sides: tuple[str, ...], console: Console) -> None:
    """Print every number of both runs by source and by strings, with the gap."""
    registry = found.registry["file"] if found.registry else "none, so only places in strings"
    console.print(f"as of now; registry: {plain(registry)}")
    readings = sorted(found.readings, key=lambda reading: _reading_place(reading, sides))
    measured = [f"{measure} {name}" for measure in (*MEASURES, GAP) for name in (*RUNS, "change")]
    names = ("number", "side", "works of", *measured)
    print_table(console, _columns(names, [_reading_cells(reading) for reading in readings]))
    for name, meaning in PLACED_BY.items():
        console.print(f"{name}: {meaning}")
    console.print(f"gap: bibnet - source; works of {IN_BOTH}: only works that both runs keep")


def _reading_place(reading: Reading, sides: tuple[str, ...]) -> tuple[int, int, bool]:
    side = sides.index(reading.side) if reading.side in sides else -1
    return list(NUMBERS).index(reading.number), side, reading.works_of == IN_BOTH


def _reading_cells(reading: Reading) -> list[str]:
    write = _writer(reading.number, is_whole=reading.number != FRACTIONAL)
    cells = [reading.number, reading.side, reading.works_of]
    for measure in (*MEASURES, GAP):
        write_end = write.difference if measure == GAP else write.level
        cells += [write_end(value) for value in reading.ends(measure)]
        cells.append(write.difference(reading.change(measure)))
    return cells


def _cells(part: Part) -> list[str]:
    works = "" if part.works is None else f"{part.works:,}"
    write = _writer(part.number, is_whole=part.unit_parts == 1)
    values = [write.level(value) for value in (part.old, part.new)]
    return [part.number, part.side, part.part, write.difference(part.change), *values, works]


@dataclass(frozen=True)
class _Writer:
    """How the values of a number are written, and how differences of two are."""

    digits: int
    factor: int = 1
    unit: str = ""
    unit_of_difference: str = ""

    def level(self, value: Fraction | None) -> str:
        """A value; undefined in words."""
        return self._shown(value, self.unit)

    def difference(self, value: Fraction | None) -> str:
        """A difference of two values, with its sign."""
        sign = "+" if value and value > 0 else ""
        return f"{sign}{self._shown(value, self.unit_of_difference)}"

    def _shown(self, value: Fraction | None, unit: str) -> str:
        if value is None:
            return "undefined"
        return f"{float(value * self.factor):,.{self.digits}f}{unit}"


def _writer(number: str, *, is_whole: bool) -> _Writer:
    """Shares are percentages, their differences percentage points."""
    if number == SHARE:
        return _Writer(SHARE_DIGITS, PERCENT, "%", " points")
    return _Writer(0 if is_whole else DIGITS)
