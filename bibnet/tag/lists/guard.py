"""Guards between a listed name and a flag: each says in one word why a name was held back.

A name that many bodies use must not flag the wrong one. The first guard that holds is the one
that is counted; the list `guards` says each in a sentence.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from bibnet.reference import load
from bibnet.tag.lists.campus import Child
from bibnet.tag.lists.entry import GENERIC, Entry, EntryIndex
from bibnet.tag.lists.lone_acronym import SHORTEST_UNIQUE, is_but_acronym
from bibnet.tag.lists.parents import Mention
from bibnet.tag.lists.registry_names import RegistryNames
from bibnet.tag.lists.sighting import Lookout, Sighting, packaged_lookout
from bibnet.tag.name import folded, is_han, is_short, letters, name_key, segments
from bibnet.tag.place_names import PlaceNames, names_city

# A Chinese name of so many signs is its body's alone: an earlier guard asked for namesakes abroad.
SHORTEST_UNIQUE_HAN = 6
MOST_KEPT = 10_000  # texts


@dataclass(frozen=True)
class Guards:
    """What the guards need to know: the list, the names of places, the names in a registry.

    Without `registry` no name is known to be unique and no namesake abroad is known. `children`
    is what `children_of_listed` gives; without it no campus is known.
    """

    index: EntryIndex
    places: PlaceNames
    registry: RegistryNames = field(default_factory=RegistryNames)
    children: Mapping[str, Collection[Child]] = field(default_factory=dict)

    @cached_property
    def lookout(self) -> Lookout:
        """Finds the names that the guards judge."""
        return packaged_lookout(self.index, self.places)

    @cached_property
    def named_countries(self) -> Callable[[str], frozenset[str]]:
        """Countries that a text names; the names of one string ask again and again."""
        return lru_cache(MOST_KEPT)(self.places.named_countries)

    def held_by(
        self, sighting: Sighting, resolved: Collection[str], beside: Collection[str] = ()
    ) -> str:
        """Name the first guard that holds the sighting back; empty if none does.

        `resolved` are the countries that the affiliation is resolved to, `beside` those of other
        bodies that it flags.
        """
        case = _Case(self, sighting, frozenset(resolved), frozenset(beside))
        checks: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("generic_name", case.is_generic),
            ("short_name", case.is_short),
            ("other_country", case.is_elsewhere),
            ("longer_name", case.is_longer),
            ("shared_by_entries", case.is_shared),
            ("namesake_abroad", case.has_namesake),
            ("country_unknown", case.is_nowhere),
        )
        return next((guard for guard, holds in checks if holds()), "")

    def is_of_longer(self, sighting: Sighting) -> bool:
        """Say whether a sighting is a part of the longer name of another body in the registry."""
        return _Case(self, sighting, frozenset(), frozenset()).is_longer()

    def parents_of(self, entry: Entry) -> frozenset[str]:
        """Parent bodies that the entry's own names mention."""
        return self._parents[entry.entry_id]

    @cached_property
    def _parents(self) -> Mapping[str, frozenset[str]]:
        named = self.lookout.parents.named
        return {
            entry.entry_id: frozenset(one.parent for name, _ in entry.names for one in named(name))
            for entry in self.index.entries
        }

    def against_identifier(self, entry: Entry, text: str) -> str:
        """Name the guard by which a text speaks against an identifier; empty if it does not."""
        if self.may_be_namesake(entry, text):
            return "identifier_of_namesake"
        return "short_name" if is_but_acronym(entry, text, self.registry) else ""

    def may_be_namesake(self, entry: Entry, text: str) -> bool:
        """Say whether a text may mean a body of that name abroad, whatever its identifier says.

        Only for an entry whose name has a namesake abroad, and a text that does not name the
        entry's country: it names a namesake's country, or shows the bare name, so that the
        identifier was guessed from what both share.
        """
        key = name_key(entry.name)
        bearers = {country for country, _, _ in self.registry.bearers.get(key, ())}
        abroad = bearers - {entry.country}
        if not abroad or not text:
            return False
        named = self.named_countries(text)
        shows_name = key in map(folded, segments(text))
        return entry.country not in named and (shows_name or bool(named & abroad))


@dataclass(frozen=True)
class _Case:
    """One sighting and what is known of its place."""

    guards: Guards
    sighting: Sighting
    resolved: frozenset[str]
    beside: frozenset[str]

    @property
    def entry(self) -> Entry:
        return self.sighting.candidate.entry

    @cached_property
    def mentions(self) -> list[Mention]:
        return self.guards.lookout.parents.named(self.sighting.address)

    @cached_property
    def stated(self) -> frozenset[str]:
        """Countries that the name's own address states, else the whole string.

        A parent body's name states its country; its acronym does only where nothing else does.
        """
        stated = self._places()
        parents = frozenset(one.country for one in self.mentions if not one.is_short)
        acronyms = frozenset(one.country for one in self.mentions)
        return (stated | parents) or acronyms or self._by_adjective()

    def _by_adjective(self) -> frozenset[str]:
        words = self.sighting.key.split()
        return frozenset(country for word, country in demonyms().items() if word in words)

    def is_generic(self) -> bool:
        """A name that says too little counts beside the name of its parent body.

        An acronym of the parent must stand alone with it: no other country, no namesake abroad.
        """
        if self.sighting.candidate.kind != GENERIC:
            return False
        own = self.guards.parents_of(self.entry)
        beside = [one for one in self.mentions if one.parent in own]
        if any(not one.is_short for one in beside):
            return False
        registry, key = self.guards.registry, name_key(self.sighting.candidate.name)
        known = registry.organisations and not registry.has_bearer_abroad(key, self.entry.country)
        home = self.entry.country in self._places() | self.beside
        return not (beside and (home or (known and not self.is_elsewhere())))

    def is_short(self) -> bool:
        """A short form counts only if the registry knows no other bearer and a place is known.

        Companies coin their names: of theirs a Chinese sign counts for two letters.
        """
        if not is_short(self.sighting.key):
            return False
        registry, key = self.guards.registry, self.sighting.key
        unique = registry.organisations and not registry.has_other_bearer(key, self.entry)
        unique = unique or key in self.guards.lookout.parents.names
        placed = self.entry.country in self._places() | self.resolved | self.beside
        size = letters(key) * (2 if is_han(key) and self.entry.is_company else 1)
        return not (unique and size >= SHORTEST_UNIQUE and placed)

    def _places(self) -> frozenset[str]:
        named = self.guards.named_countries
        return named(self.sighting.address) or named(self.sighting.text)

    def is_elsewhere(self) -> bool:
        """Another country is known, and not the entry's."""
        country = self.entry.country
        if country in self.resolved | self.beside:
            return False
        known = self.stated | self.resolved
        if country not in self.stated:
            return bool(known)
        # A name with a city in it ("Foo Institute, New York") must not place itself against the
        # rest of its address.
        address = self.sighting.address.replace(self.sighting.written, " ")
        beside = self.guards.named_countries(address)
        return bool(beside) and country not in beside

    def is_longer(self) -> bool:
        """What another body has behind the name in its own stands behind it, and not the city."""
        behind = self.sighting.address.partition(self.sighting.written)[2]
        further = self.guards.registry.further.get(self.entry.entry_id, ())
        gap = "" if is_han(self.sighting.written) else " "
        keys = [f"{folded(part)}{gap}" for part in segments(behind)]
        told = any(key.startswith(f"{rest}{gap}") for key in keys for rest in further)
        return told and not names_city(self.sighting.rest, self.entry.city)

    def is_shared(self) -> bool:
        """Another entry bears the name, and only the city could tell them apart.

        A generic name that got here is told by its parent body.
        """
        if self.sighting.candidate.kind == GENERIC:
            return False
        others = {
            found.entry.city
            for found in self.guards.lookout.known_as(self.sighting.key)
            if found.entry.entry_id != self.entry.entry_id
        }
        if not others:
            return False
        city, rest = self.entry.city, self.sighting.rest
        return city in others or "" in others or not names_city(rest, city)

    def has_namesake(self) -> bool:
        """A body abroad bears the name, and the city is not named, or the country for want of it.

        Some lists give no city: then the address must name the entry's country, and no other.
        """
        key, entry = name_key(self.sighting.candidate.name), self.entry
        if self.sighting.candidate.kind == GENERIC:
            return False
        if not self.guards.registry.has_bearer_abroad(key, entry.country):
            return False
        if entry.city:
            return not names_city(self.sighting.rest, entry.city)
        own = {entry.country}
        return self._places() != own or not self.resolved <= own

    def is_nowhere(self) -> bool:
        """Nothing says a country, and the name is not the entry's alone."""
        if self.entry.country in self.stated | self.resolved | self.beside:
            return False
        key = name_key(self.sighting.candidate.name)
        if (
            is_han(key)
            and letters(key) >= SHORTEST_UNIQUE_HAN
            and self.guards.registry.organisations
        ):
            return False
        return not self.guards.registry.is_unique(key, self.entry)


@cache
def demonyms() -> Mapping[str, str]:
    """Folded adjectives of countries -> code."""
    return {folded(row["word"]): row["country"] for row in load.rows("demonyms")}
