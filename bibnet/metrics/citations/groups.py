"""How often works are cited: works of one side only, and joint works.

Each work weighs one. Works with unknown citations are counted but are not in the mean. The mean
is over all works with known citations, those too that are too young for a normalised score.
"""

import ibis
import ibis.expr.types as ir

from bibnet.network.incidence import Incidence, ratio, total
from bibnet.storage.engine import Tables

JOINT = "joint"
ONLY = " only"
ALL = "all"
# Bands of the number of authors: one, a pair, a small, a middle and a large team.
TEAM_BANDS = ((1, "1"), (2, "2"), (5, "3-5"), (10, "6-10"))
LARGEST_TEAM, NO_AUTHORS = "11+", "none"
# As in the collaboration types of Clarivate's Collab-CNCI: one country, two, three, four and more.
MANY_COUNTRIES = 4


def citations_incidence(tables: Tables) -> Incidence:
    """Cells by group: `SIDE only` (a side and no other side), or joint."""
    side = tables["work_side"]
    per_work = ibis.window(group_by=side.work_key)
    counted = side.mutate(sides=side.count().over(per_work))
    alone = counted.filter(counted.sides == 1)
    scope = tables["work_scope"]
    groups = alone.select("work_key", group=alone.side + ONLY).union(
        scope.filter(scope.joint).select("work_key", group=ibis.literal(JOINT))
    )
    work = tables["work"].select("work_key", cited="citations")
    rows = groups.inner_join(work, "work_key")
    rows = rows.select(
        "work_key",
        "group",
        works=ibis.literal(1, "int64"),
        works_with_citations=rows.cited.notnull().cast("int64"),
        citations=rows.cited.fill_null(0),
    )
    return Incidence(rows, ("group",), ("works", "works_with_citations", "citations"))


def citations_by_team_incidence(tables: Tables) -> Incidence:
    """Cells by group, number of countries and of authors; `all` stands for every number."""
    incidence = citations_incidence(tables)
    scope = tables["work_scope"].select("work_key", number="countries")
    team = tables["work"].select("work_key", "authors").inner_join(scope, "work_key")
    bands = team.select("work_key", countries=_countries(team.number), authors=_team(team.authors))
    rows = incidence.rows.inner_join(bands, "work_key")
    every = ibis.literal(ALL)
    rows = ibis.union(
        rows,
        rows.mutate(authors=every),
        rows.mutate(countries=every),
        rows.mutate(countries=every, authors=every),
    )
    return Incidence(rows, ("group", "countries", "authors"), incidence.counts)


def _countries(number: ir.IntegerValue) -> ir.StringValue:
    many = ibis.literal(f"{MANY_COUNTRIES}+")
    return ibis.ifelse(number >= MANY_COUNTRIES, many, number.cast("string"))


def _team(authors: ir.IntegerValue) -> ir.StringValue:
    bands = [(authors <= most, ibis.literal(band)) for most, band in TEAM_BANDS]
    return ibis.cases(
        (authors.fill_null(0) < 1, ibis.literal(NO_AUTHORS)), *bands, else_=LARGEST_TEAM
    )


def counted_citations(tables: Tables) -> ir.Table:
    """Counts of every group, also of one without works, whose mean is empty."""
    counted = total(citations_incidence(tables))
    rows = _groups(tables).left_join(counted, "group").drop("group_right")
    counts = ("works", "works_with_citations", "citations")
    return _with_mean(rows.mutate(**{name: rows[name].fill_null(0) for name in counts}))


def counted_teams(tables: Tables) -> ir.Table:
    """Counts of every group by number of countries and authors that has a work."""
    return _with_mean(total(citations_by_team_incidence(tables)))


def _with_mean(rows: ir.Table) -> ir.Table:
    return rows.mutate(mean_citations=ratio(rows.citations, rows.works_with_citations))


def _groups(tables: Tables) -> ir.Table:
    side = tables["side_country"].select("side").distinct()
    alone = side.select(group=side.side + ONLY)
    return alone.union(alone.limit(1).select(group=ibis.literal(JOINT)))
