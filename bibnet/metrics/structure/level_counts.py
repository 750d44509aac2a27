"""Works of the units of any level, and of the pairs of them."""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.counts.pairs import pairs_incidence, with_association
from bibnet.metrics.counts.volume import joint_flag, unit_weights
from bibnet.network.incidence import Incidence, total
from bibnet.schema.units import UNKNOWN
from bibnet.storage.engine import Tables


def units_incidence(membership: ir.Table, tables: Tables) -> Incidence:
    """Cells by unit, full and fractional; `unknown` is left out."""
    rows = unit_weights(membership.filter(membership.unit != UNKNOWN))
    rows = rows.inner_join(joint_flag(tables), "work_key").mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, ("unit",), ("works", "joint_works"), ("works_fractional",))


def unit_counts(membership: ir.Table, tables: Tables) -> ir.Table:
    """Rows (unit, works, joint_works, works_fractional) of a level's membership."""
    return total(units_incidence(membership, tables))


def pair_counts(tie: ir.Table, tables: Tables) -> ir.Table:
    """Every pair of a level's ties: unit_a, unit_b, the counts, association_strength."""
    return with_association(total(pairs_incidence(tie, "unit", tables)), "unit")
