"""Institutions that a named list holds, with their works. A flag never says more than the list."""

import ibis
import ibis.expr.types as ir

from bibnet.engine import Tables
from bibnet.metrics.incidence import Incidence, total
from bibnet.metrics.volume import joint_flag

KEYS = ("institution_id", "institution", "entry_id")


def defence_incidence(tables: Tables) -> Incidence:
    """Cells by institution and entry of the list."""
    rows = tables["list_flag"].select("work_key", *KEYS).distinct()
    rows = rows.inner_join(joint_flag(tables), "work_key")
    return Incidence(rows.mutate(works=ibis.literal(1, "int64")), KEYS, ("works", "joint_works"))


def defence(tables: Tables) -> ir.Table:
    """The defence exhibit: every listed institution or body found, with its list and rules."""
    flags = tables["list_flag"]
    rules = flags.select(*KEYS, "rule").distinct()
    details = flags.group_by(list(KEYS)).aggregate(
        country=flags.country.min(),
        category=flags.category.min(),
        lists=flags.lists.min(),
        list_date=flags.list_date.min(),
    )
    found = rules.group_by(list(KEYS)).aggregate(
        rules=rules.rule.group_concat("|", order_by=rules.rule)
    )
    rows = total(defence_incidence(tables))
    for part in (details, found):
        rows = _matched(rows, part)
    return rows


def _matched(rows: ir.Table, part: ir.Table) -> ir.Table:
    """Join on the keys, an empty institution_id matching an empty one."""
    same = [rows[key].identical_to(part[key]) for key in KEYS]
    joined = rows.inner_join(part, same)
    return joined.drop(*(f"{key}_right" for key in KEYS))
