"""Columns of authorships and of the countries that the source states for them."""

from operator import attrgetter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bibnet.schema.source import AUTHORSHIP, STATED_COUNTRY
from bibnet.tables.columns.affiliations import add_of_people, gather_affiliations
from bibnet.tables.columns.bare import bare_ids
from bibnet.tables.columns.nested import Nested, filled, nested
from bibnet.tables.columns.sheets import Part, Sheets, Some
from bibnet.tables.decode.objects import Author, Authorship
from bibnet.tables.identifiers import COUNTRY_CODE
from bibnet.tables.rows.affiliations import PLACEHOLDER_AUTHORS

NOBODY, NO_AUTHOR = Authorship(), Author()


def gather_people(sheets: Sheets, some: Some) -> None:
    """Add authorships with their countries, affiliations and institutions."""
    lists = [work.authorships or None for work in some.works]
    people, _ = filled(nested(some.numbers, lists), NOBODY)
    authors = [author or NO_AUTHOR for author in map(attrgetter("author"), people.items)]
    ids = list(map(attrgetter("id"), authors))
    sheets.sheet(AUTHORSHIP).extend(people.owner, [people.seq, ids])
    _gather_countries(sheets, people)
    gather_affiliations(sheets, people)


def _gather_countries(sheets: Sheets, people: Nested[Authorship]) -> None:
    """Add the distinct countries of each person, sorted."""
    lists = list(map(attrgetter("countries"), people.items))
    stated = nested(range(len(lists)), lists)
    codes = list(map(COUNTRY_CODE.__getitem__, stated.items))
    if codes != stated.items:
        pairs = zip(stated.owner, stated.items, codes, strict=True)
        sheets.odd.update(
            people.owner[who] for who, given, code in pairs if given and given != code
        )
    rows = sorted({pair for pair in zip(stated.owner, codes, strict=True) if pair[1]})
    persons, countries = zip(*rows, strict=True) if rows else ((), ())
    add_of_people(sheets.sheet(STATED_COUNTRY), people, [persons, countries])


def authorship_part(sheets: Sheets) -> Part:
    """The table of authorships in its declared form."""
    sheet = sheets.sheet(AUTHORSHIP)
    seqs, given = sheet.columns
    ids, odd = bare_ids(given, "A")
    sheets.odd.update(sheet.owner[n] for n in np.flatnonzero(odd).tolist())
    nobody = pc.is_in(ids, pa.array(sorted(PLACEHOLDER_AUTHORS)))
    known = pc.if_else(nobody, None, ids)
    return Part(sheet.owner, [seqs, known])
