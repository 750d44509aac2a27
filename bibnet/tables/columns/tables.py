"""All source tables of the works of a batch: gathered a few works at a time, finished together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bibnet.schema import Table
from bibnet.schema.source import AUTHORSHIP, AWARD, CITING_YEAR, CONCEPT, TEXT, WORK, WORK_FUNDER
from bibnet.storage.arrow import declared_columns
from bibnet.tables.columns.people import authorship_part, gather_people
from bibnet.tables.columns.sheets import IN_COLUMNS, Part, Sheets, Some
from bibnet.tables.columns.subjects import (
    citing_part,
    concept_part,
    gather_citing_years,
    gather_concepts,
    gather_topics,
)
from bibnet.tables.columns.works import gather_works, work_part
from bibnet.tables.rows.funding import add_funding
from bibnet.tables.rows.subjects import add_text

# Characters; a short line can hold fifty times as many, and those of all works are held at once.
LONGEST_ABSTRACT = 100_000
FROM_ROWS = (TEXT, WORK_FUNDER, AWARD)
FINISHED: Mapping[Table, Callable[[Sheets], Part]] = {
    WORK: work_part,
    AUTHORSHIP: authorship_part,
    CONCEPT: concept_part,
    CITING_YEAR: citing_part,
}


@dataclass(frozen=True)
class Columns:
    """Rows of the works that are not odd, and what entries of theirs leave out."""

    tables: Mapping[str, pa.Table]
    strings_outside: int
    institutions_outside: int


def gather(sheets: Sheets, some: Some) -> None:
    """Add what a few works give."""
    gather_works(sheets, some)
    gather_people(sheets, some)
    gather_topics(sheets, some)
    gather_concepts(sheets, some)
    gather_citing_years(sheets, some)
    _gather_rows(sheets, some)


def _gather_rows(sheets: Sheets, some: Some) -> None:
    """Add abstract, keywords and funding work by work; a work with something to note is odd.

    So is one with a long abstract, which is left to those who hold few at a time.
    """
    rows = sheets.rows
    for number, work in zip(some.numbers, some.works, strict=True):
        rows.begin(number, ())
        add_text(rows, work)
        add_funding(rows, work)
        if rows.abstract_size > LONGEST_ABSTRACT:
            rows.text.pop()
            sheets.odd.add(number)
        if rows.issues:
            sheets.odd.add(number)


def finish(sheets: Sheets, first: int) -> Columns:
    """The tables that have rows, without those of odd works; `first` is the key of work 0."""
    parts = {
        table: FINISHED[table](sheets) if table in FINISHED else _as_gathered(sheets, table)
        for table in IN_COLUMNS
    }
    parts |= {table: _from_rows(sheets, table) for table in FROM_ROWS}
    tables = {t.name: _table(sheets, t, part, first) for t, part in parts.items()}
    kept = [one for one in sheets.outside if one.work not in sheets.odd]
    return Columns(
        {name: table for name, table in tables.items() if table.num_rows},
        sum(one.strings for one in kept),
        sum(one.institutions for one in kept),
    )


def _as_gathered(sheets: Sheets, table: Table) -> Part:
    sheet = sheets.sheet(table)
    return Part(sheet.owner, sheet.columns)


def _from_rows(sheets: Sheets, table: Table) -> Part:
    found = list(zip(*sheets.rows.by_table[table.name], strict=True))
    owner, *columns = found or [()] * len(table.columns)
    return Part(owner, columns)


def _table(sheets: Sheets, table: Table, part: Part, first: int) -> pa.Table:
    owner = np.asarray(part.owner, dtype=np.int64)
    found = declared_columns(table, [pa.array(owner + first), *part.columns])
    if not sheets.odd:
        return found
    odd = pa.array(sorted(sheets.odd), pa.int64())
    return found.filter(pc.invert(pc.is_in(pa.array(owner), odd)))
