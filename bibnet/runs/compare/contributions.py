"""What every work gives to every headline number of a run.

The rows are those the exhibits are summed from, so that a headline number here is the number
of the exhibit.
"""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.citations.groups import JOINT, citations_incidence
from bibnet.metrics.counts.listed import standing_flags
from bibnet.metrics.counts.shares import ALL_SIDES, years_incidence
from bibnet.metrics.counts.volume import coverage_incidence
from bibnet.network.counting import joint_flag
from bibnet.storage.engine import Tables

ONE_SIDE_SUFFIX = " only"
FRACTIONAL = "works_fractional"


def contributions(tables: Tables) -> ir.Table:
    """Rows (number, side, work_id, value): a row for every work that belongs to the number.

    `value` is 1, citations (0 where unknown), or for works_fractional the part of the work in
    1/WHOLE. Every work stands at most once for a number and side.
    """
    rows = ibis.union(
        _of_sides(tables), *_of_coverage(tables), *_of_lists(tables), _of_citations(tables)
    )
    work = tables["work"].select("work_key", "work_id")
    named = rows.inner_join(work, "work_key")
    return named.select("number", "side", "work_id", "value")


def _rows(rows: ir.Table, number: str, value: str) -> ir.Table:
    return rows.select(
        "work_key", "side", number=ibis.literal(number), value=rows[value].cast("int64")
    )


def _of_sides(tables: Tables) -> ir.Table:
    rows = years_incidence(tables).rows
    rows = rows.mutate(works_fractional=rows.works_fractional.fill_null(0))
    whole = rows.side == ALL_SIDES
    return ibis.union(
        _rows(rows, "works", "works"),
        _rows(rows.filter(whole & (rows.joint_works == 1)), "joint_works", "joint_works"),
        _rows(rows.filter(~whole), FRACTIONAL, "works_fractional"),
    )


def _of_coverage(tables: Tables) -> list[ir.Table]:
    rows = coverage_incidence(tables).rows.mutate(side=ibis.literal(ALL_SIDES))
    names = ("works_with_country", "works_with_funder")
    return [_rows(rows.filter(rows[name] == 1), name, name) for name in names]


def _of_lists(tables: Tables) -> list[ir.Table]:
    """Works with a standing flag of the default rule, and the joint ones among them."""
    flags = standing_flags(tables)
    listed = flags.filter(flags.is_default).select("work_key").distinct()
    rows = listed.inner_join(joint_flag(tables), "work_key")
    rows = rows.mutate(side=ibis.literal(ALL_SIDES), works=ibis.literal(1, "int64"))
    joint = rows.filter(rows.joint_works == 1)
    return [_rows(rows, "works_listed", "works"), _rows(joint, "joint_works_listed", "works")]


def _of_citations(tables: Tables) -> ir.Table:
    rows = citations_incidence(tables).rows
    joint = rows.group == JOINT
    return rows.select(
        "work_key",
        side=ibis.ifelse(
            joint, ALL_SIDES, rows.group.substr(0, rows.group.length() - len(ONE_SIDE_SUFFIX))
        ),
        number=ibis.ifelse(joint, "citations_joint", "citations_one_side"),
        value=rows.citations.cast("int64"),
    )


def exact_sum(value: ir.IntegerColumn) -> ir.StringValue:
    """Sum as text, because sums of weights do not fit into 64 bits."""
    return value.cast("decimal(38, 0)").sum().cast("string")
