"""Works of units and of pairs of units, counted in one place for every level and exhibit."""

import ibis
import ibis.expr.types as ir

from bibnet.network.incidence import Incidence, total
from bibnet.schema.units import UNKNOWN
from bibnet.storage.engine import Tables

PAIR_COUNTS = ("works", "coauthor_works", "dual_affiliation_works", "joint_works")


def joint_flag(tables: Tables) -> ir.Table:
    """Rows (work_key, year, joint_works): 1 for works with a country of every side."""
    scope = tables["work_scope"]
    return scope.select("work_key", "year", joint_works=scope.joint.cast("int64"))


def with_work_id(tie: ir.Table, work: ir.Table) -> ir.Table:
    """The rows of a tie table with the id of their work (the key is the place in the input)."""
    return tie.inner_join(work.select("work_key", "work_id"), "work_key")


def unit_weights(membership: ir.Table) -> ir.Table:
    """Rows (work_key, unit, works_fractional): each unit of each work once, weights summed."""
    return membership.group_by(["work_key", "unit"]).aggregate(
        works_fractional=membership.weight.sum().cast("int64")
    )


def units_incidence(membership: ir.Table, tables: Tables) -> Incidence:
    """Cells by unit, full and fractional; `unknown` is left out."""
    rows = unit_weights(membership.filter(membership.unit != UNKNOWN))
    rows = rows.inner_join(joint_flag(tables), "work_key").mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, ("unit",), ("works", "joint_works"), ("works_fractional",))


def unit_counts(membership: ir.Table, tables: Tables) -> ir.Table:
    """Rows (unit, works, joint_works, works_fractional) of a level's membership."""
    return total(units_incidence(membership, tables))


def pairs_incidence(tie: ir.Table, level: str, tables: Tables) -> Incidence:
    """Cells by pair; `level` (country, institution, unit) names the key columns."""
    scope = tables["work_scope"].select("work_key", "joint")
    rows = tie.inner_join(scope, "work_key")
    keys = (f"{level}_a", f"{level}_b")
    rows = rows.select(
        "work_key",
        **{keys[0]: rows.unit_a, keys[1]: rows.unit_b},
        works=ibis.literal(1, "int64"),
        works_fractional=rows.weight,
        coauthor_works=rows.coauthor.cast("int64"),
        dual_affiliation_works=rows.dual_affiliation.cast("int64"),
        joint_works=rows.joint.cast("int64"),
    )
    return Incidence(rows, keys, PAIR_COUNTS, ("works_fractional",))


def edges(tables: Tables) -> ir.Table:
    """Edges of the institution network (EDGE): counted pairs, and whether they cross sides."""
    rows = total(pairs_incidence(tables["institution_tie"], "institution", tables))
    for end in ("a", "b"):
        rows = rows.inner_join(described_end(tables, end), f"institution_{end}")
    return rows.mutate(cross_side=(rows.side_a != rows.side_b).fill_null(False))


def described_end(tables: Tables, end: str) -> ir.Table:
    """Rows (institution_END, name_END, country_END, side_END) of every institution."""
    row = tables["institution"]
    return row.select(
        **{
            f"institution_{end}": row.institution_id,
            f"name_{end}": row.institution,
            f"country_{end}": row.country,
            f"side_{end}": row.side,
        }
    )


def ends(pairs: ir.Table, level: str) -> ir.Table:
    """Each pair from both ends: rows (unit, partner, and the pair's columns)."""
    first, second = f"{level}_a", f"{level}_b"
    others = [name for name in pairs.columns if name not in (first, second)]
    one_way = pairs.select(*others, unit=pairs[first], partner=pairs[second])
    back = pairs.select(*others, unit=pairs[second], partner=pairs[first])
    return one_way.union(back)
