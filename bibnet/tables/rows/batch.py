"""A batch of lines to the rows of all source tables: the same wherever it is done.

Lines go to another process as MessagePack, rows come back as Arrow streams.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import msgspec
import pyarrow as pa

from bibnet.schema.source import SOURCE_TABLES
from bibnet.storage.arrow import declared_columns, from_stream, to_stream
from bibnet.tables.decode.decode import LineDecoder
from bibnet.tables.decode.identify import Refusal
from bibnet.tables.lines import RAW_KEPT, CutLine, LongLine
from bibnet.tables.rows.rows import Rows
from bibnet.tables.rows.works import add_work

BYTES_AT_ONCE = 32 << 20  # of text whose rows are held as Python objects
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


class _Taking(msgspec.Struct):
    """A taken batch as it travels between processes."""

    tables: dict[str, bytes]
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


def take(batch: Batch) -> Taken:
    """Decode every line of a batch and make its rows."""
    decoder, rows, pieces = LineDecoder(), Rows(), _Pieces()
    refused: list[Refused] = []
    newest: list[datetime] = []
    works = 0
    for place, decoded in enumerate(decoder.decode(batch.lines)):
        line = batch.lines[place]
        if isinstance(decoded, Refusal):
            refused.append(Refused(place, decoded.reason, decoded.detail, line[:RAW_KEPT]))
            continue
        updated = add_work(rows, batch.first + place, decoded, batch.partition)
        newest = [max((updated, *newest))] if updated else newest
        works += 1
        pieces.added(rows, len(line))
    pieces.cut(rows)
    counts = Counts(
        len(batch.lines),
        works,
        refused,
        dict(decoder.unknown_fields),
        newest[0] if newest else None,
        pieces.field_issues,
        rows.strings_outside_affiliations,
        rows.institutions_outside_affiliations,
    )
    return Taken(pieces.tables(), counts)


class _Pieces:
    """Rows as Arrow tables, piece by piece, so that few are held as Python objects."""

    def __init__(self) -> None:
        self.field_issues = 0
        self._found: dict[str, list[pa.Table]] = {}
        self._bytes = 0

    def added(self, rows: Rows, size: int) -> None:
        """Note that a work was added from `size` bytes."""
        self._bytes += size + rows.abstract_size
        if self._bytes >= BYTES_AT_ONCE:
            self.cut(rows)

    def cut(self, rows: Rows) -> None:
        """Make a piece of the rows and forget them."""
        self.field_issues += len(rows.field_issue)
        for table in SOURCE_TABLES:
            if found := rows.by_table[table.name]:
                piece = declared_columns(table, list(zip(*found, strict=True)))
                self._found.setdefault(table.name, []).append(piece)
        rows.empty()
        self._bytes = 0

    def tables(self) -> dict[str, pa.Table]:
        return {name: pa.concat_tables(pieces) for name, pieces in self._found.items()}


def request(batch: Batch) -> bytes:
    """A batch as the bytes that another process takes."""
    plain = [bytes(line) for line in batch.lines] if batch.odd else batch.lines
    return msgspec.msgpack.encode(msgspec.structs.replace(batch, lines=plain))


def answer(request: bytes) -> bytes:
    """What another process makes of the bytes of a batch."""
    batch = msgspec.msgpack.decode(request, type=Batch)
    lines = list(batch.lines)
    for place, kind in batch.odd.items():
        lines[place] = ODD_LINES[kind](lines[place])
    batch.lines = lines
    taken = take(batch)
    tables = {name: to_stream(table) for name, table in taken.tables.items()}
    return msgspec.msgpack.encode(_Taking(tables, taken.counts))


def taken_from(answer: bytes) -> Taken:
    """The taken batch that another process sent."""
    found = msgspec.msgpack.decode(answer, type=_Taking)
    return Taken({name: from_stream(stream) for name, stream in found.tables.items()}, found.counts)
