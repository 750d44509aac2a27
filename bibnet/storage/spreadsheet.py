"""Workbooks on disk: opened, written, and closed whatever happens."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter


@contextmanager
def new_workbook(path: Path, options: Mapping[str, Any]) -> Iterator[xlsxwriter.Workbook]:
    """A workbook that is written to `path` when the block ends; its sheets wait beside it on disk.

    Raises OSError where the system refuses to write. The archive is made in memory: the library
    hides what the system says of a file, and complains once more when it is taken down.
    """
    archive = BytesIO()
    book = xlsxwriter.Workbook(archive, {**options, "tmpdir": str(path.parent)})
    try:
        yield book
    except BaseException:
        with suppress(Exception):  # the first error is told; this gives back temporary files
            book.close()
        raise
    book.close()
    path.write_bytes(archive.getbuffer())
