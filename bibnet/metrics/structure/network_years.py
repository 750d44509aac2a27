"""How a network changes from year to year: who arrives, which ties stay, how they concentrate.

A tie of a year is a pair of units with a work of that year. Two networks at each level: `whole`,
every tie, and `joint`, ties across sides in joint works. The first year has nothing before it: what
is new, kept or lost is empty there. A year without ties has no concentration.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from bibnet.metrics.counts.shares import shown_years
from bibnet.metrics.exhibit import Exhibit
from bibnet.network.incidence import Incidence, total
from bibnet.query import Query
from bibnet.schema.exhibits.structure import NETWORK_YEARS
from bibnet.storage.engine import Tables
from bibnet.storage.tables import declared_rows
from bibnet.storage.unfinished import UnfinishedRun

WHOLE_NETWORK, JOINT_NETWORK = "whole", "joint"
LEVELS = ("country", "institution")
# Units and ties whose share is shown: enough to be no single unit, few enough to be named.
TOP = 10
ABOUT_BEFORE = ("new_units", "ties_new", "ties_returned", "ties_kept", "ties_lost")


def network_years_incidence(tables: Tables) -> Incidence:
    """Cells by level, network and year: the works that carry a tie."""
    rows = ibis.union(*(_of_level(tables, level) for level in LEVELS))
    works = rows.select("level", "network", "year", "work_key").distinct()
    return Incidence(
        works.mutate(works=ibis.literal(1, "int64")), ("level", "network", "year"), ("works",)
    )


def yearly_ties(tables: Tables) -> ir.Table:
    """Rows (level, network, year, unit_a, unit_b, works): every tie of every year."""
    rows = ibis.union(*(_of_level(tables, level) for level in LEVELS))
    keys = ["level", "network", "year", "unit_a", "unit_b"]
    return rows.group_by(keys).aggregate(works=rows.count())


def _of_level(tables: Tables, level: str) -> ir.Table:
    scope = tables["work_scope"].select("work_key", "year", "joint")
    rows = tables[f"{level}_tie"].select("work_key", "unit_a", "unit_b")
    rows = rows.inner_join(scope, "work_key").mutate(level=ibis.literal(level))
    side = _sides(tables, level)
    for end in ("a", "b"):
        named = side.select(**{f"unit_{end}": side.unit, f"side_{end}": side.side})
        rows = rows.left_join(named, f"unit_{end}").drop(f"unit_{end}_right")
    across = rows.filter(rows.joint & (rows.side_a != rows.side_b).fill_null(False))
    columns = ["level", "network", "year", "work_key", "unit_a", "unit_b"]
    return ibis.union(
        rows.mutate(network=ibis.literal(WHOLE_NETWORK)).select(*columns),
        across.mutate(network=ibis.literal(JOINT_NETWORK)).select(*columns),
    )


def _sides(tables: Tables, level: str) -> ir.Table:
    if level == "country":
        side = tables["side_country"]
        return side.select(unit=side.country, side=side.side)
    institution = tables["institution"]
    known = institution.filter(institution.side.notnull())
    return known.select(unit=known.institution_id, side=known.side)


@dataclass
class _Before:
    """What the years before have shown: units and ties of any year, ties of each year."""

    units: set[int] = field(default_factory=set)
    ties: set[int] = field(default_factory=set)
    by_year: dict[int, set[int]] = field(default_factory=dict)


def network_years(ties: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    """Rows of NETWORK_YEARS but for the works, one for each level, network and year."""
    found = [
        {"level": level, "network": network, **row}
        for level in LEVELS
        for network in (WHOLE_NETWORK, JOINT_NETWORK)
        for row in _rows(ties[(ties["level"] == level) & (ties["network"] == network)], years)
    ]
    rows = pd.DataFrame(found)
    return rows.astype(dict.fromkeys(ABOUT_BEFORE, "Int64")) if len(rows) else rows


def _rows(ties: pd.DataFrame, years: list[int]) -> Iterator[dict[str, Any]]:
    before = _Before()
    numbered = _numbered(ties)
    by_year, none = dict(list(numbered.groupby("year"))), numbered.head(0)
    for year in years:
        rows = by_year.get(year, none)
        pairs = set(rows["pair"].tolist())
        units = {*rows["unit_a"].tolist(), *rows["unit_b"].tolist()}
        yield {
            "year": year,
            "units": len(units),
            "ties": len(pairs),
            **_against(before, year, units, pairs),
            **concentration(rows),
        }
        before.units |= units
        before.ties |= pairs
        before.by_year[year] = pairs


def _against(before: _Before, year: int, units: set[int], pairs: set[int]) -> dict[str, int | None]:
    if not before.by_year:
        return dict.fromkeys(ABOUT_BEFORE)
    # A year that is not shown has no work, and so no tie.
    last = before.by_year.get(year - 1, set())
    kept, known = pairs & last, pairs & before.ties
    return {
        "new_units": len(units - before.units),
        "ties_new": len(pairs - before.ties),
        "ties_returned": len(known - kept),
        "ties_kept": len(kept),
        "ties_lost": len(last - pairs),
    }


def _numbered(ties: pd.DataFrame) -> pd.DataFrame:
    """The ties with numbers for their units, in the units' order, and one for the pair of both.

    Texts are sorted once.
    """
    ends = np.concatenate([ties["unit_a"].to_numpy(object), ties["unit_b"].to_numpy(object)])
    number, units = pd.factorize(ends, sort=True)
    first, second = number.reshape(2, -1)
    return ties.assign(unit_a=first, unit_b=second, pair=first * len(units) + second)


def concentration(ties: pd.DataFrame) -> dict[str, float]:
    """Concentration of the works over ties and of the links over units; NaN without ties.

    `ties`: unit_a, unit_b, works. A unit's links are the works of its ties. Partner entropy: the
    mean over units with two partners or more of -sum s ln s / ln(partners), s the share of a
    partner in the unit's links; 1 = all partners alike. The same for every order of the rows.
    """
    ends, names = pd.factorize(np.concatenate([ties["unit_a"], ties["unit_b"]]), sort=True)
    first, second = ends.reshape(2, -1)
    order = np.lexsort((second, first))
    works = ties["works"].to_numpy("float64")[order]
    unit = np.concatenate([first[order], second[order]])
    partners = np.bincount(unit, minlength=len(names))
    links = np.bincount(unit, np.tile(works, 2), minlength=len(partners))
    return {
        "gini_ties": gini(works),
        "top_ties_share": top_share(works),
        "gini_units": gini(links),
        "top_units_share": top_share(links),
        "partner_entropy": _partner_entropy(unit, np.tile(works, 2) / links[unit], partners),
    }


def gini(values: np.ndarray) -> float:
    """Gini coefficient: 0 = all alike, (n - 1) / n = one has all; NaN without values.

    G = 2 sum of i x_(i) / (n sum of x) - (n + 1) / n, x sorted upwards.
    """
    number, whole = len(values), float(values.sum())
    if not whole:
        return float("nan")
    ranked = float((np.sort(values) * np.arange(1, number + 1)).sum())
    return 2 * ranked / (number * whole) - (number + 1) / number


def top_share(values: np.ndarray) -> float:
    """Share of the TOP largest values in their sum; NaN without values."""
    whole = float(values.sum())
    return float(np.sort(values)[::-1][:TOP].sum()) / whole if whole else float("nan")


def _partner_entropy(unit: np.ndarray, share: np.ndarray, partners: np.ndarray) -> float:
    surprise = np.bincount(unit, -share * np.log(share), minlength=len(partners))
    several = partners > 1
    if not several.any():
        return float("nan")
    return float((surprise[several] / np.log(partners[several])).mean())


EXHIBITS = (Exhibit(NETWORK_YEARS, network_years_incidence),)


def network_years_exhibit(run: UnfinishedRun, query: Query) -> ibis.Table:
    """The exhibit: a row for each level, network and year that is shown."""
    ties = run.frame(yearly_ties(run.tables))
    scope = run.tables["work_scope"].select("year").distinct().order_by("year")
    shown = shown_years(run.frame(scope)["year"].tolist(), query.years)
    rows = network_years(ties, shown)
    if rows.empty:
        return declared_rows(NETWORK_YEARS, pd.DataFrame(columns=NETWORK_YEARS.column_names))
    works = run.frame(total(network_years_incidence(run.tables)))
    whole = rows.merge(works, on=["level", "network", "year"], how="left").fillna({"works": 0})
    return declared_rows(NETWORK_YEARS, whole)
