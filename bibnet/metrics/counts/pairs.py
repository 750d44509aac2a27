"""Ties between countries and between institutions, observed and against expectation.

Association strength AS = 2 m c / (s_a s_b), c the works of the pair, s the sum of a unit's
c over its partners, m the sum of c over all pairs (van Eck, Waltman 2009).
Collaboration index (C_xy / C_x) / (C_y / C_w): C_xy works with both, C_x works with x and
another country, C_w works with two countries or more.
"""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.counts.affinity import with_affinities
from bibnet.network.incidence import Incidence, ratio, total
from bibnet.storage.engine import Tables

PAIR_COUNTS = ("works", "coauthor_works", "dual_affiliation_works", "joint_works")


def pairs_incidence(tie: ir.Table, level: str, tables: Tables) -> Incidence:
    """Cells by pair; `level` is country or institution and names the key columns."""
    scope = tables["work_scope"].select("work_key", "joint")
    rows = tie.inner_join(scope, "work_key")
    keys = (f"{level}_a", f"{level}_b")
    rows = rows.select(
        "work_key",
        **{keys[0]: rows.unit_a, keys[1]: rows.unit_b},
        works=ibis.literal(1, "int64"),
        works_fractional=rows.weight,
        coauthor_works=rows.coauthor.cast("int64"),
        dual_affiliation_works=rows.dual_affiliation.cast("int64"),
        joint_works=rows.joint.cast("int64"),
    )
    return Incidence(rows, keys, PAIR_COUNTS, ("works_fractional",))


def country_pairs_incidence(tables: Tables) -> Incidence:
    """Cells by pair of countries."""
    return pairs_incidence(tables["country_tie"], "country", tables)


def institution_pairs_incidence(tables: Tables) -> Incidence:
    """Cells by pair of institutions."""
    return pairs_incidence(tables["institution_tie"], "institution", tables)


def ends(pairs: ir.Table, level: str) -> ir.Table:
    """Each pair from both ends: rows (unit, partner, and the pair's columns)."""
    first, second = f"{level}_a", f"{level}_b"
    others = [name for name in pairs.columns if name not in (first, second)]
    one_way = pairs.select(*others, unit=pairs[first], partner=pairs[second])
    back = pairs.select(*others, unit=pairs[second], partner=pairs[first])
    return one_way.union(back)


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
    expected = rows.links_a.cast("float64") * rows.links_b.cast("float64")
    return rows.mutate(association_strength=observed / expected)


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


def edges(tables: Tables) -> ir.Table:
    """Edges of the institution network (EDGE): counted pairs, and whether they cross sides."""
    rows = total(institution_pairs_incidence(tables))
    for end in ("a", "b"):
        rows = rows.inner_join(_described(tables, end), f"institution_{end}")
    return rows.mutate(cross_side=(rows.side_a != rows.side_b).fill_null(False))


def institution_pairs(tables: Tables) -> ir.Table:
    """The institution_pairs exhibit, from the edges."""
    rows = with_affinities(with_association(tables["edge"], "institution"))
    for end in ("a", "b"):
        rows = rows.inner_join(_described(tables, end), f"institution_{end}")
    return rows


def _described(tables: Tables, end: str) -> ir.Table:
    row = tables["institution"]
    return row.select(
        **{
            f"institution_{end}": row.institution_id,
            f"name_{end}": row.institution,
            f"country_{end}": row.country,
            f"side_{end}": row.side,
        }
    )


def institutions(tables: Tables, counted: ir.Table) -> ir.Table:
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
    rows = counted.inner_join(tables["institution"], "institution_id")
    rows = rows.left_join(linked, rows.institution_id == linked.unit)
    zeros = ("links", "partners", "joint_links", "joint_partners")
    return rows.mutate(**{name: rows[name].fill_null(0) for name in zeros})
