"""Who pays for ties: pairs of countries, joint works by the paying side, listed institutions."""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.counts.funding import ANY, disclosed_works
from bibnet.metrics.counts.listed import standing_flags
from bibnet.metrics.exhibit import Exhibit
from bibnet.network.counting import joint_flag
from bibnet.network.incidence import Incidence, ratio, total
from bibnet.reference import load
from bibnet.schema.exhibits.funding import FUNDER_PAIRS, JOINT_FUNDING, LISTED_FUNDERS
from bibnet.storage.engine import Tables
from bibnet.storage.texts import joined

# A union pays as one: its code belongs to the side that holds all of its members.
UNION, MEMBERS = "EU", "eu27"
OTHER, UNKNOWN_PAYER = "other countries", "funders of unknown country"
NONE = "no funder disclosed"
FUNDER = ("funder_id", "funder")
PAIR_KEYS = ("country_a", "country_b", *FUNDER)
LISTED_KEYS = (*FUNDER, "institution_id", "institution", "entry_id")


def funder_pairs_incidence(tables: Tables) -> Incidence:
    """Cells by pair of countries in different sides and funder, `all` standing for any."""
    pair = _cross_side_pairs(tables)
    paid = tables["funding"].select("work_key", *FUNDER).distinct()
    anybody = disclosed_works(tables).mutate(
        funder_id=ibis.literal(ANY), funder=ibis.null("string")
    )
    rows = pair.inner_join(paid.union(anybody), "work_key")
    rows = rows.inner_join(joint_flag(tables), "work_key")
    rows = rows.select(
        "work_key", "year", *PAIR_KEYS, "joint_works", works=ibis.literal(1, "int64")
    )
    return Incidence(rows, PAIR_KEYS, ("works", "joint_works"))


def funder_pairs(tables: Tables) -> ir.Table:
    """The funder_pairs exhibit."""
    rows = total(funder_pairs_incidence(tables))
    whole = rows.filter(rows.funder_id == ANY)
    base = whole.select("country_a", "country_b", disclosed=whole.works)
    rows = rows.inner_join(base, ["country_a", "country_b"])
    rows = _described(rows, tables)
    return rows.mutate(share_of_disclosed=ratio(rows.works, rows.disclosed))


def _cross_side_pairs(tables: Tables) -> ir.Table:
    tie, side = tables["country_tie"], tables["side_country"]
    one = side.select(country_a=side.country, side_a=side.side)
    other = side.select(country_b=side.country, side_b=side.side)
    pair = tie.select("work_key", country_a=tie.unit_a, country_b=tie.unit_b)
    rows = pair.inner_join(one, "country_a").inner_join(other, "country_b")
    return rows.filter(rows.side_a != rows.side_b).select("work_key", "country_a", "country_b")


def _described(rows: ir.Table, tables: Tables) -> ir.Table:
    """Add country and type of the funders."""
    funding = tables["funding"]
    known = funding.group_by(list(FUNDER)).aggregate(
        funder_country=funding.funder_country.min(), funder_type=funding.funder_type.min()
    )
    same = [rows[key].identical_to(known[key]) for key in FUNDER]
    return rows.left_join(known, same).drop("funder_id_right", "funder_right")


def joint_funding_incidence(tables: Tables) -> Incidence:
    """Cells by the sides that pay; every joint work once."""
    joint = joint_flag(tables)
    joint = joint.filter(joint.joint_works == 1)
    rows = joint.left_join(_payers(tables), "work_key").drop("work_key_right")
    rows = rows.left_join(disclosed_works(tables).mutate(is_disclosed=True), "work_key")
    paid_by = ibis.cases(
        (rows.sides.notnull(), rows.sides),
        (rows.has_country.fill_null(False), OTHER),
        (rows.is_disclosed.fill_null(False), UNKNOWN_PAYER),
        else_=NONE,
    )
    rows = rows.select("work_key", "year", "joint_works", paid_by=paid_by)
    return Incidence(rows, ("paid_by",), ("joint_works",))


def joint_funding(tables: Tables) -> ir.Table:
    """The joint_funding exhibit."""
    rows = total(joint_funding_incidence(tables))
    bases = rows.aggregate(
        joint=rows.joint_works.sum().cast("int64"),
        disclosed=ibis.ifelse(rows.paid_by == NONE, 0, rows.joint_works).sum().cast("int64"),
    )
    rows = rows.cross_join(bases)
    disclosed = rows.disclosed.nullif(ibis.ifelse(rows.paid_by == NONE, rows.disclosed, -1))
    return rows.mutate(
        share_of_joint=ratio(rows.joint_works, rows.joint),
        share_of_disclosed=ratio(rows.joint_works, disclosed),
    )


def _payers(tables: Tables) -> ir.Table:
    """Rows (work_key, sides, has_country): sides with a funder, joined by |; null = none."""
    funding, side = tables["funding"], _paying_sides(tables["side_country"])
    known = funding.filter(funding.funder_country.notnull())
    rows = known.left_join(side, known.funder_country == side.country)
    rows = rows.select("work_key", "side").distinct()
    return rows.group_by("work_key").aggregate(
        sides=joined(rows.side, "|").nullif(""), has_country=ibis.literal(True)
    )


def _paying_sides(side_country: ir.Table) -> ir.Table:
    """Countries of the sides, and the union for a side that holds all of its members."""
    members = load.schemes()[MEMBERS]
    inside = side_country.filter(side_country.country.isin(sorted(members)))
    held = inside.group_by("side").aggregate(members=inside.country.nunique())
    whole = held.filter(held.members == len(members))
    return side_country.union(whole.select("side", country=ibis.literal(UNION)))


def listed_funders_incidence(tables: Tables) -> Incidence:
    """Cells by funder, listed institution and entry."""
    paid = tables["funding"].select("work_key", *FUNDER).distinct()
    body = standing_flags(tables).select("work_key", *LISTED_KEYS[2:]).distinct()
    rows = paid.inner_join(body, "work_key").inner_join(joint_flag(tables), "work_key")
    rows = rows.mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, LISTED_KEYS, ("works", "joint_works"))


def listed_funders(tables: Tables) -> ir.Table:
    """The listed_funders exhibit."""
    rows = _described(total(listed_funders_incidence(tables)), tables)
    flags = standing_flags(tables)
    country = flags.group_by("entry_id").aggregate(entry_country=flags.country.min())
    rows = rows.inner_join(country, "entry_id")
    return rows.mutate(is_foreign=rows.funder_country != rows.entry_country)


EXHIBITS = (
    Exhibit(FUNDER_PAIRS, funder_pairs_incidence, funder_pairs),
    Exhibit(JOINT_FUNDING, joint_funding_incidence, joint_funding),
    Exhibit(LISTED_FUNDERS, listed_funders_incidence, listed_funders),
)
