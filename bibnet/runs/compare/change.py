"""Quarter against quarter: why each headline number changed, work by work.

Every work belongs to exactly one part of a number, and what it gives to the old and the new
number is a whole number of units; so the parts add up to the change exactly.
"""

from collections.abc import Callable
from datetime import datetime

import ibis
import ibis.expr.types as ir

from bibnet.runs.compare.contributions import FRACTIONAL, contributions
from bibnet.runs.compare.fingerprint import fingerprints
from bibnet.runs.compare.presence import presence, standing
from bibnet.schema import Table
from bibnet.schema.change import CHANGE_WORK, CONTRIBUTION_NEW, CONTRIBUTION_OLD, STANDING
from bibnet.schema.units import WHOLE
from bibnet.storage.engine import Tables

CITED = ("citations_joint", "citations_one_side")
KEY = ["number", "side", "work_id"]


# Writes an expression as a declared table and gives it back as a table that is cheap to read.
Keep = Callable[[ir.Table, Table], ir.Table]


def changed_numbers(old: Tables, new: Tables, source: datetime | None, keep: Keep) -> ir.Table:
    """Rows of CHANGE_WORK, and those of unchanged works (part `same`).

    `old` and `new` are tables of one engine; `source` is the date of the old run's source,
    None where it is not known. `keep` holds the steps.
    """
    before = keep(contributions(old), CONTRIBUTION_OLD)
    after = keep(contributions(new), CONTRIBUTION_NEW)
    works = presence(keep(standing(old, new), STANDING), source)
    rows = _both(before, after).inner_join(works, "work_id")
    rows = rows.left_join(_other_affiliations(old, new, rows), "work_id").drop("work_id_right")
    judged = rows.mutate(
        part=_part(rows),
        unit_parts=ibis.ifelse(rows.number == FRACTIONAL, WHOLE, 1).cast("int64"),
    )
    return keep(judged.select(*CHANGE_WORK.column_names), CHANGE_WORK)


def _both(old: ir.Table, new: ir.Table) -> ir.Table:
    """Rows (number, side, work_id) with the contributions and whether the work belongs to both."""
    before = old.mutate(is_new=ibis.literal(False))
    rows = before.union(new.mutate(is_new=ibis.literal(True)))
    zero = ibis.literal(0, "int64")
    return rows.group_by(KEY).aggregate(
        contribution_old=ibis.ifelse(rows.is_new, zero, rows.value).sum().cast("int64"),
        contribution_new=ibis.ifelse(rows.is_new, rows.value, zero).sum().cast("int64"),
        # A work without citations belongs to a group and gives it nothing.
        in_both=rows.is_new.nunique() == 2,
    )


def _other_affiliations(old: Tables, new: Tables, rows: ir.Table) -> ir.Table:
    """Works kept in both runs and counted differently whose affiliations the source changed."""
    differing = rows.filter(rows.contribution_old != rows.contribution_new)
    chosen = differing.filter(differing.came.isnull() & differing.went.isnull())
    chosen = chosen.filter(~_is_citations(chosen)).select("work_id").distinct()
    before = fingerprints(old, chosen).rename(fingerprint_old="fingerprint")
    both = before.inner_join(fingerprints(new, chosen), "work_id")
    changed = both.filter(both.fingerprint_old != both.fingerprint)
    return changed.select("work_id", source_changed=ibis.literal(True))


def _is_citations(rows: ir.Table) -> ir.BooleanValue:
    return rows.number.isin(CITED) & rows.in_both


def _part(rows: ir.Table) -> ir.StringValue:
    """The first that holds; a work whose contribution stayed the same is `same`."""
    return ibis.cases(
        (rows.contribution_old == rows.contribution_new, "same"),
        (rows.came.notnull(), rows.came),
        (rows.went.notnull(), rows.went),
        (_is_citations(rows), "citations"),
        (rows.number == "works_with_funder", "funders_changed"),
        (rows.source_changed.fill_null(False), "affiliations_changed"),
        else_="resolved_anew",
    )


def changed_works(rows: ir.Table) -> ir.Table:
    """Rows of CHANGE_WORK: the works whose contribution changed."""
    return rows.filter(rows.part != "same")


def change_totals(rows: ir.Table) -> ir.Table:
    """Rows (number, side, part, unit_parts, works, old, new): exact sums over the works."""
    return rows.group_by(["number", "side", "part", "unit_parts"]).aggregate(
        works=rows.count(),
        old=_exact_sum(rows.contribution_old),
        new=_exact_sum(rows.contribution_new),
    )


def _exact_sum(value: ir.IntegerColumn) -> ir.StringValue:
    """Sum as text, because sums of weights do not fit into 64 bits."""
    return value.cast("decimal(38, 0)").sum().cast("string")
