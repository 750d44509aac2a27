"""Who pays: works by funder, and by the country and type of funders.

A work counts once in every row it belongs to, however many of its funders are in it.
Shares are of the works that disclose a funder or an award, and of all works.
"""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.exhibit import Exhibit
from bibnet.network.counting import joint_flag
from bibnet.network.incidence import Incidence, ratio, total
from bibnet.schema.exhibits.participants import FUNDERS, FUNDING
from bibnet.storage.engine import Tables

ANY = "all"
AWARD_NUMBER = "award_number"


def funding_incidence(tables: Tables) -> Incidence:
    """Cells by funder country and funder type, `all` standing for any.

    The cell all/all is every work that discloses, also where it names an award only.
    """
    funding = tables["funding"].select("work_key", "funder_country", "funder_type")
    any_type = funding.mutate(funder_type=ibis.literal(ANY))
    any_country = funding.mutate(funder_country=ibis.literal(ANY))
    scope = tables["work_scope"]
    disclosed = scope.filter(scope.is_disclosed).select(
        "work_key", funder_country=ibis.literal(ANY), funder_type=ibis.literal(ANY)
    )
    cells = ibis.union(funding, any_type, any_country, disclosed, distinct=True)
    rows = cells.inner_join(joint_flag(tables), "work_key")
    rows = rows.mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, ("funder_country", "funder_type"), ("works", "joint_works"))


def funding(tables: Tables) -> ir.Table:
    """The funding exhibit."""
    scope = tables["work_scope"]
    bases = scope.aggregate(
        disclosed=scope.is_disclosed.cast("int64").sum(),
        joint_disclosed=(scope.is_disclosed & scope.joint).cast("int64").sum(),
        everything=scope.count(),
        joint=scope.joint.cast("int64").sum(),
    )
    rows = total(funding_incidence(tables)).cross_join(bases)
    return rows.mutate(
        share_of_disclosed=ratio(rows.works, rows.disclosed),
        share_of_joint_disclosed=ratio(rows.joint_works, rows.joint_disclosed),
        share_of_works=ratio(rows.works, rows.everything),
        share_of_joint=ratio(rows.joint_works, rows.joint),
    )


def funders_incidence(tables: Tables) -> Incidence:
    """Cells by funder: id, or name where there is no id."""
    rows = tables["funding"].select("work_key", "funder_id", "funder").distinct()
    rows = rows.inner_join(joint_flag(tables), "work_key")
    rows = rows.mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, ("funder_id", "funder"), ("works", "joint_works"))


def funders(tables: Tables) -> ir.Table:
    """The funders exhibit."""
    funding = tables["funding"]
    by_award = funding.rule.fill_null("").contains(AWARD_NUMBER)
    details = funding.group_by(["funder_id", "funder"]).aggregate(
        funder_country=funding.funder_country.min(),
        funder_type=funding.funder_type.min(),
        works_by_award=by_award.cast("int64").sum(),
        award_example=funding.matched_text.min(where=by_award),
    )
    rows = total(funders_incidence(tables))
    same = [
        rows.funder_id.identical_to(details.funder_id),
        rows.funder.identical_to(details.funder),
    ]
    joined = rows.inner_join(details, same)
    return joined.drop("funder_id_right", "funder_right")


EXHIBITS = (
    Exhibit(FUNDING, funding_incidence, funding),
    Exhibit(FUNDERS, funders_incidence, funders),
)
