"""Files that may be gzipped, told by their first bytes and opened as what they hold."""

import gzip
from pathlib import Path
from typing import BinaryIO, cast

GZIP_MAGIC = b"\x1f\x8b"


def open_binary(path: Path) -> BinaryIO:
    """The bytes of a file, uncompressed where it is gzip; raises OSError where it cannot be read.

    A damaged gzip file raises OSError, EOFError or zlib.error while it is read.
    """
    with path.open("rb") as stream:
        magic = stream.read(len(GZIP_MAGIC))
    return cast(BinaryIO, gzip.open(path)) if magic == GZIP_MAGIC else path.open("rb")
