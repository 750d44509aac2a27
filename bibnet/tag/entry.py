"""Entries of the list of defence and security bodies, and every name by which one is known."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bibnet.tag.name import name_key, segments

EXACT_NAME = "exact_name"
ALIAS = "alias"
GENERIC = "generic"


@dataclass(frozen=True)
class Entry:
    """One body of the list; empty text where the list does not say."""

    entry_id: str
    name: str
    category: str
    lists: str
    ror: str
    openalex_id: str
    country: str
    city: str
    date: str
    names: tuple[tuple[str, str], ...] = ()  # (name as listed, exact_name, alias or generic)


@dataclass(frozen=True)
class Candidate:
    """A name of the list found in an affiliation: the entry and how the list knows the name."""

    entry: Entry
    name: str
    kind: str


@dataclass(frozen=True)
class EntryIndex:
    """Finds entries by identifier, by name and by name cut at its own commas."""

    entries: tuple[Entry, ...]
    by_name: Mapping[str, list[Candidate]] = field(repr=False)
    by_identifier: Mapping[str, Entry] = field(repr=False)

    @cached_property
    def most_segments(self) -> int:
        """Segments of the listed name that has most of them, at least 1."""
        listed = (name for entry in self.entries for name, _ in entry.names)
        return max((len(segments(name)) for name in listed), default=1)

    def known_as(self, key: str) -> list[Candidate]:
        """Return the entries that know a name, given its `name_key`."""
        return self.by_name.get(key, [])


def read_entry(row: Mapping[str, str]) -> Entry:
    """Build an entry from a row of the list defence_institutions."""
    exact = [(name, EXACT_NAME) for name in (row["name"], row["name_zh"]) if name]
    others = [(name, ALIAS) for name in row["aliases"].split("|") if name]
    generic = [(name, GENERIC) for name in row["generic_aliases"].split("|") if name]
    return Entry(
        entry_id=row["entry_id"],
        name=row["name"],
        category=row["category"],
        lists=row["lists"],
        ror=row["ror"],
        openalex_id=row["openalex_id"],
        country=row["country"],
        city=row["city"],
        date=row["date"],
        names=(*exact, *others, *generic),
    )


def index_entries(rows: Iterable[Mapping[str, str]]) -> EntryIndex:
    """Index the list; a name that folds to nothing is left out."""
    entries = tuple(read_entry(row) for row in rows)
    by_name: dict[str, list[Candidate]] = defaultdict(list)
    for entry in entries:
        for name, kind in entry.names:
            candidates = by_name[name_key(name)]
            if entry.entry_id not in {found.entry.entry_id for found in candidates}:
                candidates.append(Candidate(entry, name, kind))
    by_name.pop("", None)
    by_identifier = {
        identifier: entry
        for entry in entries
        for identifier in (entry.ror, entry.openalex_id)
        if identifier
    }
    return EntryIndex(entries, dict(by_name), by_identifier)
