"""The works of a run as columns: what a list of works shows of each."""

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bibnet.metrics.counts.listed import standing_flags
from bibnet.report.content.works_behind import WorkColumns
from bibnet.storage.engine import Engine, Tables

Names = list[Any]
Numbers = npt.NDArray[np.int64]
Cell_co = TypeVar("Cell_co", covariant=True)


def in_report_order(work: ir.Table) -> ir.Table:
    """Works in the order of the report: newest first, then by id."""
    return work.order_by([ibis.desc("year"), "work_id", "work_key"])


def work_columns(engine: Engine, tables: Tables, order: pd.DataFrame) -> WorkColumns:
    """The works in the order of the report, with institutions, funders and lists.

    `order` has their keys (work_key) in that order.
    """
    work = tables["work"].select("work_key", "work_id", "doi", "title", "year", "venue")
    rows, place = _rows(engine, in_report_order(work)), pd.Index(order["work_key"])
    venues, venue_names = _numbered(rows["venue"])
    placed, names = _rows(engine, _placed(tables)), ("institution", "country")
    institutions, levels, institution_names = _lists(placed, place, names, beside="level")
    funders, _, funder_names = _lists(_rows(engine, _funders(tables)), place, ("funder",))
    flags = _rows(engine, _listed(tables))
    listed, _, listed_names = _lists(flags, place, ("institution", "lists"))
    return WorkColumns(
        work_id=Cells(rows["work_id"]),
        doi=Cells(rows["doi"]),
        title=Cells(rows["title"]),
        year=Cells(rows["year"]),
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


def _rows(engine: Engine, expression: ir.Table) -> pa.Table:
    """The rows as Arrow has them: as Python's own, those of a million works fill a gigabyte."""
    schema = expression.schema().to_pyarrow()
    return pa.Table.from_batches(engine.batches(expression), schema=schema)


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
    rows: pa.Table, place: pd.Index, columns: Sequence[str], beside: str = ""
) -> tuple["NumberLists", "NumberLists", Names]:
    """For each work the numbers of its names, rising, and the values of `beside` in that order.

    Names are the distinct values of `columns`, most frequent first, so that numbers are short.
    """
    numbers, names = _numbered(*(rows[column] for column in columns))
    values = rows[beside].to_numpy() if beside else np.zeros(rows.num_rows, "int64")
    places = place.get_indexer(rows["work_key"].to_numpy())
    order = np.lexsort((values, numbers, places))
    ends = np.searchsorted(places[order], np.arange(len(place) + 1))
    return NumberLists(numbers[order], ends), NumberLists(values[order], ends), names


class Cells(Sequence[Cell_co], Generic[Cell_co]):
    """A column in Arrow's memory; its cells become Python's where they are asked for."""

    def __init__(self, column: pa.ChunkedArray):
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    @overload
    def __getitem__(self, at: int) -> Cell_co: ...
    @overload
    def __getitem__(self, at: slice) -> list[Cell_co]: ...

    def __getitem__(self, at: int | slice) -> Cell_co | list[Cell_co]:
        asked = self._column[at]
        found: Cell_co | list[Cell_co]
        found = asked.to_pylist() if isinstance(at, slice) else asked.as_py()
        return found

    def __iter__(self) -> Iterator[Cell_co]:
        return iter(self._column.to_pylist())


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


def _numbered(*columns: pa.ChunkedArray) -> tuple[Numbers, Names]:
    """A number for each row of texts, and what the numbers stand for; 0 is the most frequent.

    An undefined text is an empty one.
    """
    encoded = [_encoded(column) for column in columns]
    texts = [np.array(one.dictionary.to_pylist(), dtype=object) for one in encoded]
    sizes = [max(len(one), 1) for one in texts]
    codes = [one.indices.to_numpy() for one in encoded]
    met, rows, often = np.unique(
        np.ravel_multi_index(codes, sizes), return_inverse=True, return_counts=True
    )
    parts = zip(texts, np.unravel_index(met, sizes), strict=True)
    names = list(zip(*(text[at].tolist() for text, at in parts), strict=True))
    ordered = sorted(range(len(names)), key=lambda number: (-often[number], names[number]))
    number = np.empty(len(names), "int64")
    number[ordered] = np.arange(len(names))
    return number[rows], [names[one] for one in ordered]


def _encoded(texts: pa.ChunkedArray) -> pa.DictionaryArray:
    return pc.fill_null(texts, "").dictionary_encode().unify_dictionaries().combine_chunks()
