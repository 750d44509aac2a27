"""Works by company: institutions of the type, and companies that affiliation strings name."""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.exhibit import Exhibit
from bibnet.network.counting import joint_flag
from bibnet.network.incidence import Incidence, total
from bibnet.reference.public_bodies import public_rors
from bibnet.schema.exhibits.participants import COMPANIES
from bibnet.storage.engine import Tables
from bibnet.storage.texts import joined, parts

COMPANY, TYPE = "company", "type"
KEYS = ("institution_id", "institution", "country")


def companies_incidence(tables: Tables) -> Incidence:
    """Cells by company: id, name and country; a company without an id goes by name and country."""
    rows = _recognised(tables).select("work_key", *KEYS).distinct()
    rows = rows.inner_join(joint_flag(tables), "work_key")
    return Incidence(rows.mutate(works=ibis.literal(1, "int64")), KEYS, ("works", "joint_works"))


def companies(tables: Tables) -> ir.Table:
    """The companies exhibit: works and joint works, and by what each was recognised.

    An institution of the type has here at least the works it has among the institutions;
    those that only a lab's name in the string tells come on top (recognised_by says so).
    """
    rows, by_rule = total(companies_incidence(tables)), _recognised(tables)
    rules = by_rule.select(*KEYS, "recognised_by").distinct()
    found = rules.group_by(list(KEYS)).aggregate(recognised_by=joined(rules.recognised_by, "|"))
    same = [rows[key].identical_to(found[key]) for key in KEYS]
    return rows.inner_join(found, same).drop(*(f"{key}_right" for key in KEYS))


def _recognised(tables: Tables) -> ir.Table:
    """Rows (work_key, KEYS, recognised_by), one per work, company and rule.

    A public research body in company form is none, whatever type the source gives it.
    """
    institution = tables["institution"]
    kinds = parts(institution.type.fill_null(""), "|")
    public = institution.ror.isin(public_rors()).fill_null(False)
    typed = institution.filter(kinds.contains(COMPANY) & ~public).select(*KEYS)
    member = tables["institution_membership"].select("work_key", institution_id="unit").distinct()
    by_type = member.inner_join(typed, "institution_id").mutate(recognised_by=ibis.literal(TYPE))
    columns = ("work_key", *KEYS, "recognised_by")
    named = tables["company"].select(*columns)
    return by_type.select(*columns).union(named).distinct()


EXHIBITS = (Exhibit(COMPANIES, companies_incidence, companies),)
