"""Batches between processes: lines go as MessagePack, rows come back as Arrow streams."""

import msgspec
from msgspec.structs import replace

from bibnet.storage.arrow import from_stream, to_stream
from bibnet.tables.columns.batch import ODD_LINES, Batch, Counts, Taken
from bibnet.tables.columns.take import take


class _Taking(msgspec.Struct):
    """A taken batch as it travels between processes."""

    tables: dict[str, bytes]
    counts: Counts


def request(batch: Batch) -> bytes:
    """A batch as the bytes that another process takes."""
    plain = [bytes(line) for line in batch.lines] if batch.odd else batch.lines
    return msgspec.msgpack.encode(replace(batch, lines=plain))


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
