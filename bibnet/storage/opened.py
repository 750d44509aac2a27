"""Files that may be gzipped, told by their first bytes and opened as what they hold."""

import gzip
from pathlib import Path
from typing import Any, BinaryIO, cast

GZIP_MAGIC = b"\x1f\x8b"


def open_binary(path: Path) -> BinaryIO:
    """The bytes of a file, uncompressed where it is gzip; raises OSError where it cannot be read.

    A pipe is opened once, so that none of its bytes is lost. A damaged gzip file raises OSError,
    EOFError or zlib.error while it is read.
    """
    stream = path.open("rb")
    if stream.peek(len(GZIP_MAGIC))[: len(GZIP_MAGIC)] != GZIP_MAGIC:
        return stream
    unpacked: Any = gzip.GzipFile(fileobj=stream)
    unpacked.myfileobj = stream  # closed with it
    return cast(BinaryIO, unpacked)
