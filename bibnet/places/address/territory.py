"""The last parts of an address, and the territory they mean where a state is written behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bibnet.places.address.city import FARTHEST_PART, City, kilometres
from bibnet.places.address.gazetteer import Gazetteer, place_key
from bibnet.places.address.parts import Segment

LONGEST_CITY = 3  # words
# A city of this size in a name says that the address is there and not in a territory named beside.
WELL_KNOWN_POPULATION = 300_000
METROPOLIS = 2_000_000
LIKE = (
    0.8  # two spellings of one name ("Odesa", "Odessa"): the share of letters they have in common
)


@dataclass(frozen=True, slots=True)
class Tail:
    """The last parts of an address and what their names may mean."""

    segments: Sequence[Segment]
    gazetteer: Gazetteer

    def before(self, at: int) -> Sequence[Segment]:
        """Return the two parts before one, nearest first."""
        return self.segments[max(0, at - 2) : at][::-1]

    def place_keys(self, at: int, start: int) -> list[str]:
        """Names that may be the city of a country or province at word `start` of a part."""
        own = self.segments[at].words[:start]
        keys = [" ".join(own[first:]) for first in range(max(0, start - LONGEST_CITY), start)]
        return keys + [segment.key for segment in self.before(at)]

    def city(self, at: int, start: int, country: str, admin1: str | None) -> City | None:
        """City of a country (and province) that stands right before its name.

        Where the name is that of its province, too, the city before it that is far from there:
        "Buffalo, New York" is not in New York City, but a part of a city is in the city. Without
        one none, if the name is but another one of the city ("Bihar" of Bihar Sharif).
        """
        keys = self.place_keys(at, start)
        known = [(key, c) for key in keys if (c := self.gazetteer.city_in(key, country, admin1))]
        if not known:
            return None
        key, city = known[0]
        if self._lends(key, city):
            return next((other for _, other in known[1:]), city)
        if not self._is_province(key, city):
            return city
        called = self._is_called(city, key)
        inside = (other for _, other in known[1:] if other.admin1 == city.admin1)
        apart = (
            o for o in inside if not called or kilometres(o.degrees, city.degrees) > FARTHEST_PART
        )
        return next(apart, city if called else None)

    def namesake_province(self, at: int, start: int, country: str) -> str | None:
        """Code of a province, before its country's name, that is a city's name, too; else None."""
        cities = ((k, self.gazetteer.city_in(k, country)) for k in self.place_keys(at, start))
        return next((c.admin1 for key, c in cities if c and self._is_province(key, c)), None)

    def _lends(self, key: str, city: City) -> bool:
        """Whether another name of a city is that of another province of its country ("Morelos")."""
        holders = self.gazetteer.province_countries.get(key, frozenset())
        other = place_key(city.name) != key and not self._is_province(key, city)
        return other and city.country in holders

    def _is_province(self, key: str, city: City) -> bool:
        province = (city.country, city.admin1)
        written = province in self.gazetteer.province_names.get(key, ())
        return written or place_key(self.gazetteer.province(*province)) == key

    def _is_called(self, city: City, key: str) -> bool:
        """Whether a province's name is that of its city, too, and no other town's."""
        own = place_key(city.name)
        if (city.country, city.admin1) not in self.gazetteer.wide_provinces:
            return True
        alike = SequenceMatcher(a=own, b=key, autojunk=False).ratio() >= LIKE
        return alike or (city.population >= METROPOLIS and own.startswith(f"{key} "))


def territory_of(tail: Tail, at: int, start: int, state: str) -> str:
    """Territory named before the state it is also written under ("Hong Kong, China").

    As a part of its own, or in a name of the address ("Hong Kong University, China") unless the
    address names a city that is in the state only. The other way round a territory that is named
    behind a large city of the state is the state's own old name ("Nanjing, Republic of China").
    """
    gazetteer = tail.gazetteer
    whole = dict(gazetteer.parts).get(state)
    if whole and not tail.city(at, start, state, None):
        sister = _named_territory(tail, at, whole)
        city = tail.city(at, start, whole, None)
        known = city and city.population >= WELL_KNOWN_POPULATION
        return sister or (whole if known else state)
    return _named_territory(tail, at, state) or _in_name(tail, at, start, state)


def _named_territory(tail: Tail, at: int, state: str) -> str:
    """Territory of a state that one of the two parts before names, else empty."""
    gazetteer = tail.gazetteer
    for segment in tail.before(at):
        if gazetteer.city_in(segment.key, state):
            continue
        named = gazetteer.countries.get(segment.key, "")
        city = gazetteer.dominant_city(segment.key)
        for territory in (named, city.country if city else ""):
            if (territory, state) in gazetteer.parts:
                return territory
    return ""


def _in_name(tail: Tail, at: int, start: int, state: str) -> str:
    gazetteer = tail.gazetteer
    segments = (*tail.segments[:at], tail.segments[at].until(start))
    if all(gazetteer.territory_words.isdisjoint(segment.words) for segment in segments):
        return state
    phrases = [phrase for segment in segments for phrase in segment.phrases(LONGEST_CITY)]
    named = {gazetteer.territories.get(phrase, "") for phrase in phrases}
    held = {code for code in named if (code, state) in gazetteer.parts}
    if len(held) != 1:
        return state
    (territory,) = held
    elsewhere = any(
        city.population >= WELL_KNOWN_POPULATION and not gazetteer.city_in(phrase, territory)
        for phrase in phrases
        if (city := gazetteer.city_in(phrase, state))
    )
    elsewhere = elsewhere or any(_is_province_of(state, phrase, gazetteer) for phrase in phrases)
    city = tail.city(at, start, state, None)
    inside = city is None or bool(gazetteer.city_in(place_key(city.name), territory))
    return territory if inside and not elsewhere else state


def _is_province_of(state: str, phrase: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is that of a province of a state alone, and of no territory."""
    owners = gazetteer.province_names.get(phrase, ())
    return (
        bool(owners) and phrase not in gazetteer.territories and {c for c, _ in owners} == {state}
    )
