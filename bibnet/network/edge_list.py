"""Anybody's edge list: a CSV file of name, name, weight, read with every fault named by line.

The first line is a header; columns after the third are not looked at. Commas, semicolons or
tabs separate cells (told by the header), a byte order mark and any line end are accepted,
spaces around a name do not count. A pair is the same pair in either order. What is wrong is
reported together (InputError); what is only odd is told through `notes`.
"""

import csv
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TextIO

import numpy as np

from bibnet.network.measures import WeightedNetwork, weighted_network
from bibnet.schema.errors import Fault, InputError
from bibnet.storage.csv_text import CSV_ERRORS, READABLE, csv_rows, unguarded_cell

SEPARATORS = (",", ";", "\t")
# Faults shown of one file; a file wrong in every line needs one look, not a million lines.
FAULTS_SHOWN = 20
NOTES_SHOWN = 5
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
LARGEST_WHOLE = 2**62
# Smaller weights, or their inverses, squared are no number any more: what rests on them is wrong.
SMALLEST_WEIGHT = 1e-100
# Where weights differ by more, lengths of paths are told apart by their weakest tie alone: igraph
# takes lengths that differ by less than 1e-10 of themselves for equal.
WIDEST_SPAN = 1e10
# Characters of a line; three cells need a thousandth, and what stands behind them is not looked at.
LONGEST_LINE = 1 << 20
FILE_REMEDY = "give a CSV file in UTF-8 with a line for each edge and every quotation mark closed"
SHOWN = 40  # characters of a cell that a fault quotes
HEADER_REMEDY = "begin the file with a header line, for example: a,b,weight"


@dataclass(frozen=True)
class EdgeList:
    """A checked edge list: names sorted by code point, the network over them, remarks."""

    names: tuple[str, ...]
    network: WeightedNetwork
    notes: tuple[str, ...]


@dataclass
class _Reading:
    """What is known of a file so far. Pairs map to (weight, line), names to their first line."""

    path: Path
    pairs: dict[tuple[str, str], tuple[float, int]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    loops: list[int] = field(default_factory=list)
    repeated: int = 0
    faults: list[Fault] = field(default_factory=list)
    unshown: int = 0

    def fault(self, what: str, line: int, remedy: str) -> None:
        """Note a fault of a line."""
        if len(self.faults) < FAULTS_SHOWN:
            self.faults.append(Fault(what, f"{self.path}: line {line}", remedy))
        else:
            self.unshown += 1

    def finish(self) -> None:
        """Raise InputError if anything is wrong."""
        if self.unshown:
            more = f"{self.unshown} more faults of the kind"
            self.faults.append(Fault(more, str(self.path), "fix the faults above first"))
        if self.faults:
            raise InputError(self.faults)


def read_edge_list(path: Path, min_weight: float = 0.0) -> EdgeList:
    """Read and check an edge list; edges below `min_weight` are dropped, with their lone nodes.

    An edge of weight 0 is no edge; without `min_weight` a node that has no other stays, as an
    isolate. A pair named twice with one weight counts once. A tie of a name with itself is
    dropped, and a note says so. Raises InputError (exit 11) with all faults of the file:
    unreadable, no header, missing names, weights that are missing, negative or no finite
    number, a pair with two weights, names that look the same but are spelled in two Unicode
    forms; or if no edge is left.
    """
    reading = _Reading(path)
    for line, cells in _lines(path, reading):
        _take_up(reading, line, cells)
    notes = _likeness(reading)
    reading.finish()
    return _edge_list(reading, min_weight, notes)


def _lines(path: Path, reading: _Reading) -> Iterator[tuple[int, list[str]]]:
    """Lines (number, cells) after the header; raises InputError if the file cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = _bounded(file)
            first = next(lines, "")
            separator = max(SEPARATORS, key=first.count) if first else ","
            rows = csv_rows(chain([first], lines), separator)
            _check_header(next(rows, []), reading)
            start = rows.line_num + 1
            for cells in rows:
                if any(cell.strip() for cell in cells):
                    yield start, cells
                start = rows.line_num + 1
    except CSV_ERRORS as error:
        fault = Fault(f"the edge list cannot be read: {error}", str(path), _remedy(error))
        raise InputError(fault) from error


def _remedy(error: Exception) -> str:
    return READABLE if isinstance(error, OSError) else FILE_REMEDY


def _bounded(file: TextIO) -> Iterator[str]:
    """Lines of a file; raises csv.Error for one that would fill the memory."""
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error(f"a line is longer than {LONGEST_LINE:,} characters")
        yield line


def _check_header(header: list[str], reading: _Reading) -> None:
    if len(header) < 3:
        what = "the first line does not have three columns (name, name, weight)"
        raise InputError(Fault(what, f"{reading.path}: line 1", HEADER_REMEDY))
    if NUMBER.fullmatch(header[2].strip()):
        what = f"the third column is headed by a number ({header[2].strip()}): header or edge?"
        reading.fault(what, 1, HEADER_REMEDY)


def _take_up(reading: _Reading, line: int, cells: list[str]) -> None:
    if len(cells) < 3:
        reading.fault(f"{len(cells)} cells instead of three", line, "write name, name, weight")
        return
    first, second = (unguarded_cell(cell.strip()) for cell in cells[:2])
    weight = _weight(cells[2].strip())
    for name in (first, second):
        if not name or not name.isprintable():
            what = "a name holds a control character" if name else "a name is missing"
            reading.fault(what, line, "name both ends of the edge in plain text")
            return
    if isinstance(weight, str):
        remedy = "write a number of 0 or more, with a point for decimals"
        reading.fault(f"the weight {cells[2].strip()[:SHOWN]!r} is {weight}", line, remedy)
        return
    for name in (first, second):
        reading.names.setdefault(name, line)
    if first == second:
        reading.loops.append(line)
        return
    pair = (first, second) if first < second else (second, first)
    known, earlier = reading.pairs.setdefault(pair, (weight, line))
    if known != weight:
        what = f"the pair {first}, {second} has weight {weight:g} here and {known:g} there"
        reading.fault(what, line, f"keep one of the two: line {earlier} or line {line}")
    elif earlier != line:
        reading.repeated += 1


def _weight(cell: str) -> float | str:
    """The weight, whole numbers as int; or what is wrong with it."""
    if not cell:
        return "missing"
    if not NUMBER.fullmatch(cell):
        return "not a number"
    value = float(cell)
    if not math.isfinite(value) or value > LARGEST_WHOLE:
        return "too large"
    if 0 < value < SMALLEST_WEIGHT or (
        not value and re.search("[1-9]", cell.lower().split("e")[0])
    ):
        return f"too small (below {SMALLEST_WEIGHT:g}, where numbers end)"
    if value < 0:
        return "negative"
    # Python reads no whole number of more than 4,300 digits, were they all zeros.
    digits = cell.removeprefix("+").lstrip("0") or "0"
    return int(digits) if digits.isdigit() else value


def _likeness(reading: _Reading) -> list[str]:
    """Notes on names that differ only in case; faults for names that differ only in form."""
    forms: dict[str, str] = {}
    cases: dict[str, str] = {}
    alike = []
    for name, line in reading.names.items():
        form = " ".join(unicodedata.normalize("NFC", name).split())
        other = forms.setdefault(form, name)
        if other != name:
            first = reading.names[other]
            what = (
                f"the name {name!r} looks like {other!r} of line {first} but is spelled otherwise"
            )
            reading.fault(what, line, f"write it one way in lines {first} and {line}")
        case = unicodedata.normalize("NFKC", form).casefold()
        other = cases.setdefault(case, name)
        if other != name and forms[form] == name:
            alike.append(
                f"{other!r} (line {reading.names[other]}) and {name!r} (line {line}) differ only "
                "in case or width: taken as two nodes"
            )
    return _shown(alike)


def _shown(notes: list[str]) -> list[str]:
    more = len(notes) - NOTES_SHOWN
    return [*notes[:NOTES_SHOWN], f"{more} more pairs of such names"] if more > 0 else notes


def _edge_list(reading: _Reading, min_weight: float, notes: list[str]) -> EdgeList:
    kept = {
        pair: weight
        for pair, (weight, _) in sorted(reading.pairs.items())
        if weight > 0 and weight >= min_weight
    }
    names = sorted({name for pair in kept for name in pair} if min_weight > 0 else reading.names)
    if not names:
        raise InputError(_nothing_left(reading, min_weight))
    place = {name: number for number, name in enumerate(names)}
    source = np.array([place[a] for a, _ in kept], dtype="int64")
    target = np.array([place[b] for _, b in kept], dtype="int64")
    network = weighted_network(len(names), source, target, _weights(list(kept.values())))
    notes = [*notes, *_remarks(reading, network)]
    return EdgeList(tuple(names), network, tuple(notes))


def _weights(values: list[float]) -> np.ndarray:
    """Weights as int64 where all are whole (their sums are then exact), else as float64."""
    if all(float(value).is_integer() for value in values) and sum(values) < LARGEST_WHOLE:
        return np.array([int(value) for value in values], dtype="int64")
    return np.array(values, dtype="float64")


def _nothing_left(reading: _Reading, min_weight: float) -> Fault:
    if not reading.pairs:
        return Fault("the file names no edge", str(reading.path), "write name, name, weight")
    largest = max(weight for weight, _ in reading.pairs.values())
    what = f"no edge has a weight of {min_weight:g} or more; the largest is {largest:g}"
    return Fault(what, str(reading.path), "give a smaller --min-weight")


def _remarks(reading: _Reading, network: WeightedNetwork) -> Iterator[str]:
    lightest = float(network.weight.min()) if network.edges else 1.0
    if network.edges and float(network.weight.max()) > WIDEST_SPAN * lightest:
        yield (
            f"weights differ by more than a factor of {WIDEST_SPAN:g}: by distance, paths whose "
            "weakest ties are alike count as equally short (betweenness)"
        )
    if reading.loops:
        yield (
            f"{len(reading.loops)} ties of a name with itself are left out "
            f"(the first in line {reading.loops[0]})"
        )
    if reading.repeated:
        yield f"{reading.repeated} lines repeat a pair with the same weight and count once"
    isolates = int((network.degree == 0).sum())
    if isolates:
        yield f"{isolates} nodes have no edge of a weight above 0 (isolates)"
