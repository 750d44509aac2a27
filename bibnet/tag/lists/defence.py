"""Affiliations that a published list of defence and security bodies holds, and why.

A flag says that a list holds a body, no more: nothing about a person, no finding of wrongdoing.
It rests on an identifier, else on an exact name, alias or former name that equals the resolved
institution's name or a whole segment of the string, else on the registry: a campus that bears the
whole name of a listed parent. Parts of a segment never match, with one exception: Chinese writes a
unit behind its body without a sign between, so a segment that begins with the Chinese name of a
body that no registry holds, and ends as a unit does, names that body.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bibnet.reference import load
from bibnet.tag.lists.entry import (
    ALIAS,
    EXACT_NAME,
    FORMER_NAME,
    Candidate,
    Entry,
    EntryIndex,
    index_entries,
    packaged_standing,
)
from bibnet.tag.lists.guard import Guards, Sighting
from bibnet.tag.name import folded, is_han, is_short, name_key, segments, without_country

IDENTIFIER, PARENT = "identifier", "parent"
RULES = (IDENTIFIER, EXACT_NAME, ALIAS, FORMER_NAME, PARENT)  # the strongest first
LIST = "defence_institutions"
# Ends of units inside a body, as Chinese writes them behind its name.
UNIT_ENDS = ("学院", "系", "部", "所", "院", "室", "中心", "处", "队", "站", "基地", "学校")
# Behind these words stands a body of its own: affiliated hospitals and schools, companies.
OWN_BODIES = ("附属", "附中", "附小", "公司", "医院", "出版社", "幼儿园")
# Characters of a string that are read; the longest real affiliations have a few thousand.
LONGEST_TEXT = 20_000
INPUT_COLUMNS = ("text", "institution_id", "ror", "institution", "country", "city", "countries")
FLAG_COLUMNS = (
    "combination",
    "institution_id",
    "institution",
    "country",
    "city",
    "parent",
    "entry_id",
    "category",
    "kind",
    "is_default",
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
    city: str
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


def packaged_entries(former_names: Mapping[str, Sequence[str]] | None = None) -> EntryIndex:
    """Index the packaged list; `former_names` are those that a registry gives, by identifier."""
    return index_entries(load.rows(LIST), packaged_standing(), former_names)


def flag_affiliations(affiliations: pd.DataFrame, guards: Guards) -> Flagged:
    """Flag distinct affiliations against the list of `guards`.

    `affiliations` has the text columns INPUT_COLUMNS, any cell empty or null: the raw string,
    the resolved place's id, ROR id, name, country and city, and all countries of the affiliation
    joined by |. Each entry flags a combination once, by its strongest rule; a name is held back
    only where no rule flags the entry for that combination. No input gives two empty frames.
    """
    flags: list[tuple[Any, ...]] = []
    held: list[tuple[Any, ...]] = []
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
    flags: dict[str, tuple[Any, ...]]
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
            place.city if resolved else "",
            entry.name if rule == PARENT else "",
            entry.entry_id,
            entry.category,
            entry.kind,
            entry.is_default,
            entry.lists,
            rule,
            matched_text,
            entry.date,
        )

    def hold(self, entry: Entry, matched_text: str, guard: str) -> None:
        """Count a name that a guard held back."""
        self.held.add((entry.entry_id, matched_text, guard, self.affiliation.text))

    def rows(self) -> tuple[list[tuple[Any, ...]], list[tuple[str, ...]]]:
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
    _look_at_parents(findings, guards)
    return findings


def _look_at_parents(findings: _Findings, guards: Guards) -> None:
    """Flag a campus by its listed parent; hold back every other child of a listed body."""
    place = findings.affiliation
    for identifier in filter(None, (place.ror, place.institution_id)):
        for child in guards.children.get(identifier, ()):
            if child.is_campus:
                findings.flag(child.parent, PARENT, child.name, resolved=True)
            else:
                findings.hold(child.parent, child.name, "unit_of_listed")


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
    for candidates, written, rest in _units(text, index):
        for found in candidates:
            countries = affiliation.resolved_countries
            yield Sighting(found, written, name_key(written), text, rest, countries), False


def _units(text: str, index: EntryIndex) -> Iterator[tuple[Sequence[Candidate], str, str]]:
    """Yield Chinese segments that write a unit behind a listed name: candidates, name, rest."""
    parts = segments(text) if is_han(text) else []
    for at, part in enumerate(parts):
        for name, candidates in index.unregistered_han if is_han(part) else ():
            unit = part.removeprefix(name)
            if unit not in (part, "") and not is_short(name):
                if unit.endswith(UNIT_ENDS) and not any(word in unit for word in OWN_BODIES):
                    yield candidates, name, ", ".join([*parts[:at], unit, *parts[at + 1 :]])
                break


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
