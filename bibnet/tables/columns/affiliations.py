"""Columns of affiliations and of the institutions that the source gives for them.

Here are persons whose `affiliations` name what `institutions` and the strings hold, as the source
writes them today. All others are asked one by one (`rows.affiliations`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import compress
from operator import attrgetter, itemgetter
from typing import Any

from bibnet.schema.source import AFFILIATION, ASSERTED_INSTITUTION
from bibnet.tables.columns.known import Known
from bibnet.tables.columns.nested import Nested, filled, nested
from bibnet.tables.columns.sheets import Outside, Sheet, Sheets
from bibnet.tables.decode.objects import Affiliation, Authorship, Institution
from bibnet.tables.identifiers import INSTITUTION_ID
from bibnet.tables.rows.affiliations import (
    NO_CELLS,
    AffiliationCells,
    InstitutionCells,
    affiliations_of,
    institution_cells,
)
from bibnet.tables.rows.rows import Rows

NO_ENTRY, NO_INSTITUTION = Affiliation(), Institution()
People = Nested[Authorship]
Columns = Sequence[Sequence[Any]]


def _cells_of(rows: Rows, institution: Institution) -> InstitutionCells:
    return institution_cells(rows, institution, "")


KNOWN = Known(_cells_of)


def gather_affiliations(sheets: Sheets, people: People) -> None:
    """Add affiliations and institutions of some persons."""
    entries = Entries(people)
    affiliations, asserted = entries.affiliations(), entries.asserted()
    if entries.unusual:
        single = _OneByOne(sheets, people, sorted(entries.unusual))
        affiliations = _with_rows(entries.usual(affiliations), single.affiliations)
        asserted = _with_rows(entries.usual(asserted), single.asserted)
    add_of_people(sheets.sheet(AFFILIATION), people, affiliations)
    add_of_people(sheets.sheet(ASSERTED_INSTITUTION), people, asserted)


def add_of_people(sheet: Sheet, people: People, columns: Columns) -> None:
    """Add rows whose first column is a person's number: its place in the work's list instead."""
    persons = columns[0]
    seqs = [people.seq[person] for person in persons]
    sheet.extend([people.owner[person] for person in persons], [seqs, *columns[1:]])


class Entries:
    """Entries of `affiliations` with their institutions.

    `unusual` are the persons who need more: their entries leave something out, name an institution
    twice or not by an id, or there are none and something is given beside them.
    """

    def __init__(self, people: People) -> None:
        numbers = range(len(people.items))
        lists = list(map(attrgetter("affiliations"), people.items))
        self._entries, nulls = filled(nested(numbers, lists), NO_ENTRY)
        self.unusual = set(nulls)
        self._texts = list(map(attrgetter("raw_affiliation_string"), self._entries.items))
        ids = list(map(attrgetter("institution_ids"), self._entries.items))
        self._ids = nested(range(len(ids)), ids)
        self._bare = list(map(INSTITUTION_ID.__getitem__, self._ids.items))
        self._persons = [self._entries.owner[entry] for entry in self._ids.owner]
        self._mark_ids()
        self._mark_strings(people)
        self._cells = self._named_cells(people)

    def affiliations(self) -> Columns:
        """Person, place and string of each entry."""
        return [self._entries.owner, self._entries.seq, [text or None for text in self._texts]]

    def asserted(self) -> Columns:
        """Person, place of the entry, place in it, and cells of each institution."""
        entries = [self._entries.seq[entry] for entry in self._ids.owner]
        cells = zip(*self._cells, strict=True) if self._cells else [()] * (len(NO_CELLS) + 1)
        return [self._persons, entries, self._ids.seq, *cells]

    def usual(self, columns: Columns) -> Columns:
        """Rows of the persons who are not unusual."""
        wanted = [person not in self.unusual for person in columns[0]]
        return [list(compress(column, wanted)) for column in columns]

    def _mark_ids(self) -> None:
        """Ids that are none, and those that an entry names twice."""
        if not all(self._bare):
            pairs = zip(self._persons, self._bare, strict=True)
            self.unusual.update(person for person, one in pairs if one is None)
        named = list(zip(self._ids.owner, self._bare, strict=True))
        if len(set(named)) < len(named):
            twice = (entry for (entry, _), times in Counter(named).items() if times > 1)
            self.unusual.update(self._entries.owner[entry] for entry in twice)

    def _mark_strings(self, people: People) -> None:
        """Strings that no entry holds."""
        lists = list(map(attrgetter("raw_affiliation_strings"), people.items))
        strings = nested(range(len(lists)), lists)
        if strings.items != self._texts or strings.counts != self._entries.counts:
            held = set(zip(self._entries.owner, self._texts, strict=True))
            given = set(zip(strings.owner, strings.items, strict=True))
            self.unusual.update(person for person, text in given - held if text)
        old = map(attrgetter("raw_affiliation_string"), people.items)
        self.unusual.update(person for person, text in enumerate(old) if text)

    def _named_cells(self, people: People) -> Sequence[InstitutionCells]:
        """Cells of each institution named, as its person's `institutions` have them."""
        lists = list(map(attrgetter("institutions"), people.items))
        given, nulls = filled(nested(range(len(lists)), lists), NO_INSTITUTION)
        self.unusual.update(nulls)
        cells = list(map(KNOWN.__getitem__, given.items))
        pairs = zip(reversed(given.owner), reversed(cells), strict=True)  # the first of two counts
        by_id = {(person, one and one[0]): one for person, one in pairs}
        if not all(cells):
            noted = (p for p, one in zip(given.owner, cells, strict=True) if one is None)
            self.unusual.update(noted)
        named = list(zip(self._persons, self._bare, strict=True))
        self.unusual.update(person for person, _ in by_id.keys() - set(named))
        return [by_id.get(one) or (one[1], *NO_CELLS) for one in named]


class _OneByOne:
    """Rows of the affiliations of persons that are asked one by one."""

    def __init__(self, sheets: Sheets, people: People, persons: Iterable[int]) -> None:
        self.affiliations: list[tuple[Any, ...]] = []
        self.asserted: list[tuple[Any, ...]] = []
        for person in persons:
            rows, work = Rows(), people.owner[person]
            self._add(person, affiliations_of(rows, people.items[person], people.place[person]))
            if rows.issues:
                sheets.odd.add(work)
            counted = (rows.strings_outside_affiliations, rows.institutions_outside_affiliations)
            sheets.outside.append(Outside(work, *counted))

    def _add(self, person: int, affiliations: Sequence[AffiliationCells]) -> None:
        for seq, (text, institutions) in enumerate(affiliations, 1):
            self.affiliations.append((person, seq, text or None))
            self.asserted += [
                (person, seq, place, *cells) for place, cells in enumerate(institutions, 1)
            ]


def _with_rows(columns: Columns, rows: Sequence[tuple[Any, ...]]) -> Columns:
    """Columns with further rows among them, in order of the first column."""
    together = sorted([*zip(*columns, strict=True), *rows], key=itemgetter(0))
    return list(zip(*together, strict=True)) or [()] * len(columns)
