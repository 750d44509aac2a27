"""Columns of topics and concepts, and of the citations of each year."""

from collections.abc import Sequence
from itertools import chain, compress
from operator import add, attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from msgspec import UNSET

from bibnet.schema.source import CITING_YEAR, CONCEPT, TOPIC
from bibnet.tables.columns.known import Known
from bibnet.tables.columns.nested import Nested, filled, nested
from bibnet.tables.columns.sheets import Part, Sheets, Some
from bibnet.tables.decode.objects import CitingYear, Concept, Topic
from bibnet.tables.identifiers import CONCEPT_ID
from bibnet.tables.rows.rows import Rows
from bibnet.tables.rows.subjects import TopicCells, topic_cells

Integers = npt.NDArray[np.int64]
NO_TOPIC, NO_CONCEPT, NO_YEAR = Topic(), Concept(), CitingYear()
TOPIC_FIELDS = ("id", "display_name", "subfield", "field")
NO_CELLS: TopicCells = (None,) * 6


def _cells_of(rows: Rows, fields: tuple[Any, ...]) -> TopicCells:
    """Cells of a topic by its TOPIC_FIELDS."""
    return topic_cells(rows, Topic(**dict(zip(TOPIC_FIELDS, fields, strict=True))), "")


KNOWN = Known(_cells_of)


def gather_topics(sheets: Sheets, some: Some) -> None:
    """Add primary topics, at place 0, and lists of topics."""
    primary = [one.primary_topic or None for one in some.works]
    lists = [one.topics or () for one in some.works]
    both = [(one, *more) if one else more for one, more in zip(primary, lists, strict=True)]
    topics, odd = filled(nested(some.numbers, both), NO_TOPIC)
    sheets.odd.update(odd)
    cells = list(map(KNOWN.__getitem__, map(attrgetter(*TOPIC_FIELDS), topics.items)))
    if not all(cells):
        pairs = zip(topics.owner, cells, strict=True)
        sheets.odd.update(work for work, one in pairs if one is None)
        cells = [one or NO_CELLS for one in cells]
    starts = [int(one is None) for one in primary]
    ends = map(add, starts, topics.counts)
    seqs = chain.from_iterable(map(range, starts, ends))
    columns = zip(*cells, strict=True) if cells else [()] * len(NO_CELLS)
    sheets.sheet(TOPIC).extend(topics.owner, [seqs, *columns, _scores(sheets, topics)])


def _scores(sheets: Sheets, items: Nested[Topic] | Nested[Concept]) -> list[float | None]:
    """Scores that are numbers; a work with another is odd."""
    scores = list(map(attrgetter("score"), items.items))
    if set(map(type, scores)) - {float}:
        odd = [score is not None and type(score) is not float for score in scores]
        sheets.odd.update(compress(items.owner, odd))
        scores = [None if wrong else score for score, wrong in zip(scores, odd, strict=True)]
    return scores


def gather_concepts(sheets: Sheets, some: Some) -> None:
    """Add the concepts that have an id; a work with another is odd."""
    given = [None if one.concepts is UNSET else one.concepts for one in some.works]
    concepts, _ = filled(nested(some.numbers, given), NO_CONCEPT)
    ids = list(map(CONCEPT_ID.__getitem__, map(attrgetter("id"), concepts.items)))
    if not all(ids):
        pairs = zip(concepts.owner, ids, strict=True)
        sheets.odd.update(work for work, one in pairs if one is None)
        ids = [one or "" for one in ids]
    names = [name or None for name in map(attrgetter("display_name"), concepts.items)]
    sheets.sheet(CONCEPT).extend(concepts.owner, [ids, names, _scores(sheets, concepts)])


def concept_part(sheets: Sheets) -> Part:
    """Concepts of each work in order of their id."""
    sheet = sheets.sheet(CONCEPT)
    ids, names, scores = sheet.columns
    rank = {one: number for number, one in enumerate(sorted(set(ids)))}
    ranks = np.fromiter(map(rank.__getitem__, ids), dtype=np.int64, count=len(ids))
    columns = [pa.array(ids), pa.array(names, pa.string()), pa.array(scores, pa.float64())]
    return _sorted(sheets, sheet.owner, ranks, columns)


def gather_citing_years(sheets: Sheets, some: Some) -> None:
    """Add the citations of each year; a work with an entry that lacks either is odd."""
    lists = [one.counts_by_year for one in some.works]
    years, _ = filled(nested(some.numbers, lists), NO_YEAR)
    columns = [list(map(attrgetter(name), years.items)) for name in ("year", "cited_by_count")]
    for column in columns:
        if None in column:
            sheets.odd.update(n for n, v in zip(years.owner, column, strict=True) if v is None)
            column[:] = [value or 0 for value in column]
    sheets.sheet(CITING_YEAR).extend(years.owner, columns)


def citing_part(sheets: Sheets) -> Part:
    """Citations of each work in order of the year; none is negative."""
    sheet = sheets.sheet(CITING_YEAR)
    years, citations = (np.array(column, dtype=np.int64) for column in sheet.columns)
    columns = [pa.array(years), pa.array(np.maximum(citations, 0))]
    return _sorted(sheets, sheet.owner, years, columns)


def _sorted(
    sheets: Sheets, owners: Sequence[int], values: Integers, columns: Sequence[pa.Array]
) -> Part:
    """Rows in order of work and value; a work with a value twice is odd."""
    given = np.array(owners, dtype=np.int64)
    order = np.lexsort((values, given))
    owner, value = given[order], values[order]
    twice = (owner[1:] == owner[:-1]) & (value[1:] == value[:-1])
    sheets.odd.update(owner[1:][twice].tolist())
    return Part(owner, [column.take(pa.array(order)) for column in columns])
