"""Works by named funding programme, and by each military or defence programme.

A programme of the list is a set of funder entries; an entry may stand for several programmes.
A military programme is a funder entry typed so. A work counts once in each programme.
"""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.counts.funding import told_by_award
from bibnet.metrics.exhibit import Exhibit
from bibnet.network.counting import joint_flag
from bibnet.network.incidence import Incidence, total
from bibnet.schema.exhibits.funding import PROGRAMMES
from bibnet.storage.engine import Tables

MILITARY = "military_programme"
DETAILS = ("programme", "funder", "country", "kind")


def programmes_incidence(tables: Tables) -> Incidence:
    """Cells by programme."""
    paid = _paid(tables)
    by_award = paid.group_by(["work_key", "programme_id"]).aggregate(
        works_by_award=paid.by_award.any().cast("int64")
    )
    rows = by_award.inner_join(joint_flag(tables), "work_key")
    rows = rows.mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, ("programme_id",), ("works", "joint_works", "works_by_award"))


def programmes(tables: Tables) -> ir.Table:
    """The programmes exhibit."""
    paid = _paid(tables)
    details = paid.group_by("programme_id").aggregate(
        **{name: paid[name].min() for name in DETAILS}, matched_text=paid.matched_text.min()
    )
    return total(programmes_incidence(tables)).inner_join(details, "programme_id")


def _paid(tables: Tables) -> ir.Table:
    """Rows (work_key, programme_id, DETAILS, by_award, matched_text)."""
    funding = tables["funding"].filter(tables["funding"].entry_id.notnull())
    funding = funding.mutate(by_award=told_by_award(funding))
    says = ("by_award", "matched_text")
    programme = tables["funding_programme"].select("entry_id", "programme_id", *DETAILS)
    named = funding.select("work_key", "entry_id", *says).inner_join(programme, "entry_id")
    military = funding.filter(funding.funder_type == MILITARY)
    own = military.select(
        "work_key",
        *says,
        programme_id="entry_id",
        programme="funder",
        funder="funder",
        country="funder_country",
        kind="funder_type",
    )
    columns = ("work_key", "programme_id", *DETAILS, *says)
    return named.select(*columns).union(own.select(*columns))


EXHIBITS = (Exhibit(PROGRAMMES, programmes_incidence, programmes),)
