"""Columns of the table of works."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import UNSET

from bibnet.schema.source import WORK
from bibnet.tables.columns.bare import INSTANT, bare_dois, bare_ids, flags, instants
from bibnet.tables.columns.sheets import Part, Sheets, Some
from bibnet.tables.decode.objects import WorkObject
from bibnet.tables.rows.title_key import title_key
from bibnet.tables.rows.works import CUT_AT, first_author, venue


def gather_works(sheets: Sheets, some: Some) -> None:
    """Add the rows of works, identifiers and dates as the source has them."""
    works = some.works
    titles = [work.title or work.display_name or None for work in works]
    authors = [len(work.authorships or ()) for work in works]
    said = map(attrgetter("is_authors_truncated"), works)
    columns: list[Sequence[Any]] = [
        _values(works, "id"),
        ["openalex"] * len(works),
        _values(works, "doi"),
        titles,
        _either(works, "publication_year", "year"),
        [text or None for text in _values(works, "type")],
        [text or None for text in _values(works, "language")],
        list(map(venue, works)),
        *(_values(works, name) for name in ("is_retracted", "is_paratext", "is_xpac")),
        _either(works, "cited_by_count", "citations"),
        _values(works, "fwci"),
        [one and one.value for one in _values(works, "citation_normalized_percentile")],
        [work.updated_date or work.updated for work in works],
        authors,
        [n == CUT_AT or bool(cut) for n, cut in zip(authors, said, strict=True)],
        [one.topics is not UNSET or one.primary_topic is not UNSET for one in works],
        [one.concepts is not UNSET for one in works],
        [None] * len(works),
        _values(works, "publication_date"),
        list(map(title_key, titles, map(first_author, works))),
    ]
    sheets.sheet(WORK).extend(some.numbers, columns)


def _values(works: Sequence[WorkObject], name: str) -> list[Any]:
    return list(map(attrgetter(name), works))


def _either(works: Sequence[WorkObject], name: str, other: str) -> list[Any]:
    values = _values(works, name)
    if None not in values:
        return values
    others = _values(works, other)
    return [b if a is None else a for a, b in zip(values, others, strict=True)]


def work_part(sheets: Sheets) -> Part:
    """The table of works in its declared form."""
    sheet = sheets.sheet(WORK)
    columns = dict(zip(WORK.column_names[1:], sheet.columns, strict=True))
    ids, _ = bare_ids(columns["work_id"], "W")
    dois, odd_dois = bare_dois(columns["doi"])
    updated, odd_updates = instants(columns["updated"])
    published, odd_dates = instants(columns["published"])
    years = pa.array(columns["year"], pa.int64())
    # A year of 0 is none, and noted.
    odd_values = flags(pc.or_kleene(pc.is_null(ids), pc.equal(years, 0)))
    odd = np.flatnonzero(odd_values | odd_dois | odd_updates | odd_dates)
    sheets.odd.update(sheet.owner[number] for number in odd.tolist())
    bare = {
        "work_id": ids,
        "doi": dois,
        "year": pc.coalesce(years, pc.year(published)),
        "fwci": _finite(columns["fwci"]),
        "citation_percentile": _finite(columns["citation_percentile"]),
        "updated": pc.fill_null(updated, pa.scalar(sheets.partition, INSTANT)),
        "published": published,
    }
    return Part(sheet.owner, list((columns | bare).values()))


def _finite(values: Sequence[float | None]) -> pa.Array:
    numbers = pa.array(values, pa.float64())
    return pc.if_else(pc.is_finite(numbers), numbers, None)
