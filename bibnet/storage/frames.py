"""Data frames row by row: cells as plain Python values, what is undefined as None."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd


@contextmanager
def texts_in_python() -> Iterator[None]:
    """Let frames that are made meanwhile hold texts as Python's own strings; values are the same.

    In Arrow's memory, where pandas puts them, each look at a column calls the other library: of
    the thousand small frames of a report that takes most of a second. Large frames are sorted and
    joined faster where pandas puts them.
    """
    with pd.option_context("mode.string_storage", "python"):
        yield


def frame_digest(frame: pd.DataFrame, columns: Iterable[str], *known: str) -> str:
    """A hash of the values of some columns, in the order of the rows, and of what else is known."""
    found = hashlib.sha256("\0".join(known).encode())
    for column in columns:
        found.update(repr(frame[column].tolist()).encode("utf-8", "backslashreplace"))
    return found.hexdigest()


def plain(values: pd.Series) -> list[Any]:
    """The cells of a column as plain Python values, None where undefined."""
    # igraph and XML writers go wrong, some in silence, on numpy's numbers and on NaN.
    cells = values.astype(object)
    return [None if missing else cell for cell, missing in zip(cells, cells.isna(), strict=True)]


def defined_rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a frame as mappings, without their undefined cells."""
    names = [str(name) for name in frame.columns]
    columns = [plain(frame[name]) for name in names]
    for cells in zip(*columns, strict=True):
        pairs = zip(names, cells, strict=True)
        yield {name: cell for name, cell in pairs if cell is not None}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as mappings of column to plain value, None where undefined."""
    names = [str(name) for name in frame.columns]
    cells = zip(*(plain(frame[name]) for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in cells]
