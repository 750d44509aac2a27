"""The works of a run as columns: what a list of works shows of each."""

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from bibnet.metrics.counts.listed import standing_flags
from bibnet.report.content.works_behind import WorkColumns
from bibnet.storage.engine import Engine, Tables
from bibnet.storage.frames import plain

Names = list[Any]


def work_columns(engine: Engine, tables: Tables, order: pd.DataFrame) -> WorkColumns:
    """The works in the order of `order` (work_key), with institutions, funders and lists."""
    work = tables["work"].select("work_key", "work_id", "doi", "title", "year", "venue")
    rows = order.merge(engine.frame(work), on="work_key", how="left")
    place = pd.Series(np.arange(len(rows)), index=rows["work_key"])
    venues, venue_names = _numbered(rows["venue"].fillna(""))
    institutions, levels, institution_names = _institutions(engine.frame(_placed(tables)), place)
    funders, funder_names = _lists(engine.frame(_funders(tables)), place, ("funder",))
    listed, listed_names = _lists(engine.frame(_listed(tables)), place, ("institution", "lists"))
    return WorkColumns(
        work_id=plain(rows["work_id"]),
        doi=plain(rows["doi"]),
        title=plain(rows["title"]),
        year=plain(rows["year"]),
        venue=venues.tolist(),
        institutions=institutions,
        levels=levels,
        funders=funders,
        listed=listed,
        venue_names=[name for (name,) in venue_names],
        institution_names=institution_names,
        funder_names=[name for (name,) in funder_names],
        listed_names=listed_names,
    )


def _placed(tables: Tables) -> ir.Table:
    """Rows (work_key, institution, country, level): where each work is, with the best evidence."""
    place = tables["place"]
    return place.group_by(["work_key", "institution", "country"]).aggregate(level=place.level.min())


def _funders(tables: Tables) -> ir.Table:
    return tables["funding"].select("work_key", "funder").distinct()


def _listed(tables: Tables) -> ir.Table:
    """Rows (work_key, institution, lists) of the flags that stand."""
    flags = standing_flags(tables).select("work_key", "institution", "lists").distinct()
    return flags.mutate(lists=ibis.coalesce(flags.lists, "").replace("|", ", "))


def _institutions(
    rows: pd.DataFrame, place: pd.Series
) -> tuple[list[list[int]], list[list[int]], Names]:
    names, levels = _lists(rows, place, ("institution", "country"), beside="level")
    numbers = [[number for number, _ in own] for own in names]
    return numbers, [[level for _, level in own] for own in names], levels


def _lists(
    rows: pd.DataFrame, place: pd.Series, columns: Sequence[str], beside: str = ""
) -> tuple[list[list[Any]], Names]:
    """For each work the numbers of its names, with the value of `beside` if one is asked for.

    Names are the distinct values of `columns`, most frequent first, so that numbers are short.
    """
    found: list[list[Any]] = [[] for _ in range(len(place))]
    named = rows[list(columns)].fillna("").astype(str)
    numbers, names = _numbered(*(named[column] for column in columns))
    values = rows[beside].tolist() if beside else None
    places = rows["work_key"].map(place).tolist()
    for at, number in enumerate(numbers.tolist()):
        found[places[at]].append((number, values[at]) if values else number)
    return [sorted(own) for own in found], names


def _numbered(*columns: pd.Series) -> tuple[np.ndarray, Names]:
    """A number for each row, and what the numbers stand for; 0 is the most frequent."""
    joined = pd.Series(list(zip(*columns, strict=True)), dtype=object)
    counted = joined.value_counts(sort=False)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    names = [name for name, _ in ordered]
    place: Mapping[Any, int] = {name: number for number, name in enumerate(names)}
    return np.array([place[name] for name in joined], dtype="int64"), names
