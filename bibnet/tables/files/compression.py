"""Files as blocks of uncompressed bytes, and whether those bytes can be trusted.

No line of a file is used before the whole file is known to be sound: gzip and
zstd carry check sums at the end, and lines of a file whose sum is wrong may
hold changed values. A file whose rows are too many to be held until its end is
examined first, which costs one more pass of decompression.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import zstandard
from isal import isal_zlib

from bibnet.storage.opened import GZIP_MAGIC
from bibnet.tables.formats.content import is_table_of_works

BLOCK = 1 << 20  # 1 MB of text stays in the processor's cache (larger blocks measured slower)
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


class Inflater(Protocol):
    """One compressed member: gzip member or zstd frame."""

    @property
    def eof(self) -> bool:
        """Whether the member is complete."""

    @property
    def unused_data(self) -> bytes:
        """Bytes after the member."""

    def decompress(self, data: bytes, /) -> bytes:
        """Give what `data` inflates to."""


@dataclass(frozen=True)
class Codec:
    """A compression: its name, first bytes, inflater, and how much to inflate in one step.

    The step bounds memory: `step` bytes inflate to 64 MB at the very most.
    """

    name: str
    magic: bytes
    start: Callable[[], Inflater]
    step: int


GZIP = Codec("gzip", GZIP_MAGIC, lambda: isal_zlib.decompressobj(wbits=31), 32 << 10)
ZSTD = Codec("zstd", ZSTD_MAGIC, lambda: zstandard.ZstdDecompressor().decompressobj(), 2 << 10)
BROKEN: tuple[Any, ...] = (isal_zlib.error, zlib.error, zstandard.ZstdError, EOFError)


class TruncatedError(Exception):
    """The file ends within a compressed member."""


class TrailingBytesError(Exception):
    """After the last compressed member comes something else; the argument holds its start."""


@dataclass(frozen=True)
class Condition:
    """A file's bytes as examined: hash, codec and what is wrong with the compression.

    `trailing` is the start of what follows the compressed members, empty if nothing does.
    """

    sha256: str
    codec: Codec | None = None
    truncated: bool = False
    untrusted: bool = False
    trailing: bytes = b""

    @property
    def event(self) -> str:
        """What is wrong with the file as a whole, in a word; empty if nothing."""
        if self.codec is None:
            return ""
        wrong = {"truncated": self.truncated, "untrusted": self.untrusted}
        wrong["trailing_bytes"] = bool(self.trailing)
        return next((f"{self.codec.name}_{word}" for word, holds in wrong.items() if holds), "")


def find_codec(head: bytes) -> Codec | None:
    """Codec that the first bytes of a file show, None for a plain file."""
    return next((codec for codec in (GZIP, ZSTD) if head.startswith(codec.magic)), None)


def read_steps(path: Path, size: int) -> Iterator[bytes]:
    """Bytes of a file as they are, in steps."""
    with path.open("rb") as file:
        while step := file.read(size):
            yield step


def inflate(steps: Iterator[bytes], codec: Codec) -> Iterator[bytes]:
    """Inflate all members of a file; zero padding between them is skipped.

    Raises TruncatedError or TrailingBytesError at the end, one of BROKEN in the middle.
    """
    member: Inflater | None = None
    members = 0
    for step in steps:
        data = step
        while data:
            if member is None:
                data = data.lstrip(b"\0")
                if members and data[: len(codec.magic)] != codec.magic[: len(data)]:
                    raise TrailingBytesError(data)
                member, members = codec.start(), members + 1
            if data:
                yield member.decompress(data)
            data, member = (member.unused_data, None) if member.eof else (b"", member)
    if member is not None:
        raise TruncatedError


def examine(path: Path) -> Condition:
    """Read a file once: hash its bytes, inflate them and forget them."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        codec = find_codec(file.read(len(ZSTD_MAGIC)))
    steps = _hashed(read_steps(path, codec.step if codec else BLOCK), digest.update)
    found: dict[str, bool | bytes] = {}
    try:
        for _ in inflate(steps, codec) if codec else steps:
            pass
    except TruncatedError:
        found["truncated"] = True
    except TrailingBytesError as trailing:
        found["trailing"] = trailing.args[0]
    except BROKEN:
        found["untrusted"] = True
    for _ in steps:  # the hash is of the whole file
        pass
    return Condition(digest.hexdigest(), codec, **found)  # type: ignore[arg-type]


def _hashed(steps: Iterator[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for step in steps:
        update(step)
        yield step


def holds_works(path: Path) -> bool:
    """Whether a table begins as an export of works does."""
    try:
        with path.open("rb") as file:
            codec = find_codec(file.read(len(ZSTD_MAGIC)))
        return is_table_of_works(next(iter(SoundBlocks(path, codec)), b""))
    except OSError:
        return False


def _blocks(data: bytes) -> Iterator[bytes]:
    """Data in blocks: one step can inflate to thirty times as much, and all of it newlines."""
    if len(data) < 2 * BLOCK:
        yield data
        return
    for start in range(0, len(data), BLOCK):
        yield data[start : start + BLOCK]


class SoundBlocks:
    """Uncompressed bytes of a file in blocks, once.

    `sha256` is that of the file's bytes as they were read for the blocks; of the whole file once
    they have all been taken. Bytes that break the compression end the blocks, and `broken` is True;
    a file that was examined has changed since then.
    """

    def __init__(self, path: Path, codec: Codec | None) -> None:
        self._digest = hashlib.sha256()
        step = codec.step if codec else BLOCK
        self._steps = _hashed(read_steps(path, step), self._digest.update)
        self._codec = codec
        self.broken = False

    @property
    def sha256(self) -> str:
        """Hash of what has been read, in hexadecimal."""
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        if self._codec is None:
            yield from self._steps
            return
        parts: list[bytes] = []
        size = 0
        try:
            for part in inflate(self._steps, self._codec):
                parts.append(part)
                size += len(part)
                if size >= BLOCK:
                    yield from _blocks(b"".join(parts))
                    parts, size = [], 0
        except (TruncatedError, TrailingBytesError, *BROKEN):
            self.broken = True
        yield b"".join(parts)
        for _ in self._steps:  # the hash is of the whole file
            pass
