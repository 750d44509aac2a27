"""Rows as Arrow tables, piece by piece, so that few are held as Python objects."""

import pyarrow as pa

from bibnet.schema.source import SOURCE_TABLES
from bibnet.storage.arrow import declared_columns
from bibnet.tables.rows.rows import Rows

BYTES_AT_ONCE = 32 << 20  # of text whose rows are held as Python objects


class Pieces:
    """Pieces of the source tables, cut from rows as they grow."""

    def __init__(self) -> None:
        self.rows = Rows()
        self._found: dict[str, list[pa.Table]] = {}
        self._bytes = 0

    def added(self, size: int) -> None:
        """Note that a work was added from `size` bytes."""
        self._bytes += size + self.rows.abstract_size
        if self._bytes >= BYTES_AT_ONCE:
            self._cut()

    def tables(self) -> dict[str, pa.Table]:
        """All rows added; tables without rows are left out."""
        self._cut()
        return {name: pa.concat_tables(pieces) for name, pieces in self._found.items()}

    def _cut(self) -> None:
        for table in SOURCE_TABLES:
            if found := self.rows.by_table[table.name]:
                piece = declared_columns(table, list(zip(*found, strict=True)))
                self._found.setdefault(table.name, []).append(piece)
        self.rows.empty()
        self._bytes = 0
