"""Lines of a file that are read together, and what they hold."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import msgspec
import pyarrow as pa

from bibnet.tables.lines import CutLine, LongLine

ODD_LINES = {"cut": CutLine, "long": LongLine}


@contextmanager
def no_cycle_search() -> Iterator[None]:
    """Pause Python's search for reference cycles.

    There are none in rows, and it takes half of the reading time to find that out.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Batch(msgspec.Struct):
    """Lines of one file: `first` is the key of the first line's row, others follow it.

    `partition` is the date of the snapshot folder. `odd` names the kind of lines that are more than
    their bytes, by their place.
    """

    first: int
    lines: Sequence[bytes]
    partition: datetime | None = None
    odd: dict[int, str] = {}


class Refused(msgspec.Struct):
    """A line without a work: its place in the batch, why, and its start."""

    place: int
    reason: str
    detail: str
    raw: bytes


class Counts(msgspec.Struct):
    """What is counted of a batch beside its rows."""

    lines: int
    works: int
    refused: list[Refused]
    unknown_fields: dict[str, int]
    newest_updated: datetime | None
    field_issues: int
    strings_outside: int
    institutions_outside: int


@dataclass(frozen=True)
class Taken:
    """A batch as rows: the filled tables by name, and the counts."""

    tables: Mapping[str, pa.Table]
    counts: Counts


def batch_of(first: int, lines: Sequence[bytes], partition: datetime | None) -> Batch:
    """The batch of some lines of a file."""
    odd = {
        place: kind
        for place, line in enumerate(lines)
        if type(line) is not bytes
        for kind, one in ODD_LINES.items()
        if isinstance(line, one)
    }
    return Batch(first, lines, partition, odd)
