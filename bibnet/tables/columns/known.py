"""Cells of objects that come again and again, made once by the rules for rows."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from bibnet.tables.identifiers import CACHED
from bibnet.tables.rows.rows import Rows

Key = TypeVar("Key", bound=Hashable)
Cells = TypeVar("Cells")


class Known(dict[Key, Cells | None]):
    """Cells by what they are made of; None where there is something to note. At most CACHED."""

    def __init__(self, cells: Callable[[Rows, Key], Cells]) -> None:
        self._cells = cells

    def __missing__(self, key: Key) -> Cells | None:
        rows = Rows()
        cells = self._cells(rows, key)
        found = None if rows.issues else cells
        if len(self) < CACHED:
            self[key] = found
        return found
