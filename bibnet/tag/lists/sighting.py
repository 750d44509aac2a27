"""Where an affiliation string names a listed body, in any spelling; guards decide what it counts.

A name counts as a whole segment, without places and footnote signs at its ends; behind the name
of a unit ("School of Foo of North University"); as one of two bodies joined by "and"; in Chinese
also before a unit, a company's before words for parts of one; and as a number within a group that
the address names. Never as a part of another name.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bibnet.places.address.no_employer import without_former
from bibnet.places.address.normalise import clean
from bibnet.tag.lists.entry import GENERIC, Candidate, Entry, EntryIndex
from bibnet.tag.lists.han_bounds import begins_behind, is_city_in_province
from bibnet.tag.lists.numbered import NumberedBodies, numbered_bodies
from bibnet.tag.lists.parents import ParentNames, packaged_parents
from bibnet.tag.lists.spelling import SpelledNames
from bibnet.tag.lists.units import (
    JOINT,
    UnitWords,
    before_institutes,
    before_units,
    behind_joints,
    packaged_units,
)
from bibnet.tag.name import folded, is_han, is_short, joined_key, name_key, segments
from bibnet.tag.place_names import PlaceNames
from bibnet.tag.romanisation import modern_forms

# Characters of a string that are read; the longest real affiliations have a few thousand.
LONGEST_TEXT = 20_000
# Addresses of a string that are read; the longest real lists have some thirty.
MOST_ADDRESSES = 200
# Characters of a segment that is searched inside; no name with its unit and place is longer.
LONGEST_SEGMENT = 500
# Segments whose reading is kept: they repeat within a corpus, and memory has an end.
MOST_KEPT = 200_000
# Tags that end a line, and marks between addresses.
LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
ADDRESS_BREAK = re.compile(r"[;；\n]")
JOINED = re.compile(r"\s(?:and|und|et|y|&)\s(?:also\s)?(?:with\s)?", re.IGNORECASE)
MARKER = re.compile(r"^(?:\d{1,6}|[a-z]|by|and|with|from|the)$")
WORDS = re.compile(r"[^\s,]+")


@dataclass(frozen=True)
class Sighting:
    """A listed name in an affiliation.

    `written` is the text that spells the name, `key` its `name_key`; `address` is the part of
    the string `text` that holds it, `rest` the whole string without it.
    """

    candidate: Candidate
    written: str
    key: str
    address: str
    rest: str
    text: str


@dataclass(frozen=True)
class Lookout:
    """Finds listed names in strings: the list, place names, parent bodies and words of units."""

    index: EntryIndex
    places: PlaceNames
    parents: ParentNames
    units: UnitWords

    @cached_property
    def _numbered(self) -> NumberedBodies:
        return numbered_bodies(self.index, self.parents)

    @cached_property
    def _spelled(self) -> SpelledNames:
        names = [(key, one) for key, found in self.index.by_name.items() for one in found]
        # A general name counts beside its parent body only.
        return SpelledNames(names, self.places.is_place, lambda one: one.kind == GENERIC)

    def known_as(self, key: str) -> list[Candidate]:
        """Entries that a written name spells, given its `name_key`: exactly, else by spelling."""
        return self._known(key)

    @cached_property
    def _known(self) -> Callable[[str], list[Candidate]]:
        return lru_cache(MOST_KEPT)(self._look_up)

    def _look_up(self, key: str) -> list[Candidate]:
        found = self.index.known_as(key)
        if found or not key.isascii():
            return found
        for form in modern_forms(key):
            found = self.index.known_as(form)
            if found:
                return found
        return self._spelled.find(key)

    def sightings(self, text: str) -> Iterator[Sighting]:
        """Every listed name that a string (as `readable` returns it) shows."""
        for address in ADDRESS_BREAK.split(text)[:MOST_ADDRESSES]:
            parts = segments(address)
            seen = set()
            for found, written, rest in (*self._runs(parts), *self._inside(parts)):
                name = found.entry.entry_id, name_key(written)
                if name not in seen:
                    seen.add(name)
                    beside = text.replace(address, rest) if address != text else rest
                    yield Sighting(found, written, name[1], address, beside, text)
            for found, written in self._numbered.find(parts):
                yield Sighting(found, written, name_key(found.name), address, text, text)

    def _runs(self, parts: list[str]) -> Iterator[tuple[Candidate, str, str]]:
        """Runs of whole segments that spell a listed name with as many of its own."""
        keys = [folded(part) for part in parts]
        for start, end in self._spans(keys):
            key = joined_key(keys[start:end])
            found = self.known_as(key) if end - start == 1 else self.index.known_as(key)
            for one in found:
                if end - start in (1, len(segments(one.name))):
                    rest = ", ".join([*parts[:start], *parts[end:]])
                    yield one, ", ".join(parts[start:end]), rest

    def _spans(self, keys: list[str]) -> Iterator[tuple[int, int]]:
        """Runs of several segments where a name of several begins with their word, and of one."""
        opens, several = [False] * len(keys), False
        for at in reversed(range(len(keys))):
            if keys[at]:
                several = keys[at].partition(" ")[0] in self.index.first_words
            opens[at] = several
        for start, is_open in enumerate(opens):
            longest = self.index.most_segments if is_open else 1
            for end in range(min(start + longest, len(keys)), start, -1):
                yield start, end

    def _inside(self, parts: list[str]) -> Iterator[tuple[Candidate, str, str]]:
        """Names that a segment holds beside places, units or another body."""
        for at, part in enumerate(parts):
            for found, written in self._names_in(part):
                left = part.replace(written, " ", 1)
                yield found, written, ", ".join([*parts[:at], left, *parts[at + 1 :]])

    @cached_property
    def _names_in(self) -> Callable[[str], list[tuple[Candidate, str]]]:
        """Names in a segment; segments repeat, so each is read once."""
        return lru_cache(MOST_KEPT)(self._read)

    def _read(self, part: str) -> list[tuple[Candidate, str]]:
        if len(part) > LONGEST_SEGMENT:
            return []
        return list(self._in_han(part) if is_han(part) else self._in_latin(part))

    def _in_latin(self, part: str) -> Iterator[tuple[Candidate, str]]:
        if self.known_as(folded(part)):
            return
        pieces = [part, *self._before_parents(part), *behind_joints(part, self.units.is_unit)]
        joined = JOINED.split(part)
        if len(joined) > 1 and not any(map(self._is_generic, joined)):
            pieces += joined
        for piece in pieces:
            for shorter in self._without_places(piece):
                found = self.known_as(folded(shorter))
                yield from ((one, shorter) for one in found)
                if found:
                    return
        for piece in filter(None, map(before_units, dict.fromkeys((part, *joined)))):
            known = self.known_as(folded(piece))
            yield from ((one, piece) for one in known if one.entry.is_company)
        yield from self._of_group(part)
        for piece in behind_joints(part, self.units.is_hospital):
            for shorter in self._without_places(piece):
                known = self.known_as(folded(shorter))
                yield from ((one, shorter) for one in known if one.entry.has_hospitals)

    def _of_group(self, part: str) -> list[tuple[Candidate, str]]:
        """The group whose name begins a segment before the name of an institute of it.

        Not by a short form, which others bear, too.
        """
        for piece in before_institutes(part):
            known = [] if is_short(piece) else self.known_as(folded(piece))
            if groups := [(one, piece) for one in known if one.entry.is_group]:
                return groups
        return []

    def _before_parents(self, part: str) -> Iterator[str]:
        """What stands before each "of" of a segment behind which a parent body is named."""
        joints = JOINT.finditer(part)
        yield from (part[: j.start()] for j in joints if self.parents.is_whole(part[j.end() :]))

    def _is_generic(self, piece: str) -> bool:
        """Whether a piece of "A and B" is no body but the end of its name ("and Technology")."""
        return len(piece.split()) < 2 and not self.known_as(folded(piece))

    def _without_places(self, piece: str) -> Iterator[str]:
        """The piece, then without marks and countries before it and places behind it."""
        words = [match.span() for match in WORDS.finditer(piece)]
        start, end = self._first(piece, words), len(words)
        while start < end:
            yield piece[words[start][0] : words[end - 1][1]].strip(" .")
            size = self._place_size(piece, words[start:end])
            if not size:
                return
            end -= size

    def _first(self, piece: str, words: list[tuple[int, int]]) -> int:
        """Words before a name: footnote marks and names of countries ("China b Foo")."""
        at = 0
        while at < len(words):
            first = piece[words[at][0] : words[at][1]]
            sizes = (n for n in (4, 3, 2, 1) if at + n < len(words))
            key = next((n for n in sizes if self._is_country(piece, words[at : at + n])), 0)
            marked = MARKER.match(first) is not None
            if not marked and not key:
                return at
            at += key or 1
        return 0

    def _is_country(self, piece: str, words: list[tuple[int, int]]) -> bool:
        return folded(piece[words[0][0] : words[-1][1]]) in self.places.countries

    def _place_size(self, piece: str, words: list[tuple[int, int]]) -> int:
        """How many of the last words are a place, a number or "in"; 0 if they are neither."""
        last = folded(piece[words[-1][0] : words[-1][1]])
        if not last or last.isdigit() or last in ("in", "at"):
            return 1
        sizes = range(min(4, len(words)), 0, -1)
        names = {n: folded(piece[words[-n][0] : words[-1][1]]) for n in sizes}
        return next((n for n in sizes if self.places.is_place(names[n])), 0)

    def _in_han(self, part: str) -> Iterator[tuple[Candidate, str]]:
        """Chinese: listed names at boundaries of the script, none inside a longer listed one."""
        taken: list[tuple[int, int]] = []
        for name, found in self.index.han_in(part):
            start, end = part.index(name), part.index(name) + len(name)
            if name == part or is_short(name) or any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            for one in found:
                bare = is_city_in_province(part[:start], name, self.places)
                if self._is_bounded("" if bare else part[:start], part[end:], one.entry):
                    yield one, name

    def _is_bounded(self, before: str, behind: str, entry: Entry) -> bool:
        """Whether an entry's Chinese name may begin and end where it stands."""
        if not begins_behind(before, entry.city, self.places):
            return False
        if entry.has_hospitals and any(sign in behind for sign in self.units.of("hospital")):
            return True
        return not behind or self.units.is_unit_han(behind, self.places, entry.country)


def packaged_lookout(index: EntryIndex, places: PlaceNames) -> Lookout:
    """A lookout for an index with the packaged parents and words of units."""
    return Lookout(index, places, packaged_parents(), packaged_units())


def readable(text: str) -> str:
    """The part of a string that is looked at, without tags, entities and former employers.

    A list says nothing of where somebody worked before. Institutes of the parents of listed bodies
    are in simplified signs, as the lists have them.
    """
    read = without_former(clean(LINE_END.sub("\n", text[:LONGEST_TEXT])))
    return packaged_parents().in_simplified_signs(read)
