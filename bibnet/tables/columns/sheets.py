"""Columns of the source tables as they grow, a few works at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bibnet.schema import Table
from bibnet.schema.source import (
    AFFILIATION,
    ASSERTED_INSTITUTION,
    AUTHORSHIP,
    CITING_YEAR,
    CONCEPT,
    STATED_COUNTRY,
    TOPIC,
    WORK,
)
from bibnet.tables.decode.objects import WorkObject
from bibnet.tables.rows.rows import Rows

IN_COLUMNS = (
    WORK,
    AUTHORSHIP,
    STATED_COUNTRY,
    AFFILIATION,
    ASSERTED_INSTITUTION,
    TOPIC,
    CONCEPT,
    CITING_YEAR,
)


@dataclass(frozen=True)
class Some:
    """A few works with their numbers in the batch; more at once leave the processor's cache."""

    works: Sequence[WorkObject]
    numbers: Sequence[int]


class Sheet:
    """Rows of one table as lists: the number of the work of each, and the other columns."""

    def __init__(self, width: int) -> None:
        self.owner: list[int] = []
        self.columns: list[list[Any]] = [[] for _ in range(width)]

    def extend(self, owner: Sequence[int], columns: Iterable[Iterable[Any]]) -> None:
        """Add rows, given as columns."""
        self.owner += owner
        for held, more in zip(self.columns, columns, strict=True):
            held.extend(more)


@dataclass(frozen=True)
class Part:
    """Rows of a table in declared form: the number of the work of each, and the other columns."""

    owner: Sequence[int] | npt.NDArray[np.int64]
    columns: Sequence[Sequence[Any] | pa.Array]


@dataclass(frozen=True)
class Outside:
    """What the entries of an authorship leave out, as `affiliations_of` counts it."""

    work: int
    strings: int
    institutions: int


@dataclass(frozen=True)
class Sheets:
    """What works of a batch give, before it is in its declared form.

    `odd` has the numbers of works that need what only `add_work` knows: what they gave is not to be
    used. `rows` holds the tables that are made work by work.
    """

    partition: datetime | None = None
    odd: set[int] = field(default_factory=set)
    outside: list[Outside] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)
    by_table: dict[str, Sheet] = field(
        default_factory=lambda: {t.name: Sheet(len(t.columns) - 1) for t in IN_COLUMNS}
    )

    def sheet(self, table: Table) -> Sheet:
        """The rows of a table."""
        return self.by_table[table.name]
