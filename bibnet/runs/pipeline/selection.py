"""Which works a query takes beyond its rules: of some funders, ids, venues; the most cited.

Each work that is left out stands in `excluded` under the first of these that leaves it out.
"""

from collections.abc import Callable, Mapping
from typing import Any

import ibis
import ibis.expr.types as ir

from bibnet.network.scope import institutions_within, side_institutions
from bibnet.query import Query
from bibnet.query.selection import venue_key, venue_keys
from bibnet.schema.places import INSTITUTION
from bibnet.schema.ties import SIDE_INSTITUTION
from bibnet.storage.unfinished import UnfinishedRun
from bibnet.tag.funders.funders import FunderEvidence, funding
from bibnet.tag.funders.known import FunderList

IDS, VENUES, FUNDERS, TOP_CITED, INSTITUTIONS = (
    "ids",
    "venues",
    "funders",
    "top_cited",
    "institutions",
)


def unchosen_works(run: UnfinishedRun, query: Query) -> ir.Table | None:
    """Rows of EXCLUDED: works of the corpus that the query does not take; None = no such rule.

    Reads work, work_funder, award and topic. `top_cited` is asked last, of what the others leave.
    """
    asked: Mapping[str, tuple[Any, Callable[[UnfinishedRun, Query], ir.Table]]] = {
        IDS: (query.ids, _with_ids),
        VENUES: (query.venues, _of_venues),
        FUNDERS: (query.funders, _of_funders),
        TOP_CITED: (query.top_cited, _top_cited),
    }
    left = run.tables["work"].select("work_key", "work_id")
    out: list[ir.Table] = []
    for rule, (value, choose) in asked.items():
        if value:
            tables = {**run.tables, "work": run.tables["work"].semi_join(left, "work_key")}
            chosen = choose(_with_tables(run, tables), query)
            out.append(left.anti_join(chosen, "work_key").mutate(rule=ibis.literal(rule)))
            left = left.semi_join(chosen, "work_key")
    return ibis.union(*out) if len(out) > 1 else (out[0] if out else None)


def _with_tables(run: UnfinishedRun, tables: dict[str, ir.Table]) -> UnfinishedRun:
    return UnfinishedRun(run.folder, run.engine, run.say, run.status, tables)


def _with_ids(run: UnfinishedRun, query: Query) -> ir.Table:
    work, ids = run.tables["work"], query.ids
    dois = sorted(ids.dois) if ids else []
    works = sorted(ids.work_ids) if ids else []
    named = work.doi.isin(dois).fill_null(False) | work.work_id.isin(works)
    return work.filter(named).select("work_key")


def _of_venues(run: UnfinishedRun, query: Query) -> ir.Table:
    work, keys = run.tables["work"], venue_keys(query.venues)
    names = run.frame(work.select("venue").distinct())["venue"].dropna()
    chosen = sorted(name for name in names if venue_key(name) in keys)
    return work.filter(work.venue.isin(chosen or [""])).select("work_key")


def _of_funders(run: UnfinishedRun, query: Query) -> ir.Table:
    """Works of the funders by id, by a name that means one, and by ids merged into one."""
    merged = FunderList().merged
    wanted = sorted({merged.get(one, one) for one in query.funders})
    paid = funding(run.tables, FunderEvidence())
    return paid.filter(paid.funder_id.isin(wanted)).select("work_key").distinct()


def _top_cited(run: UnfinishedRun, query: Query) -> ir.Table:
    """Works that fewer than the share of the works of their field and year are cited more than.

    Works at the threshold are all in; a work of unknown citations is not.
    """
    work, topic = run.tables["work"], run.tables["topic"]
    primary = topic.filter(topic.topic_seq == 0).select("work_key", "field_id")
    rows = work.select("work_key", "year", "citations").left_join(primary, "work_key")
    rows = rows.filter(rows.citations.notnull()).drop("work_key_right")
    same = ["year", "field_id"]
    ranked = rows.mutate(
        more=ibis.rank().over(ibis.window(group_by=same, order_by=rows.citations.desc())),
        of=rows.count().over(ibis.window(group_by=same)),
    )
    share = ibis.literal(query.top_cited or 0.0).cast("float64")
    return ranked.filter(ranked.more < ranked.of * share).select("work_key")


def works_elsewhere(run: UnfinishedRun, query: Query) -> ir.Table:
    """Rows of EXCLUDED: placed works without an institution that the query names, or one below."""
    within = institutions_within(run.tables, query.institutions)
    place = run.tables["place"].semi_join(within, "institution_id")
    work = run.tables["work"].select("work_key", "work_id")
    return work.anti_join(place, "work_key").mutate(rule=ibis.literal(INSTITUTIONS))


def write_side_institutions(run: UnfinishedRun, query: Query) -> None:
    """Write the institutions of the sides given by them, and their side to the institutions."""
    run.write(side_institutions(run.tables, query.side_institutions), SIDE_INSTITUTION)
    if query.side_institutions:
        institution = run.tables["institution"]
        own = run.tables["side_institution"].select("institution_id", own_side="side")
        own = own.group_by("institution_id").aggregate(own_side=own.own_side.min())
        rows = institution.left_join(own, "institution_id").drop("institution_id_right")
        run.rewrite(rows.mutate(side=ibis.coalesce(rows.own_side, rows.side)), INSTITUTION)
