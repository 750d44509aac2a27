"""One expression, two answers: an incidence counts a cell and lists the works behind it.

An incidence has one row per cell and work: the key columns of the cell, `work_key`, and a
number for each measure. Summed over the works of a cell they are the exhibit's numbers;
filtered to a cell they are the list of its works.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from bibnet.schema.units import WHOLE

# Each part of a work is rounded down by less than 1/WHOLE: five million of them lose no more.
ROUNDING = 1e-9


@dataclass(frozen=True)
class Incidence:
    """Rows (`keys`, work_key, measures). Weights are measures in units of 1/WHOLE works."""

    rows: ir.Table
    keys: tuple[str, ...]
    counts: tuple[str, ...]
    weights: tuple[str, ...] = ()

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of all numbers that are summed."""
        return (*self.counts, *self.weights)


def total(incidence: Incidence) -> ir.Table:
    """One row per cell: the keys and the sum of every measure, weights in works."""
    rows = incidence.rows
    sums: dict[str, ir.Value] = {name: rows[name].sum() for name in incidence.counts}
    sums |= {name: in_works(rows[name]) for name in incidence.weights}
    return rows.group_by(list(incidence.keys)).aggregate(**sums)


def in_works(weight: ir.IntegerColumn) -> ir.FloatingScalar:
    """Sum of weights as a number of works; exact until the last step, whatever the order.

    Whole works and the rest are divided apart: their sum in one number has more digits than a
    float. A rest within ROUNDING of none or of a whole work is what rounding the parts down left.
    """
    total = weight.cast("decimal(38, 0)").sum()
    left = total % ibis.literal(WHOLE, "int64")
    works = ((total - left).cast("float64") / float(WHOLE)).round().cast("float64")
    rest = left.cast("float64") / float(WHOLE)
    return works + ibis.cases((rest < ROUNDING, 0.0), (rest > 1 - ROUNDING, 1.0), else_=rest)


def of_cell(incidence: Incidence, cell: Mapping[str, object]) -> ir.Table:
    """Works of one cell (or of several, where keys are left out), with their measures.

    An empty key (None) matches rows whose key is empty. A work in several cells stands
    once, with the largest of its measures.
    """
    return of_cells(incidence, [{key: [value] for key, value in cell.items()}])


def of_cells(incidence: Incidence, orders: Sequence[Mapping[str, Sequence[object]]]) -> ir.Table:
    """Works of all cells whose keys have one of the values given, in any of `orders`.

    As `of_cell`, but each key may have several values (None = empty).
    """
    rows = incidence.rows
    kept = rows.filter(ibis.or_(*(_fits(rows, order) for order in orders)))
    return kept.group_by("work_key").aggregate(
        **{name: kept[name].max() for name in incidence.measures}
    )


def _fits(rows: ir.Table, order: Mapping[str, Sequence[object]]) -> ir.BooleanValue:
    fits: list[ir.BooleanValue] = []
    for key, values in order.items():
        known = [value for value in values if value is not None]
        one_of = rows[key].isin(known) if known else ibis.literal(False)
        fits.append(one_of | rows[key].isnull() if None in values else one_of)
    return ibis.and_(ibis.literal(True), *fits)


def ratio(part: ir.NumericValue, whole: ir.NumericValue) -> ir.FloatingValue:
    """Part / whole as a float; empty where the whole is zero."""
    return part.cast("float64") / whole.cast("float64").nullif(ibis.literal(0).cast("float64"))
