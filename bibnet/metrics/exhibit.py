"""What an exhibit needs beside its declaration: what counts it, and what lists its works."""

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from bibnet.network.incidence import Incidence
from bibnet.schema import Table
from bibnet.storage.engine import Tables


@dataclass(frozen=True)
class Exhibit:
    """An exhibit: its declaration, the works behind its cells, and its rows.

    `incidence` lists the works of each cell. `rows` counts them; it is None where the rows need
    more than tables (`bibnet/metrics/stage.py` computes those).
    """

    table: Table
    incidence: Callable[[Tables], Incidence]
    rows: Callable[[Tables], ir.Table] | None = None


def without_one_sided(table: Table, rows: ir.Table) -> ir.Table:
    """The exhibit with every column empty that needs works of one side only."""
    empty = {name: ibis.null(rows[name].type()) for name in table.needs_one_sided}
    return rows.mutate(**empty) if empty else rows
