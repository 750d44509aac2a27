"""Pairs of works that are one paper: by their DOI, else by title, year and first author."""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.exhibit import Exhibit
from bibnet.network.incidence import Incidence
from bibnet.schema.exhibits.volume import DUPLICATES
from bibnet.storage.engine import Tables

KEYS = ("work_a", "work_b")


def duplicates_incidence(tables: Tables) -> Incidence:
    """Cells by pair: its works that are in the corpus (one, where they are merged)."""
    pairs = _pairs(tables)
    ends = [pairs.select(*KEYS, work_id=pairs[key]) for key in KEYS]
    work = tables["work"].select("work_key", "work_id")
    rows = ibis.union(*ends).inner_join(work, "work_id").select(*KEYS, "work_key")
    return Incidence(rows.mutate(works=ibis.literal(1, "int64")), KEYS, ("works",))


def duplicates(tables: Tables) -> ir.Table:
    """The duplicates exhibit."""
    pairs = _pairs(tables)
    away = tables["excluded"].select("work_key").mutate(away=ibis.literal(True))
    rows = pairs.left_join(away, "work_key")
    return rows.mutate(merged=rows.away.fill_null(False))


def _pairs(tables: Tables) -> ir.Table:
    same = tables["same_paper"]
    first = same.work_id < same.kept_id
    return same.mutate(
        work_a=ibis.ifelse(first, same.work_id, same.kept_id),
        work_b=ibis.ifelse(first, same.kept_id, same.work_id),
        work_kept=same.kept_id,
    )


EXHIBITS = (Exhibit(DUPLICATES, duplicates_incidence, duplicates),)
