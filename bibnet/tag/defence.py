"""Affiliations that a published list of defence and security bodies holds, and why.

A flag says that a list holds a body, no more: nothing about a person, no finding of wrongdoing.
It rests on an identifier, else on an exact name or alias that equals the resolved institution's
name or a whole comma or semicolon segment of the string. Parts of a segment never match.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from bibnet.reference import load
from bibnet.tag.entry import Entry, EntryIndex, index_entries
from bibnet.tag.guard import Guards, Sighting
from bibnet.tag.name import folded, name_key, segments, without_country

IDENTIFIER = "identifier"
RULES = (IDENTIFIER, "exact_name", "alias")  # the strongest first
LIST = "defence_institutions"
CATEGORIES = "defence_categories"
# Characters of a string that are read; the longest real affiliations have a few thousand.
LONGEST_TEXT = 20_000
INPUT_COLUMNS = ("text", "institution_id", "ror", "institution", "country", "countries")
FLAG_COLUMNS = (
    "combination",
    "institution_id",
    "institution",
    "country",
    "entry_id",
    "category",
    "lists",
    "rule",
    "matched_text",
    "list_date",
)
HELD_COLUMNS = ("combination", "entry_id", "matched_text", "guard", "text")


@dataclass(frozen=True)
class Affiliation:
    """One combination of a string and a resolved place; empty text where nothing is known."""

    text: str
    institution_id: str
    ror: str
    institution: str
    country: str
    countries: str

    @property
    def read_text(self) -> str:
        """The part of the string that is looked at."""
        return self.text[:LONGEST_TEXT]

    @property
    def resolved_countries(self) -> frozenset[str]:
        """Countries that the affiliation as a whole is resolved to."""
        return frozenset(filter(None, [self.country, *self.countries.split("|")]))


@dataclass(frozen=True)
class Flagged:
    """Flags (FLAG_COLUMNS) and names held back (HELD_COLUMNS).

    `combination` is the position of the row in the data frame that was given.
    """

    flags: pd.DataFrame
    held_back: pd.DataFrame


def packaged_entries() -> EntryIndex:
    """Index the packaged list."""
    return index_entries(load.rows(LIST))


def category_kinds() -> dict[str, str]:
    """Say what a category may be called: defence, security, or listed (listed and no more)."""
    return {row["category"]: row["kind"] for row in load.rows(CATEGORIES)}


def flag_affiliations(affiliations: pd.DataFrame, guards: Guards) -> Flagged:
    """Flag distinct affiliations against the list of `guards`.

    `affiliations` has the text columns INPUT_COLUMNS, any cell empty or null: the raw string,
    the resolved place's id, ROR id, name and country, and all countries of the affiliation
    joined by |. Each entry flags a combination once, by its strongest rule; a name is held back
    only where no rule flags the entry for that combination. No input gives two empty frames.
    """
    flags: list[tuple[int | str, ...]] = []
    held: list[tuple[int | str, ...]] = []
    for number, affiliation in enumerate(_affiliations(affiliations)):
        found, kept_back = _flag_one(affiliation, guards).rows()
        flags += [(number, *flag) for flag in found]
        held += [(number, *name) for name in kept_back]
    return Flagged(
        pd.DataFrame(flags, columns=list(FLAG_COLUMNS)),
        pd.DataFrame(held, columns=list(HELD_COLUMNS)),
    )


def _affiliations(table: pd.DataFrame) -> Iterator[Affiliation]:
    texts = [table[column].fillna("").astype(str) for column in INPUT_COLUMNS]
    return (Affiliation(*values) for values in zip(*texts, strict=True))


@dataclass(frozen=True)
class _Findings:
    """What one affiliation gives: its flags by entry and the names held back."""

    affiliation: Affiliation
    flags: dict[str, tuple[str, ...]]
    held: set[tuple[str, ...]]

    def flag(self, entry: Entry, rule: str, matched_text: str, *, resolved: bool) -> None:
        """Flag the entry unless a stronger rule did; the place counts only if it matched."""
        known = self.flags.get(entry.entry_id)
        if known and RULES.index(known[RULE_CELL]) <= RULES.index(rule):
            return
        place = self.affiliation
        self.flags[entry.entry_id] = (
            place.institution_id if resolved else "",
            (resolved and place.institution) or entry.name,
            entry.country,
            entry.entry_id,
            entry.category,
            entry.lists,
            rule,
            matched_text,
            entry.date,
        )

    def hold(self, entry: Entry, matched_text: str, guard: str) -> None:
        """Count a name that a guard held back."""
        self.held.add((entry.entry_id, matched_text, guard, self.affiliation.text))

    def rows(self) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
        """Return flags and held names in order; a flagged entry holds nothing back."""
        held = sorted(name for name in self.held if name[0] not in self.flags)
        return [self.flags[entry_id] for entry_id in sorted(self.flags)], held


RULE_CELL = FLAG_COLUMNS.index("rule") - 1  # without the combination


def _flag_one(affiliation: Affiliation, guards: Guards) -> _Findings:
    findings = _Findings(affiliation, {}, set())
    for entry, identifier in _identified(affiliation, guards.index):
        if guards.may_be_namesake(entry, affiliation.read_text):
            findings.hold(entry, identifier, "identifier_of_namesake")
        else:
            findings.flag(entry, IDENTIFIER, identifier, resolved=True)
    for sighting, resolved in _sightings(affiliation, guards.index):
        found, guard = sighting.candidate, guards.held_by(sighting)
        if guard:
            findings.hold(found.entry, sighting.written, guard)
        else:
            findings.flag(found.entry, found.kind, sighting.written, resolved=resolved)
    return findings


def _identified(affiliation: Affiliation, index: EntryIndex) -> Iterator[tuple[Entry, str]]:
    for identifier in (affiliation.ror, affiliation.institution_id):
        if identifier in index.by_identifier:
            yield index.by_identifier[identifier], identifier


def _sightings(affiliation: Affiliation, index: EntryIndex) -> Iterator[tuple[Sighting, bool]]:
    """Find listed names in an affiliation, and say whether the resolved institution bears them."""
    text, institution = affiliation.read_text, affiliation.institution
    for name in sorted({institution, without_country(institution)}):
        key = name_key(name)
        for found in index.known_as(key):
            rest = text.replace(name, " ")
            yield Sighting(found, name, key, text, rest, affiliation.resolved_countries), True
    for written, key, rest in _known_runs(text, index):
        for found in index.known_as(key):
            # A run of segments is one name only if the listed name has as many of its own.
            if len(segments(found.name)) == len(segments(written)):
                countries = affiliation.resolved_countries
                yield Sighting(found, written, key, text, rest, countries), False


def _known_runs(text: str, index: EntryIndex) -> Iterator[tuple[str, str, str]]:
    """Yield runs of whole segments that spell a listed name, each name once: text, key, rest."""
    parts = segments(text)
    keys = [folded(part) for part in parts]
    seen: set[str] = set()
    for start, end in _spans(len(parts), index.most_segments):
        key = " ".join(filter(None, keys[start:end]))
        if index.known_as(key) and key not in seen:
            seen.add(key)
            yield ", ".join(parts[start:end]), key, ", ".join([*parts[:start], *parts[end:]])


def _spans(size: int, longest: int) -> Iterator[tuple[int, int]]:
    for start in range(size):
        for end in range(start + 1, min(start + longest, size) + 1):
            yield start, end
