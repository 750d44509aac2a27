"""The works of a run as columns: what a list of works shows of each."""

from collections.abc import Sequence
from typing import Any, overload

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pandas as pd

from bibnet.metrics.counts.listed import standing_flags
from bibnet.report.content.works_behind import WorkColumns
from bibnet.storage.engine import Engine, Tables
from bibnet.storage.frames import plain

Names = list[Any]
Numbers = npt.NDArray[np.int64]


def work_columns(engine: Engine, tables: Tables, order: pd.DataFrame) -> WorkColumns:
    """The works in the order of `order` (work_key), with institutions, funders and lists."""
    work = tables["work"].select("work_key", "work_id", "doi", "title", "year", "venue")
    rows = order.merge(engine.frame(work), on="work_key", how="left")
    place = pd.Series(np.arange(len(rows)), index=rows["work_key"])
    venues, venue_names = _numbered(rows["venue"].fillna(""))
    placed, names = engine.frame(_placed(tables)), ("institution", "country")
    institutions, levels, institution_names = _lists(placed, place, names, beside="level")
    funders, _, funder_names = _lists(engine.frame(_funders(tables)), place, ("funder",))
    flags = engine.frame(_listed(tables))
    listed, _, listed_names = _lists(flags, place, ("institution", "lists"))
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


def _lists(
    rows: pd.DataFrame, place: pd.Series, columns: Sequence[str], beside: str = ""
) -> tuple["NumberLists", "NumberLists", Names]:
    """For each work the numbers of its names, rising, and the values of `beside` in that order.

    Names are the distinct values of `columns`, most frequent first, so that numbers are short.
    """
    named = rows[list(columns)].fillna("").astype(str)
    numbers, names = _numbered(*(named[column] for column in columns))
    values = rows[beside].to_numpy("int64") if beside else np.zeros(len(rows), "int64")
    places = place.reindex(rows["work_key"]).to_numpy()
    order = np.lexsort((values, numbers, places))
    ends = np.searchsorted(places[order], np.arange(len(place) + 1))
    return NumberLists(numbers[order], ends), NumberLists(values[order], ends), names


class NumberLists(Sequence[list[int]]):
    """Lists of numbers one behind the other; each is made where it is asked for.

    `ends` is where every list begins in `values`, and where the last one ends: a million works
    would else be four million lists.
    """

    def __init__(self, values: Numbers, ends: Numbers):
        self._values, self._ends = values.astype("int32"), ends

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> list[int]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[int]]: ...

    def __getitem__(self, at: int | slice) -> list[int] | list[list[int]]:
        places = range(len(self))[at]
        return self._one(places) if isinstance(places, int) else list(map(self._one, places))

    def _one(self, place: int) -> list[int]:
        numbers: list[int] = self._values[self._ends[place] : self._ends[place + 1]].tolist()
        return numbers


def _numbered(*columns: pd.Series) -> tuple[Numbers, Names]:
    """A number for each row, and what the numbers stand for; 0 is the most frequent."""
    frame = pd.DataFrame(dict(enumerate(columns)))
    met = frame.groupby(list(frame.columns), sort=False).ngroup().to_numpy("int64")
    names = list(frame.drop_duplicates().itertuples(index=False, name=None))
    often = np.bincount(met, minlength=len(names)).tolist()
    ordered = sorted(range(len(names)), key=lambda number: (-often[number], names[number]))
    number = np.empty(len(names), "int64")
    number[ordered] = np.arange(len(names))
    return number[met], [names[one] for one in ordered]
