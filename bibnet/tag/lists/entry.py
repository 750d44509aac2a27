"""Entries of the list of defence and security bodies, and every name by which one is known."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bibnet.reference import load
from bibnet.tag.name import is_han, is_short, name_key, segments

LIST, FURTHER_NAMES = "defence_institutions", "listed_names"
EXACT_NAME = "exact_name"
ALIAS = "alias"
FORMER_NAME = "former_name"
GENERIC = "generic"
BEFORE = "before"
YES = "yes"
LOST = "+"  # a sign that folding loses: "Face++" would be any face
COMPANY = "_company"  # how the categories of companies end
# Ends the categories of groups of companies and institutes owned by the state.
GROUP = "_soe"
# What a list adds in brackets to a name: "Foo Institute (FI-3)".
ACRONYM = re.compile(r"(?<!\s)\s*\([A-Z0-9][A-Z0-9 /&.-]{1,9}\)")


@dataclass(frozen=True)
class Entry:
    """One body of the list; empty text where the list does not say.

    `kind` says what its category may be called: defence, security, or listed (and no more).
    `is_default`: its category and one of its lists are of the default rule. `has_hospitals`:
    hospitals that bear its name are its own, as those of armed forces are.
    """

    entry_id: str
    name: str
    category: str
    kind: str
    is_default: bool
    lists: str
    ror: str
    openalex_id: str
    country: str
    city: str
    date: str
    names: tuple[tuple[str, str], ...] = ()  # (name as listed, kind of the name)
    has_hospitals: bool = False

    @property
    def is_company(self) -> bool:
        """Say whether the category is one of companies."""
        return self.category.endswith(COMPANY)

    @property
    def is_group(self) -> bool:
        """Say whether the category is one of groups, whose institutes bear the group's name."""
        return self.category.endswith(GROUP)


@dataclass(frozen=True)
class Standing:
    """What the lists of categories, lists and affixes say; empty = nothing is defence.

    `affixes` gives by category how a force is named before or after a body's own name,
    `with_hospitals` are the categories whose bodies' hospitals are theirs.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    default_categories: Collection[str] = ()
    default_lists: Collection[str] = ()
    affixes: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    with_hospitals: Collection[str] = ()


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

    @cached_property
    def first_words(self) -> frozenset[str]:
        """First words of the keys of names of several segments."""
        keys = self.by_name.items()
        several = (key for key, found in keys if any(len(segments(c.name)) > 1 for c in found))
        return frozenset(key.partition(" ")[0] for key in several)

    @cached_property
    def _han(self) -> list[tuple[str, list[Candidate]]]:
        """Names in Chinese script, the longest first."""
        found = [(found[0].name, found) for key, found in self.by_name.items() if is_han(key)]
        return sorted(found, key=lambda one: (-len(one[0]), one[0]))

    def han_in(self, text: str) -> Iterator[tuple[str, list[Candidate]]]:
        """Names in Chinese script that stand somewhere in a text, the longest first."""
        return (one for one in self._han if one[0] in text)

    def known_as(self, key: str) -> list[Candidate]:
        """Return the entries that know a name, given its `name_key`."""
        return self.by_name.get(key, [])


def standing_of(folder: Path = load.PACKAGED) -> Standing:
    """What the lists of a folder say of categories and lists; affixes are the package's."""
    categories, affixes = load.rows("defence_categories", folder), defaultdict(list)
    for row in load.rows("name_affixes"):
        affixes[row["category"]].append((row["affix"], row["place"]))
    return Standing(
        kinds={row["category"]: row["kind"] for row in categories},
        default_categories={row["category"] for row in categories if row["default"] == YES},
        default_lists={
            row["list"] for row in load.rows("published_lists", folder) if row["default"] == YES
        },
        affixes=dict(affixes),
        with_hospitals={row["category"] for row in categories if row["hospitals"] == YES},
    )


def listed_rows(folder: Path = load.PACKAGED) -> list[dict[str, str]]:
    """Rows of a folder's list of bodies, each with the further names that the folder holds."""
    columns = {ALIAS: "aliases", FORMER_NAME: "former_names", GENERIC: "generic_aliases"}
    rows = {row["entry_id"]: dict(row) for row in load.rows(LIST, folder)}
    for more in load.rows(FURTHER_NAMES, folder):
        row, column = rows[more["entry_id"]], columns[more["kind"]]
        row[column] = "|".join(filter(None, [row[column], more["name"]]))
    return list(rows.values())


def read_entry(row: Mapping[str, str], standing: Standing, former: Iterable[str] = ()) -> Entry:
    """Build an entry from a row of the list; `former` are former names that a registry gives."""
    columns = (("aliases", ALIAS), ("former_names", FORMER_NAME), ("generic_aliases", GENERIC))
    names = [(name, EXACT_NAME) for name in (row["name"], row["name_zh"]) if name]
    names += [(name, kind) for column, kind in columns for name in row[column].split("|") if name]
    names += [(name, FORMER_NAME) for name in former]
    lists = row["lists"].split("|")
    return Entry(
        entry_id=row["entry_id"],
        name=row["name"],
        category=row["category"],
        kind=standing.kinds.get(row["category"], ""),
        is_default=row["category"] in standing.default_categories
        and any(name in standing.default_lists for name in lists),
        lists=row["lists"],
        ror=row["ror"],
        openalex_id=row["openalex_id"],
        country=row["country"],
        city=row["city"],
        date=row["date"],
        names=tuple(names),
        has_hospitals=row["category"] in standing.with_hospitals,
    )


def index_entries(
    rows: Iterable[Mapping[str, str]],
    standing: Standing | None = None,
    former_names: Mapping[str, Sequence[str]] | None = None,
) -> EntryIndex:
    """Index the list; a name that folds to nothing, or loses a sign that tells, is left out.

    `former_names` are names by identifier of bodies that the one of the identifier succeeds.
    """
    known, former = standing or Standing(), former_names or {}
    entries = tuple(
        read_entry(row, known, [*former.get(row["ror"], ()), *former.get(row["openalex_id"], ())])
        for row in rows
    )
    by_name: dict[str, list[Candidate]] = defaultdict(list)
    for entry in entries:
        for name, kind in _all_names(entry, known.affixes.get(entry.category, ())):
            if LOST in name:
                continue
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


def _all_names(entry: Entry, affixes: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Names of an entry as listed, without bracketed acronyms, and beside the name of its force."""
    yield from entry.names
    for name, kind in entry.names:
        if ACRONYM.search(name):
            yield ACRONYM.sub("", name), kind
    for name, kind in entry.names:
        if kind == GENERIC or is_short(name):
            continue
        for affix, place in affixes:
            if is_han(affix) == is_han(name):
                gap = "" if is_han(name) else " "
                yield (affix + gap + name if place == BEFORE else name + gap + affix), kind
