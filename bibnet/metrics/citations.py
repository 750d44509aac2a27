"""How often works are cited: works of one side only, and joint works.

Each work weighs one. Works with unknown citations are counted but are not in the mean.
"""

import ibis
import ibis.expr.types as ir

from bibnet.engine import Tables
from bibnet.metrics.incidence import Incidence, ratio, total

JOINT = "joint"
ONLY = " only"
# OpenAlex's world-wide scores are the reference only where nearly all works have one.
REFERENCE_COVERAGE = 0.95


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


def citations(tables: Tables) -> ir.Table:
    """The citations exhibit: means; the normalised columns are empty.

    Every group has a row, also one without works, whose mean is empty.
    """
    counted = total(citations_incidence(tables))
    rows = _groups(tables).left_join(counted, "group").drop("group_right")
    counts = ("works", "works_with_citations", "citations")
    rows = rows.mutate(**{name: rows[name].fill_null(0) for name in counts})
    undefined = ("mncs", "mncs_low", "mncs_high", "pp_top10", "pp_top10_low", "pp_top10_high")
    return rows.mutate(
        reference=_reference(tables),
        mean_citations=ratio(rows.citations, rows.works_with_citations),
        **{name: ibis.null("float64") for name in undefined},
    )


def _groups(tables: Tables) -> ir.Table:
    side = tables["side_country"].select("side").distinct()
    alone = side.select(group=side.side + ONLY)
    return alone.union(alone.limit(1).select(group=ibis.literal(JOINT)))


def _reference(tables: Tables) -> ir.StringScalar:
    """The reference set: openalex where 95 % of the grouped works have its score."""
    grouped = tables["work"].semi_join(citations_incidence(tables).rows, "work_key")
    scored = grouped.fwci.count() / grouped.count()
    threshold = ibis.literal(REFERENCE_COVERAGE).cast("float64")
    return ibis.ifelse(scored.cast("float64") >= threshold, "openalex", "ai_internal")
