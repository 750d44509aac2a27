"""Ties between countries and between institutions, and how close they are by the ties of both.

Association strength AS = 2 m c / (s_a s_b), c the works of the pair, s the sum of a unit's
c over its partners, m the sum of c over all pairs (van Eck, Waltman 2009).
Collaboration index (C_xy / C_x) / (C_y / C_w): C_xy works with both, C_x works with x and
another country, C_w works with two countries or more.
"""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.counts.affinity import with_affinities
from bibnet.metrics.counts.volume import institutions_incidence
from bibnet.metrics.exhibit import Exhibit
from bibnet.network.counting import described_end, ends, pairs_incidence
from bibnet.network.incidence import Incidence, ratio, total
from bibnet.schema.exhibits.pairs import COUNTRY_PAIRS, INSTITUTION_PAIRS, INSTITUTIONS
from bibnet.storage.engine import Tables


def country_pairs_incidence(tables: Tables) -> Incidence:
    """Cells by pair of countries."""
    return pairs_incidence(tables["country_tie"], "country", tables)


def institution_pairs_incidence(tables: Tables) -> Incidence:
    """Cells by pair of institutions."""
    return pairs_incidence(tables["institution_tie"], "institution", tables)


def with_association(pairs: ir.Table, level: str) -> ir.Table:
    """Add association_strength to a table of all pairs of a level."""
    both = ends(pairs, level)
    links = both.group_by("unit").aggregate(links=both.works.sum().cast("int64"))
    all_ties = pairs.aggregate(all_ties=pairs.works.sum().cast("int64"))
    rows = pairs.cross_join(all_ties)
    rows = _with_links(
        _with_links(rows, links, f"{level}_a", "links_a"), links, f"{level}_b", "links_b"
    )
    observed = rows.works.cast("float64") * 2 * rows.all_ties.cast("float64")
    totals = rows.links_a.cast("float64") * rows.links_b.cast("float64")
    return rows.mutate(association_strength=observed / totals)


def _with_links(rows: ir.Table, links: ir.Table, unit: str, name: str) -> ir.Table:
    named = links.select(**{unit: links.unit, name: links.links})
    return rows.inner_join(named, unit)


def country_pairs(tables: Tables) -> ir.Table:
    """The country_pairs exhibit."""
    rows = with_association(total(country_pairs_incidence(tables)), "country")
    rows = with_affinities(rows)
    tie = tables["country_tie"]
    both = ends(
        tie.select(country_a=tie.unit_a, country_b=tie.unit_b, work_key=tie.work_key), "country"
    )
    international = both.group_by("unit").aggregate(links=both.work_key.nunique())
    world = tie.aggregate(world=tie.work_key.nunique())
    rows = rows.cross_join(world)
    rows = _with_links(rows, international, "country_a", "works_a")
    rows = _with_links(rows, international, "country_b", "works_b")
    return rows.mutate(
        collaboration_index=ratio(rows.works, rows.works_a) / ratio(rows.works_b, rows.world)
    )


def institution_pairs(tables: Tables) -> ir.Table:
    """The institution_pairs exhibit, from the edges."""
    rows = with_affinities(with_association(tables["edge"], "institution"))
    for end in ("a", "b"):
        rows = rows.inner_join(described_end(tables, end), f"institution_{end}")
    return rows


def institutions(tables: Tables) -> ir.Table:
    """The institutions exhibit from counted works and the edges.

    partners = edges that hold it, links = sum of their works; joint_ = the same over
    cross-side edges and joint works. An institution without a tie has zeros.
    """
    both = ends(tables["edge"], "institution")
    joint = both.cross_side & (both.joint_works > 0)
    linked = both.group_by("unit").aggregate(
        links=both.works.sum().cast("int64"),
        partners=both.count(),
        joint_links=ibis.ifelse(joint, both.joint_works, 0).sum().cast("int64"),
        joint_partners=joint.cast("int64").sum().cast("int64"),
    )
    counted = total(institutions_incidence(tables))
    rows = counted.inner_join(tables["institution"], "institution_id")
    rows = rows.left_join(linked, rows.institution_id == linked.unit)
    zeros = ("links", "partners", "joint_links", "joint_partners")
    return rows.mutate(**{name: rows[name].fill_null(0) for name in zeros})


EXHIBITS = (
    Exhibit(COUNTRY_PAIRS, country_pairs_incidence, country_pairs),
    Exhibit(INSTITUTIONS, institutions_incidence, institutions),
    Exhibit(INSTITUTION_PAIRS, institution_pairs_incidence, institution_pairs),
)
