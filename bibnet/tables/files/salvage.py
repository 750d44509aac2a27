"""What can still be read of a file whose check sum is wrong.

Its lines are only counted and set aside; none of them becomes a work, because a
damaged byte can change a value and leave the line well-formed.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bibnet.tables.files.compression import BROKEN, GZIP, Codec, read_steps

GZIP_STEP = 4096  # on an error the step is replayed byte by byte
ZSTD_STEP = 8  # zstd cannot be replayed, so what the failing step held is lost
MEMBER_START = b"\x1f\x8b\x08"


def untrusted_blocks(path: Path, codec: Codec) -> Iterator[bytes]:
    """Uncompressed bytes of a damaged file up to each damage, and from the next member on."""
    starts = MEMBER_START if codec is GZIP else codec.magic
    data = b""
    steps = read_steps(path, GZIP_STEP)
    while True:
        data, found = _seek(data, steps, starts)
        if not found:
            return
        data = yield from (_gzip_member if codec is GZIP else _zstd_frame)(data, steps, codec)


def _seek(data: bytes, steps: Iterator[bytes], start: bytes) -> tuple[bytes, bool]:
    """Bytes from the next member's start on, and whether there is one."""
    while (place := data.find(start)) < 0:
        step = next(steps, b"")
        if not step:
            return b"", False
        data = data[-len(start) :] + step
    return data[place:], True


def _gzip_member(data: bytes, steps: Iterator[bytes], _codec: Codec) -> Any:
    """Yield a member's bytes; return the bytes that follow it or its damage."""
    member = zlib.decompressobj(31)
    while data:
        before = member.copy()
        try:
            yield member.decompress(data)
        except zlib.error:
            return (yield from _byte_by_byte(before, data))
        if member.eof:
            return member.unused_data
        data = next(steps, b"")
    return b""


def _byte_by_byte(member: Any, data: bytes) -> Any:
    for place in range(len(data)):
        try:
            yield member.decompress(data[place : place + 1])
        except zlib.error:
            return data[place + 1 :]
    return b""


def _zstd_frame(data: bytes, steps: Iterator[bytes], codec: Codec) -> Any:
    frame = codec.start()
    while data:
        step, data = data[:ZSTD_STEP], data[ZSTD_STEP:]
        try:
            yield frame.decompress(step)
        except BROKEN:
            return data
        if frame.eof:
            return frame.unused_data + data
        data = data or next(steps, b"")
    return b""
