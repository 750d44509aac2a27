"""Why the numbers of a listed body, a funder or an institution changed, work by work.

A work counts once for a unit, so that a number is that of the exhibit and the parts add up.
Whether a work belongs to a funder is moved by its funders or our list of funders; whether it is a
joint work is moved by its affiliations. A joint work of a funder that changed in both counts under
what moved its funders.
"""

from collections.abc import Collection, Iterator
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from bibnet.metrics.counts.listed import standing_flags
from bibnet.network.counting import joint_flag
from bibnet.runs.compare.change import by_list
from bibnet.schema.change import (
    ALL_PARTS,
    CHANGE_UNIT,
    CHANGE_UNIT_WORK,
    FUNDER,
    INSTITUTION,
    LISTED_BODY,
)
from bibnet.storage.engine import Tables
from bibnet.storage.frames import records

KEY = ("kind", "unit_id", "unit", "entry_id")
NUMBERS = ("works", "joint_works")
SAME = "same"
NO_TEXT = ""


def changed_units(
    old: Tables, new: Tables, works: ir.Table, institutions: Collection[str]
) -> ir.Table:
    """Rows of CHANGE_UNIT_WORK, and those of unchanged works (part `same`).

    `works` are the compared works of both runs; `institutions` the ids of those asked for. An id
    or entry that a unit does not have is empty text.
    """
    rows = _both(_members(old, institutions), _members(new, institutions))
    rows = rows.inner_join(works, "work_id")
    numbers = [_number(rows, number) for number in NUMBERS]
    counted = ibis.union(*numbers)
    judged = counted.mutate(part=_part(counted)).left_join(_names(old, new), "unit_id")
    named = judged.mutate(unit=judged.name.coalesce(judged.unit))
    return named.select(*CHANGE_UNIT_WORK.column_names)


def _members(tables: Tables, institutions: Collection[str]) -> ir.Table:
    """Rows (KEY, work_id, joint_works): every work of every unit once."""
    flags, funding = standing_flags(tables), tables["funding"]
    member = tables["institution_membership"]
    chosen = member.filter(member.unit.isin(sorted(institutions)))
    units = ibis.union(
        _named(flags, LISTED_BODY, flags.institution_id, flags.institution, flags.entry_id),
        _named(funding, FUNDER, funding.funder_id, funding.funder),
        _named(chosen, INSTITUTION, chosen.unit, chosen.unit),
    )
    rows = units.inner_join(joint_flag(tables), "work_key")
    rows = rows.inner_join(tables["work"].select("work_key", "work_id"), "work_key")
    return rows.select(*KEY, "work_id", "joint_works")


def _named(
    rows: ir.Table,
    kind: str,
    unit_id: ir.Value,
    name: ir.Value,
    entry_id: ir.Value | str = NO_TEXT,
) -> ir.Table:
    entry = ibis.literal(entry_id) if isinstance(entry_id, str) else entry_id
    return rows.select(
        "work_key",
        kind=ibis.literal(kind),
        unit_id=unit_id.fill_null(NO_TEXT),
        unit=ibis.ifelse(unit_id.isnull(), name, NO_TEXT).fill_null(NO_TEXT),
        entry_id=entry.fill_null(NO_TEXT),
    ).distinct()


def _names(old: Tables, new: Tables) -> ir.Table:
    """Rows (unit_id, name): as the new run names the unit, else as the old one does."""
    rows = ibis.union(*_names_of(old, False), *_names_of(new, True))
    return rows.group_by("unit_id").aggregate(
        name=rows.name.min(where=rows.is_new).coalesce(rows.name.min())
    )


def _names_of(tables: Tables, is_new: bool) -> Iterator[ir.Table]:
    for rows, unit_id, name in (
        (standing_flags(tables), "institution_id", "institution"),
        (tables["funding"], "funder_id", "funder"),
        (tables["institution"], "institution_id", "institution"),
    ):
        named = rows.select(unit_id=rows[unit_id], name=rows[name], is_new=ibis.literal(is_new))
        yield named.filter(named.unit_id.notnull()).distinct()


def _both(old: ir.Table, new: ir.Table) -> ir.Table:
    """Rows (KEY, work_id) with what the work is to the unit in either run, 1 or 0."""
    rows = old.mutate(is_new=ibis.literal(False)).union(new.mutate(is_new=ibis.literal(True)))

    def most(value: ir.Value, is_new: bool) -> ir.Value:
        return ibis.ifelse(rows.is_new == is_new, value, 0).max().cast("int64")

    one = ibis.literal(1, "int64")
    return rows.group_by([*KEY, "work_id"]).aggregate(
        works_old=most(one, False),
        works_new=most(one, True),
        joint_works_old=most(rows.joint_works, False),
        joint_works_new=most(rows.joint_works, True),
    )


def _number(rows: ir.Table, number: str) -> ir.Table:
    either = rows[f"{number}_old"] + rows[f"{number}_new"]
    return rows.filter(either > 0).select(
        *KEY,
        "work_id", "doi", "title", "came", "went", "moved_by",
        "other_affiliations", "other_funders",
        number=ibis.literal(number),
        contribution_old=rows[f"{number}_old"],
        contribution_new=rows[f"{number}_new"],
        stays=rows.works_old == rows.works_new,
    )  # fmt: skip


def _part(rows: ir.Table) -> ir.StringValue:
    """The first that holds; a work that counts in both numbers is `same`."""
    funder, listed = rows.kind == FUNDER, rows.kind == LISTED_BODY
    return ibis.cases(
        (rows.contribution_old == rows.contribution_new, SAME),
        (rows.came.notnull(), rows.came),
        (rows.went.notnull(), rows.went),
        (rows.stays, rows.moved_by),
        (funder & rows.other_funders, "funders_changed"),
        (funder, "rule_changed"),
        (listed & ~rows.other_affiliations, by_list(rows)),
        else_=rows.moved_by,
    )


def unit_totals(rows: ir.Table) -> ir.Table:
    """Rows (KEY, number, part, works, old, new): sums over the works."""
    return rows.group_by([*KEY, "number", "part"]).aggregate(
        works=rows.count(),
        old=rows.contribution_old.sum(),
        new=rows.contribution_new.sum(),
    )


def unit_rows(totals: pd.DataFrame, numbers: Collection[str] = NUMBERS) -> list[dict[str, Any]]:
    """Rows of CHANGE_UNIT, sorted: each number (part `all`), then the parts of its change.

    Units with the same numbers in both runs are there too, with their numbers alone.
    """
    totals = totals[totals["number"].isin(list(numbers))]
    whole = totals.groupby([*KEY, "number"], as_index=False)[["works", "old", "new"]].sum()
    rows = pd.concat([whole.assign(part=ALL_PARTS), totals[totals["part"] != SAME]])
    rows["change"] = rows["new"] - rows["old"]
    rows = rows.sort_values([*KEY, "number", "part"])
    return records(rows[list(CHANGE_UNIT.column_names)])
