"""Guards between a listed name and a flag: each says in one word why a name was held back.

A name that many bodies use must not flag the wrong one. Guards apply to names, never to
identifiers, and the first that holds is the one that is counted.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from bibnet.tag.lists.campus import Child
from bibnet.tag.lists.entry import GENERIC, Candidate, Entry, EntryIndex
from bibnet.tag.name import folded, is_short, name_key, segments
from bibnet.tag.place_names import PlaceNames, names_city


@dataclass(frozen=True)
class Sighting:
    """A listed name in an affiliation.

    `written` is the text that equals the name, `key` its `name_key`, `rest` the string without
    it, `countries` those the affiliation is resolved to.
    """

    candidate: Candidate
    written: str
    key: str
    text: str
    rest: str
    countries: Collection[str]


@dataclass(frozen=True)
class Guards:
    """What the guards need to know: the list, the names of places, the names in a registry.

    `registry_names` is what `namesakes` gives; without it no namesake abroad is known.
    `children` is what `children_of_listed` gives; without it no campus is known.
    """

    index: EntryIndex
    places: PlaceNames
    registry_names: Mapping[str, Collection[str]] = field(default_factory=dict)
    children: Mapping[str, Collection[Child]] = field(default_factory=dict)

    def held_by(self, sighting: Sighting) -> str:
        """Name the first guard that holds the sighting back; empty if none does."""
        checks: tuple[tuple[str, Callable[[Sighting], bool]], ...] = (
            ("generic_name", _is_generic),
            ("short_name", _is_short),
            ("other_country", self._is_elsewhere),
            ("shared_by_entries", self._is_shared),
            ("namesake_abroad", self._has_namesake),
        )
        return next((guard for guard, holds in checks if holds(sighting)), "")

    def may_be_namesake(self, entry: Entry, text: str) -> bool:
        """Say whether a text may mean a body of that name abroad, whatever its identifier says.

        Only for an entry whose name has a namesake abroad, and a text that does not name the
        entry's country: it names a namesake's country, or shows the bare name, so that the
        identifier was guessed from what both share.
        """
        key = name_key(entry.name)
        abroad = set(self.registry_names.get(key, ())) - {entry.country}
        if not abroad or not text:
            return False
        named = self.places.named_countries(text)
        shows_name = key in map(folded, segments(text))
        return entry.country not in named and (shows_name or bool(named & abroad))

    def _is_elsewhere(self, sighting: Sighting) -> bool:
        country = sighting.candidate.entry.country
        if country in sighting.countries:
            return False
        if country not in self.places.named_countries(sighting.text):
            return True
        # A name with a city in it ("Foo Institute, New York") must not place itself against the
        # rest of its address.
        beside = self.places.named_countries(sighting.rest)
        return bool(beside) and country not in beside

    def _is_shared(self, sighting: Sighting) -> bool:
        entry = sighting.candidate.entry
        others = {
            found.entry.city
            for found in self.index.known_as(sighting.key)
            if found.entry.entry_id != entry.entry_id
        }
        if not others:
            return False
        return entry.city in others or "" in others or not names_city(sighting.rest, entry.city)

    def _has_namesake(self, sighting: Sighting) -> bool:
        entry = sighting.candidate.entry
        countries = self.registry_names.get(sighting.key, ())
        abroad = any(country != entry.country for country in countries)
        return abroad and not names_city(sighting.rest, entry.city)


def namesakes(
    index: EntryIndex, organisations: Iterable[tuple[str, str]]
) -> dict[str, frozenset[str]]:
    """Countries of the organisations that bear a listed name, by `name_key`.

    `organisations` are (name, country) pairs of a registry, every name and alias. Case apart the
    names must be equal.
    """
    listed = {name.lower() for entry in index.entries for name, _ in entry.names}
    found: dict[str, set[str]] = defaultdict(set)
    for name, country in organisations:
        if name.lower() in listed:
            found[name_key(name)].add(country)
    return {key: frozenset(found[key]) for key in sorted(found)}


def _is_generic(sighting: Sighting) -> bool:
    return sighting.candidate.kind == GENERIC


def _is_short(sighting: Sighting) -> bool:
    return is_short(sighting.key)
