"""Which expression counts which exhibit, and which incidence lists its works."""

from collections.abc import Callable, Mapping

import ibis
import ibis.expr.types as ir

from bibnet.metrics.citations import comparison, groups
from bibnet.metrics.counts import companies, funding, hubs, listed, pairs, shares, volume
from bibnet.metrics.structure import community_profile, network_years
from bibnet.network.incidence import Incidence, total
from bibnet.schema import citations as citation_tables
from bibnet.schema import structure
from bibnet.storage.engine import Tables


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
    "brokerage": links_incidence,
    "country_expectation": pairs.country_pairs_incidence,
    "institution_expectation": pairs.institution_pairs_incidence,
    "communities": community_profile.communities_incidence,
    "network_years": network_years.network_years_incidence,
    "citations": groups.citations_incidence,
    "citations_by_team": groups.citations_by_team_incidence,
    "citations_compared": comparison.citations_compared_incidence,
    "country_citations": volume.countries_incidence,
    "institution_citations": volume.institutions_incidence,
    "funding": funding.funding_incidence,
    "funders": funding.funders_incidence,
    "defence": listed.defence_incidence,
    "sensitive_works": listed.sensitive_incidence,
    "hubs": hubs.hubs_incidence,
    "companies": companies.companies_incidence,
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
        "funding": funding.funding(tables),
        "funders": funding.funders(tables),
        "defence": listed.defence(tables),
        "sensitive_works": listed.sensitive_works(tables),
        "companies": companies.companies(tables),
    }


AFFINITY = ("association_strength", *(column.name for column in structure.AFFINITIES))
CHANCE = tuple(column.name for column in structure.TESTED if column.name != "works")
IMPACT = tuple(column.name for column in (*citation_tables.IMPACT, *citation_tables.LEFT_OUT))
# Columns that say nothing where only joint works were harvested: they need the others too.
NEEDS_ONE_SIDED: Mapping[str, tuple[str, ...]] = {
    "years": ("works", "works_fractional", "share", "share_low", "share_high"),
    "countries": ("works", "works_fractional", "share_of_country"),
    "country_years": ("works", "share"),
    "country_pairs": (*AFFINITY, "collaboration_index"),
    "topics": ("works",),
    "institutions": ("works", "works_fractional", "links", "partners"),
    "institution_pairs": AFFINITY,
    "country_expectation": CHANCE,
    "institution_expectation": CHANCE,
    "country_citations": ("works", "works_fractional", *IMPACT),
    "institution_citations": ("works", "works_fractional", *IMPACT),
    "funding": ("works", "share_of_disclosed", "share_of_works"),
    "funders": ("works",),
    "defence": ("works",),
    "hubs": ("works", "share", "works_per_million"),
    "companies": ("works",),
}


def without_one_sided(exhibit: str, rows: ir.Table) -> ir.Table:
    """The exhibit with every column empty that needs works of one side only."""
    empty = {name: ibis.null(rows[name].type()) for name in NEEDS_ONE_SIDED.get(exhibit, ())}
    return rows.mutate(**empty) if empty else rows
