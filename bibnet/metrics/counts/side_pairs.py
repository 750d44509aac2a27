"""Works that two sides have in common, by year: each pair of sides, however many there are."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from bibnet.metrics.exhibit import Exhibit
from bibnet.network.incidence import Incidence, ratio, total
from bibnet.schema.exhibits.volume import SIDE_PAIRS
from bibnet.storage.engine import Tables

PAIR = ("side_a", "side_b")
COUNTS = ("works_a", "works_b", "joint_works")


def side_pairs_incidence(tables: Tables) -> Incidence:
    """Cells by year and pair of sides; works with a country of either side."""
    pair = side_pair_table(tables)
    side = tables["work_side"]
    first = side.inner_join(pair, side.side == pair.side_a).select(
        "work_key", *PAIR, at_a=1, at_b=0
    )
    other = side.inner_join(pair, side.side == pair.side_b).select(
        "work_key", *PAIR, at_a=0, at_b=1
    )
    rows = first.union(other)
    grouped = rows.group_by(["work_key", *PAIR]).aggregate(
        works_a=rows.at_a.max().cast("int64"), works_b=rows.at_b.max().cast("int64")
    )
    grouped = grouped.mutate(joint_works=grouped.works_a * grouped.works_b)
    scope = tables["work_scope"].select("work_key", "year")
    return Incidence(grouped.inner_join(scope, "work_key"), ("year", *PAIR), COUNTS)


def side_pair_table(tables: Tables) -> ir.Table:
    """Rows (side_a, side_b): every pair of the query's sides, a before b by code point."""
    side = tables["side_country"].select("side").distinct()
    one, other = side.select(side_a="side"), side.select(side_b="side").view()
    both = one.cross_join(other)
    return both.filter(both.side_a < both.side_b)


def side_pairs(tables: Tables, years: Sequence[int]) -> ir.Table:
    """The side_pairs exhibit: a row for each of `years` and each pair, zeros among them."""
    year = ibis.memtable({"year": list(years)}, schema={"year": "int64"})
    grid = year.cross_join(side_pair_table(tables))
    counted = total(side_pairs_incidence(tables))
    keys = ["year", *PAIR]
    rows = grid.left_join(counted, keys).drop(*(f"{key}_right" for key in keys))
    rows = rows.mutate(**{name: rows[name].fill_null(0) for name in COUNTS})
    return rows.mutate(
        share_a=ratio(rows.joint_works, rows.works_a), share_b=ratio(rows.joint_works, rows.works_b)
    )


EXHIBITS = (Exhibit(SIDE_PAIRS, side_pairs_incidence),)
