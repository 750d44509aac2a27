"""Which expression counts which exhibit, and which incidence lists its works."""

from collections.abc import Callable, Mapping

import ibis
import ibis.expr.types as ir

from bibnet.engine import Tables
from bibnet.metrics import citations, funding, listed, pairs, shares, volume
from bibnet.metrics.incidence import Incidence, total


def links_incidence(tables: Tables) -> Incidence:
    """Cells by institution: the links of each work, which sum to the strength."""
    tie = tables["institution_tie"]
    both = pairs.ends(
        tie.select(institution_a=tie.unit_a, institution_b=tie.unit_b, work_key=tie.work_key),
        "institution",
    )
    rows = both.group_by(["unit", "work_key"]).aggregate(strength=both.count())
    rows = rows.rename(institution_id="unit").mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, ("institution_id",), ("works", "strength"))


INCIDENCES: Mapping[str, Callable[[Tables], Incidence]] = {
    "coverage": volume.coverage_incidence,
    "years": shares.years_incidence,
    "countries": volume.countries_incidence,
    "country_years": volume.country_years_incidence,
    "country_pairs": pairs.country_pairs_incidence,
    "topics": volume.topics_incidence,
    "institutions": volume.institutions_incidence,
    "institution_pairs": pairs.institution_pairs_incidence,
    "centrality": links_incidence,
    "citations": citations.citations_incidence,
    "funding": funding.funding_incidence,
    "funders": funding.funders_incidence,
    "defence": listed.defence_incidence,
    "companies": volume.companies_incidence,
}


def counted_exhibits(tables: Tables) -> dict[str, ir.Table]:
    """Expressions of the exhibits that are counts of works and need nothing but tables."""
    institutions = total(volume.institutions_incidence(tables))
    return {
        "coverage": volume.coverage(tables),
        "countries": volume.countries(tables),
        "country_years": volume.country_years(tables),
        "country_pairs": pairs.country_pairs(tables),
        "topics": volume.topics(tables),
        "institutions": pairs.institutions(tables, institutions),
        "institution_pairs": pairs.institution_pairs(tables),
        "citations": citations.citations(tables),
        "funding": funding.funding(tables),
        "funders": funding.funders(tables),
        "defence": listed.defence(tables),
        "companies": volume.companies(tables),
    }
