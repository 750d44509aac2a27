"""Quarter against quarter: why each headline number changed, work by work.

What a work gives to the old and the new number is a whole number of units, and every unit is in
exactly one part; so the parts add up to the change exactly. The order of the parts is stated in
PARTS: a work counts under the first that holds.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

import ibis
import ibis.expr.types as ir

from bibnet.metrics.counts.shares import ALL_SIDES
from bibnet.runs.compare.contributions import FRACTIONAL, contributions, exact_sum
from bibnet.runs.compare.presence import presence
from bibnet.runs.compare.standing import standing
from bibnet.schema import Table
from bibnet.schema.change import (
    CHANGE_WORK,
    CONTRIBUTION_NEW,
    CONTRIBUTION_OLD,
    STANDING,
    UNMOVED,
)
from bibnet.schema.units import WHOLE
from bibnet.storage.engine import Tables

CITED = ("citations_joint", "citations_one_side")
FUNDED = "works_with_funder"
LISTED = ("works_listed", "joint_works_listed")
KEY = ["number", "side", "work_id"]
PLACES = ("affiliations_changed", "rematched_by_source", "registry_changed", "resolved_anew")


# Writes an expression as a declared table and gives it back as a table that is cheap to read.
Keep = Callable[[ir.Table, Table], ir.Table]


@dataclass(frozen=True)
class Question:
    """What besides the tables decides the parts.

    `source` is the date of the old run's source, None where it is not known; `rules` are the AI
    rules of the query; `registry_only` says that nothing of ours but the registry is another.
    """

    source: datetime | None = None
    rules: Collection[str] = ()
    registry_only: bool = False

    @property
    def anew(self) -> str:
        """The part of works that bibnet places elsewhere while the source says the same."""
        return "registry_changed" if self.registry_only else "resolved_anew"


def compared_works(old: Tables, new: Tables, asked: Question, keep: Keep) -> ir.Table:
    """One row per work that either run keeps, with why it came, went or moved (`presence`)."""
    return presence(keep(standing(old, new, asked.rules), STANDING), asked.source, asked.anew)


def changed_numbers(old: Tables, new: Tables, works: ir.Table, keep: Keep) -> ir.Table:
    """Rows of CHANGE_WORK, and those of unchanged works (part `same`).

    `old` and `new` are tables of one engine, `works` their compared works; `keep` holds the steps.
    """
    before = keep(contributions(old), CONTRIBUTION_OLD)
    after = keep(contributions(new), CONTRIBUTION_NEW)
    rows = _both(before, after).inner_join(works, "work_id")
    judged = rows.mutate(
        part=_part(rows),
        unit_parts=ibis.ifelse(rows.number == FRACTIONAL, WHOLE, 1).cast("int64"),
    )
    whole = judged.select(
        *CHANGE_WORK.column_names,
        "old_citations",
        changes_group=judged.is_entry & judged.kept_in_both,
    )
    moved = keep(_with_growth(whole), CHANGE_WORK)
    return moved.union(_unmoved(moved, works))


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
        is_entry=rows.is_new.all(),
    )


def _part(rows: ir.Table) -> ir.StringValue:
    """The first that holds; a work whose contribution stayed the same is `same`."""
    return ibis.cases(
        (rows.contribution_old == rows.contribution_new, "same"),
        (rows.came.notnull(), rows.came),
        (rows.went.notnull(), rows.went),
        (rows.number.isin(CITED) & rows.in_both, "citations"),
        ((rows.number == FUNDED) & rows.other_funders, "funders_changed"),
        (rows.number == FUNDED, "rule_changed"),
        (rows.number.isin(LISTED) & ~rows.other_affiliations, by_list(rows)),
        else_=rows.moved_by,
    )


def by_list(rows: ir.Table) -> ir.StringValue:
    """Whether a work counts for a list since then, or no more."""
    return ibis.ifelse(rows.contribution_new > rows.contribution_old, "listed", "delisted")


def _with_growth(rows: ir.Table) -> ir.Table:
    """Rows of CHANGE_WORK, with citations of works that change their group in two.

    What such a work had then comes to the group by what moved it, what it gained since by
    `citations`.
    """
    names = list(CHANGE_WORK.column_names)
    grown = rows.contribution_new != rows.old_citations
    two = rows.number.isin(CITED) & rows.part.isin(PLACES) & rows.changes_group & grown
    moved = rows.mutate(
        contribution_new=ibis.ifelse(two, rows.old_citations, rows.contribution_new)
    )
    moved = moved.filter(~two | (rows.old_citations != 0))
    gained = rows.filter(two).mutate(
        part=ibis.literal("citations"),
        contribution_new=rows.contribution_new - rows.old_citations,
    )
    return moved.select(*names).union(gained.select(*names))


def _unmoved(moved: ir.Table, works: ir.Table) -> ir.Table:
    """Changes of works in both corpora that move no number: same institutions' country, text only.

    A change of affiliations counts here if none of its numbers of places moved, one of funders
    if the work names a funder then and now, or never.
    """
    by_place = moved.filter(moved.part.isin(PLACES)).select("work_id").distinct()
    by_funder = moved.filter(moved.part == "funders_changed").select("work_id").distinct()
    kept = works.filter(works.kept_in_both)
    places = kept.filter(kept.other_affiliations).anti_join(by_place, "work_id")
    funders = kept.filter(kept.other_funders).anti_join(by_funder, "work_id")
    rows = places.mutate(part=places.moved_by).union(
        funders.mutate(part=ibis.literal("funders_changed"))
    )
    zero = ibis.literal(0, "int64")
    return rows.mutate(
        number=ibis.literal(UNMOVED),
        side=ibis.literal(ALL_SIDES),
        contribution_old=zero,
        contribution_new=zero,
        unit_parts=ibis.literal(1, "int64"),
    ).select(*CHANGE_WORK.column_names)


def changed_works(rows: ir.Table) -> ir.Table:
    """Rows of CHANGE_WORK: the works whose contribution changed."""
    return rows.filter(rows.part != "same")


def change_totals(rows: ir.Table) -> ir.Table:
    """Rows (number, side, part, unit_parts, works, old, new): exact sums over the works."""
    return rows.group_by(["number", "side", "part", "unit_parts"]).aggregate(
        works=rows.count(),
        old=exact_sum(rows.contribution_old),
        new=exact_sum(rows.contribution_new),
    )
