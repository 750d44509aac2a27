"""Institutions that a named list holds, with their works. A flag never says more than its list.

Flags that a reviewer set aside are counted nowhere; they stay in the table list_flag.
"""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.counts.listing import (
    SINCE,
    THEN,
    UNCLEAR,
    UNTIL,
    listed_days,
    with_standing,
)
from bibnet.metrics.exhibit import Exhibit
from bibnet.network.counting import joint_flag
from bibnet.network.incidence import Incidence, total
from bibnet.reference import load
from bibnet.schema.exhibits.listed import DEFENCE, SENSITIVE_WORKS
from bibnet.storage.engine import Tables
from bibnet.storage.texts import joined

KEYS = ("institution_id", "institution", "entry_id")
SENSITIVE_KEYS = ("work_id", *KEYS, "family")
# Where a keyword says most of a work: what its authors call it, before what they say of it.
SHOWN_STANDINGS = (THEN, UNCLEAR, SINCE, UNTIL)
FIELD_ORDER = ("title", "keywords", "abstract")
YES = "yes"


def standing_flags(tables: Tables) -> ir.Table:
    """Flags that no reviewer set aside."""
    flags = tables["list_flag"]
    return flags.filter(flags.rejected_by.isnull())


def defence_incidence(tables: Tables) -> Incidence:
    """Cells by institution and entry of the list."""
    rows = standing_flags(tables).select("work_key", *KEYS).distinct()
    rows = with_standing(rows, tables).inner_join(joint_flag(tables), "work_key")
    rows = rows.mutate(works=ibis.literal(1, "int64"))
    parts = {
        f"{name}_{part}": ibis.ifelse(rows.listed == part, rows[name], 0)
        for name in ("works", "joint_works")
        for part in SHOWN_STANDINGS
    }
    return Incidence(rows.mutate(**parts), KEYS, ("works", "joint_works", *parts))


def defence(tables: Tables) -> ir.Table:
    """The defence exhibit: every listed institution or body found, with its list and rules."""
    rows = _matched(total(defence_incidence(tables)), _details(standing_flags(tables)))
    dated = rows.left_join(listed_days(tables), "entry_id").drop("entry_id_right")
    return dated.mutate(listed_now=dated.listed_now.fill_null(False))


def sensitive_families() -> list[str]:
    """Families of keywords that can make a work sensitive."""
    return [row["family"] for row in load.rows("keyword_families") if row["sensitive"] == YES]


def sensitive_incidence(tables: Tables) -> Incidence:
    """Cells by work, institution, entry and family: flagged by default rule and keyword found."""
    flags, hits = standing_flags(tables), tables["keyword_hit"]
    bodies = flags.filter(flags.is_default).select("work_key", *KEYS).distinct()
    bodies = with_standing(bodies, tables)
    subjects = hits.filter(hits.family.isin(sensitive_families()))
    rows = bodies.inner_join(subjects.select("work_key", "family").distinct(), "work_key")
    rows = rows.inner_join(tables["work"].select("work_key", "work_id"), "work_key")
    rows = rows.inner_join(joint_flag(tables), "work_key")
    rows = rows.mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, SENSITIVE_KEYS, ("works", "joint_works"))


def sensitive_works(tables: Tables) -> ir.Table:
    """The exhibit of sensitive works: a row for each work, institution, entry and family."""
    work = tables["work"].select("work_key", "doi", "title", "year")
    rows = sensitive_incidence(tables).rows.inner_join(work, "work_key")
    rows = rows.inner_join(_first_hits(tables), ["work_key", "family"])
    return _matched(rows, _details(standing_flags(tables)))


def _first_hits(tables: Tables) -> ir.Table:
    """The hit of each work and family that says most, and all terms found."""
    hits, same = tables["keyword_hit"], ["work_key", "family"]
    names = hits.select(*same, "term").distinct()
    terms = names.group_by(same).aggregate(terms=joined(names.term, "|"))
    place = ibis.cases(*((hits.field == name, at) for at, name in enumerate(FIELD_ORDER)), else_=9)
    window = ibis.window(group_by=same, order_by=[place, hits.term])
    ranked = hits.mutate(rank=ibis.row_number().over(window))
    return ranked.filter(ranked["rank"] == 0).drop("rank").inner_join(terms, same)


def _details(flags: ir.Table) -> ir.Table:
    """What the list and the places say of each institution and entry."""
    details = flags.group_by(list(KEYS)).aggregate(
        country=flags.country.min(),
        category=flags.category.min(),
        kind=flags.kind.min(),
        is_default=flags.is_default.any(),
        lists=flags.lists.min(),
        list_date=flags.list_date.min(),
        parent=flags.parent.max(),
    )
    for name, column in (("rules", "rule"), ("cities", "city")):
        values = flags.select(*KEYS, value=flags[column]).distinct()
        texts = values.group_by(list(KEYS)).aggregate(**{name: joined(values.value, "|")})
        details = _matched(details, texts)
    meanings = [(row["category"], row["meaning"]) for row in load.rows("defence_categories")]
    return details.mutate(
        category_meaning=ibis.cases(*((details.category == code, said) for code, said in meanings))
    )


def _matched(rows: ir.Table, part: ir.Table) -> ir.Table:
    """Join on the keys, an empty institution_id matching an empty one."""
    same = [rows[key].identical_to(part[key]) for key in KEYS]
    joined = rows.inner_join(part, same)
    return joined.drop(*(f"{key}_right" for key in KEYS))


EXHIBITS = (
    Exhibit(DEFENCE, defence_incidence, defence),
    Exhibit(SENSITIVE_WORKS, sensitive_incidence, sensitive_works),
)
