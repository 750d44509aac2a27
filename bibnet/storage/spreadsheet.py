"""Workbooks on disk: opened, written, and closed whatever happens."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

import xlsxwriter

# No value becomes a formula, a link or another type than it has; rows leave memory as they come.
PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


@contextmanager
def new_workbook(path: Path) -> Iterator[xlsxwriter.Workbook]:
    """A workbook of plain values, written to `path` when the block ends.

    Its sheets wait beside it on disk. Raises OSError where the system refuses to write. The
    archive is made in memory: the library hides what the system says of a file, and complains once
    more when it is taken down.
    """
    archive = BytesIO()
    book = xlsxwriter.Workbook(archive, {**PLAIN, "tmpdir": str(path.parent)})
    try:
        yield book
    except BaseException:
        with suppress(Exception):  # the first error is told; this gives back temporary files
            book.close()
        raise
    book.close()
    path.write_bytes(archive.getbuffer())
