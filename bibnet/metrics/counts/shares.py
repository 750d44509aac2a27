"""Joint works as a share of each side's works, year by year, with the bounds of what is unknown.

share = joint_works / works. share_low = share; share_high = (joint_works + undecided_works)
/ works, undecided_works = works of the row that are not joint and have an authorship without
country. Works that may belong to a side but show none of its countries are in neither.
"""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from bibnet.metrics.exhibit import Exhibit
from bibnet.network.incidence import Incidence, ratio, total
from bibnet.schema.exhibits.volume import YEARS
from bibnet.schema.units import UNKNOWN, WHOLE
from bibnet.storage.engine import Tables

ALL_SIDES = "all"


def years_incidence(tables: Tables) -> Incidence:
    """Cells by year and side; the side `all` holds every work."""
    scope = tables["work_scope"]
    in_sides = tables["work_side"].left_join(_side_weights(tables), ["work_key", "side"])
    in_sides = in_sides.select("work_key", "side", "works_fractional")
    everything = scope.select(
        "work_key",
        side=ibis.literal(ALL_SIDES),
        works_fractional=ibis.literal(WHOLE, "int64"),
    )
    rows = in_sides.union(everything).inner_join(scope, "work_key")
    rows = rows.select(
        "work_key",
        "year",
        "side",
        "works_fractional",
        works=ibis.literal(1, "int64"),
        joint_works=rows.joint.cast("int64"),
        undecided_works=rows.undecided.cast("int64"),
    )
    return Incidence(
        rows, ("year", "side"), ("works", "joint_works", "undecided_works"), ("works_fractional",)
    )


def _side_weights(tables: Tables) -> ir.Table:
    member = tables["country_membership"]
    side = tables["side_country"]
    known = member.filter(member.unit != UNKNOWN)
    rows = known.inner_join(side, known.unit == side.country)
    rows = rows.select("work_key", "side", "weight")
    if "side_institution" in tables:
        own, within = tables["institution_membership"], tables["side_institution"]
        at = own.inner_join(within, own.unit == within.institution_id)
        rows = rows.union(at.select("work_key", "side", "weight"))
    return rows.group_by(["work_key", "side"]).aggregate(
        works_fractional=rows.weight.sum().cast("int64")
    )


def shown_years(observed: Sequence[int], asked: tuple[int, int] | None) -> list[int]:
    """The years of the exhibit: those asked for, else from the first to the last observed.

    No year between is left out; works of implausible years are not in the corpus.
    """
    first, last = asked or (min(observed, default=0), max(observed, default=-1))
    return list(range(first, last + 1))


def year_grid(years: Sequence[int], sides: Sequence[str]) -> ir.Table:
    """Every year with every side and `all`: one row each, so that zeros are shown."""
    rows = [(year, side) for year in years for side in (*sides, ALL_SIDES)]
    return ibis.memtable(rows, schema={"year": "int64", "side": "string"})


def years(tables: Tables, grid: ir.Table, source_year: int | None) -> ir.Table:
    """The years exhibit; `provisional` is empty where no year stands for the source's."""
    counted = total(years_incidence(tables))
    rows = grid.left_join(counted, ["year", "side"]).drop("year_right", "side_right")
    zero = {name: rows[name].fill_null(0) for name in ("works", "joint_works", "undecided_works")}
    rows = rows.mutate(
        **zero, works_fractional=rows.works_fractional.fill_null(ibis.literal(0).cast("float64"))
    )
    share = ratio(rows.joint_works, rows.works)
    last_settled = None if source_year is None else source_year - 1
    return rows.mutate(
        share=share,
        share_low=share,
        share_high=ratio(rows.joint_works + rows.undecided_works, rows.works),
        provisional=ibis.null("boolean") if last_settled is None else rows.year >= last_settled,
    )


EXHIBITS = (Exhibit(YEARS, years_incidence),)
