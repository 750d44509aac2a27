"""Affiliations that a published list of defence and security bodies holds, and why.

A flag says that a list holds a body, no more: nothing about a person, no finding of wrongdoing.
It rests on an identifier, else on a name, alias or former name that equals the resolved
institution's name or that the string spells out (`sighting`), else on the registry: a campus that
bears the whole name of a listed parent. Every name passes the guards.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from bibnet.reference.load import PACKAGED
from bibnet.tag.lists.attached import in_attached_bodies
from bibnet.tag.lists.entry import (
    ALIAS,
    EXACT_NAME,
    FORMER_NAME,
    GENERIC,
    Candidate,
    Entry,
    EntryIndex,
    index_entries,
    listed_rows,
    standing_of,
)
from bibnet.tag.lists.guard import Guards
from bibnet.tag.lists.longer_name import (
    holds_name,
    holds_signs,
    is_part_of,
    only_in_longer_name,
)
from bibnet.tag.lists.own_colleges import at_own_colleges
from bibnet.tag.lists.sighting import Lookout, Sighting, readable
from bibnet.tag.name import name_key, without_country

IDENTIFIER, PARENT = "identifier", "parent"
OWN_COLLEGE, ATTACHED_BODY = "own_college", "attached_body"  # guards
RULES = (IDENTIFIER, EXACT_NAME, ALIAS, FORMER_NAME, PARENT)  # the strongest first
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

    @cached_property
    def read_text(self) -> str:
        """The part of the string that is looked at, cleaned."""
        return readable(self.text)

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


def packaged_entries(
    former_names: Mapping[str, Sequence[str]] | None = None, folder: Path = PACKAGED
) -> EntryIndex:
    """Index the packaged list, or that of a folder.

    `former_names` are those that a registry gives, by identifier.
    """
    return index_entries(listed_rows(folder), standing_of(folder), former_names)


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
    texts = [table[column].fillna("").astype(str).to_numpy(object) for column in INPUT_COLUMNS]
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

    def countries_beside(self, entry: Entry) -> set[str]:
        """Countries of the other entries that are flagged."""
        return {flag[COUNTRY_CELL] for key, flag in self.flags.items() if key != entry.entry_id}

    def hold(self, entry: Entry, matched_text: str, guard: str) -> None:
        """Count a name that a guard held back."""
        known = {name[:2] for name in self.held}
        if (entry.entry_id, matched_text) not in known:
            self.held.add((entry.entry_id, matched_text, guard, self.affiliation.text))

    def rows(self) -> tuple[list[tuple[Any, ...]], list[tuple[str, ...]]]:
        """Return flags and held names in order; a flagged entry holds nothing back."""
        held = sorted(name for name in self.held if name[0] not in self.flags)
        return [self.flags[entry_id] for entry_id in sorted(self.flags)], held


# Places of cells without the combination.
RULE_CELL, COUNTRY_CELL = (FLAG_COLUMNS.index(name) - 1 for name in ("rule", "country"))


def _flag_one(affiliation: Affiliation, guards: Guards) -> _Findings:
    findings, text = _Findings(affiliation, {}, set()), affiliation.read_text
    borne = _borne_by_others(text, guards.lookout)
    for found, part, guard in borne:
        if guard == OWN_COLLEGE:  # a part of another name is no name that is held back
            findings.hold(found.entry, part, guard)
    parts = {(found.entry, part) for found, part, _ in borne}
    sightings = [
        one
        for one in guards.lookout.sightings(text)
        if not any(_is_only_in(one, entry, part) for entry, part in parts)
    ]
    bearing = {found.entry: guard for found, _, guard in borne}
    identified = dict(_identified(affiliation, guards.index))
    for entry, identifier in identified.items():
        guard = bearing.get(entry) or _identifier_guard(entry, affiliation, guards, sightings)
        if guard:
            findings.hold(entry, identifier, guard)
        else:
            findings.flag(entry, IDENTIFIER, identifier, resolved=True)
    for sighting in _of_institution(affiliation, guards):
        # What holds the identifier back holds the name back that comes with it.
        entry = sighting.candidate.entry
        if entry in bearing:
            findings.hold(entry, sighting.written, bearing[entry])
        elif entry not in identified:
            _judge(findings, sighting, guards, resolved=True)
    held = [one for one in sightings if not _judge(findings, one, guards, resolved=False)]
    if findings.flags:
        # A body beside it tells where a name is that says too little alone.
        for sighting in held:
            _judge(findings, sighting, guards, resolved=False)
    _look_at_parents(findings, guards)
    return findings


def _borne_by_others(text: str, lookout: Lookout) -> list[tuple[Candidate, str, str]]:
    """Listed names that a text has in those of other bodies, each with its part and the guard."""
    colleges = at_own_colleges(text, lookout)
    attached = in_attached_bodies(text, lookout)
    found = [(one, part, OWN_COLLEGE) for one, part in colleges]
    return [*found, *((one, part, ATTACHED_BODY) for one, part in attached)]


def _is_only_in(sighting: Sighting, entry: Entry, part: str) -> bool:
    """Whether a sighting is of an entry, and nothing but a part of its text spells the name."""
    written = sighting.written
    own = sighting.candidate.entry == entry and written in part
    return own and written not in sighting.text.replace(part, " ")


def _judge(findings: _Findings, sighting: Sighting, guards: Guards, *, resolved: bool) -> bool:
    """Flag what a sighting names, or hold it back; whether it was flagged."""
    found = sighting.candidate
    beside = findings.countries_beside(found.entry)
    guard = guards.held_by(sighting, findings.affiliation.resolved_countries, beside)
    if guard:
        findings.hold(found.entry, sighting.written, guard)
        return False
    rule = ALIAS if found.kind == GENERIC else found.kind
    findings.flag(found.entry, rule, sighting.written, resolved=resolved)
    return True


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
    """Entries by identifier; where both ids are listed, the ROR id is the one that is shown."""
    for identifier in (affiliation.institution_id, affiliation.ror):
        if identifier in index.by_identifier:
            yield index.by_identifier[identifier], identifier


def _identifier_guard(
    entry: Entry, affiliation: Affiliation, guards: Guards, sightings: Sequence[Sighting]
) -> str:
    """Name what holds an identifier back; empty if nothing does.

    Identifiers are guessed from strings too, by the source or by bibnet: what the string says
    against one counts.
    """
    text, countries = affiliation.read_text, affiliation.resolved_countries
    if told := guards.against_identifier(entry, text):
        return told
    stated = guards.named_countries(text)
    if countries and entry.country not in countries | stated:
        return "other_country"
    own = [one for one in sightings if one.candidate.entry.entry_id == entry.entry_id]
    if own:
        return "longer_name" if all(map(guards.is_of_longer, own)) else ""
    others = [name_key(one.candidate.entry.name) for one in sightings]
    is_group = name_key(entry.name) in guards.lookout.parents.names
    inside = not is_group and any(holds_name(name, entry) for name in others)
    inside = inside or any(holds_signs(one.written, entry) for one in sightings)
    if any(is_part_of(one.key, entry) for one in sightings):
        return "name_of_another"
    return "longer_name" if inside or only_in_longer_name(entry, text, guards.places) else ""


def _of_institution(affiliation: Affiliation, guards: Guards) -> Iterator[Sighting]:
    """Listed names that the resolved institution bears."""
    institution, text = affiliation.institution, affiliation.read_text
    for name in sorted({institution, without_country(institution)} if institution else ()):
        key = name_key(name)
        for found in guards.index.known_as(key):
            yield Sighting(found, name, key, text, text.replace(name, " "), text)
