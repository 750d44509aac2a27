"""Where a string is, from evidence that is too weak to contradict anything else.

Asked only where the end of the address names no place. In this order: a postcode that one country
alone writes so, a country's name inside a longer name, a city's name in the name of an
organisation, the ending of an e-mail or web address. Weaker still is the name of a country, or its
adjective, at the head of a body's name, which no model is told (`nation_in_name`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from bibnet.places.address.city import CITY_POPULATION
from bibnet.places.address.country_end import LONGEST_NAME
from bibnet.places.address.gazetteer import Gazetteer, place_key
from bibnet.places.address.named_place import Place, coordinates
from bibnet.places.address.normalise import MAX_TEXT
from bibnet.places.address.parts import Segment
from bibnet.places.address.stems import stem_words
from bibnet.places.address.territory import LONGEST_CITY
from bibnet.places.address.vocabulary import (
    CONNECTORS,
    LEGAL_FORMS,
    NO_CITY,
    ORGANISATION_NOUNS,
)
from bibnet.reference.load import rows

POSTCODE, TROOP_NUMBER, COUNTRY_IN_NAME = "postcode", "troop_number", "country_in_name"
PROVINCE_IN_NAME, CITY_IN_NAME = "province_in_name", "city_in_name"
MAIL_DOMAIN, NATION_IN_NAME = "mail_domain", "nation_in_name"
LAST_RESORTS = frozenset(
    (
        *(POSTCODE, TROOP_NUMBER, COUNTRY_IN_NAME, PROVINCE_IN_NAME),
        *(CITY_IN_NAME, NATION_IN_NAME, MAIL_DOMAIN),
    )
)
# Smaller cities share names with founders and saints.
POPULATION_IN_NAME = 200_000
# Larger ones may be meant where the country of the same name is ("Lebanon" in New Hampshire).
POPULATION_OF_TOWN = 30_000
ZIP_COUNTRY = "US"  # its towns sign without their country
UNIVERSITY, UNIVERSITY_STEM = "university", "univ"
LONGEST_STATE = 3  # words of a state's name
SHORTEST_PROVINCE = 4  # letters; shorter ones are abbreviations
_HOST = re.compile(r"(?:@|https?://|www\.)([\w.-]++)", re.IGNORECASE)
_LABEL = re.compile("[a-z]{2,}", re.IGNORECASE)


def weak_place(text: str, segments: Sequence[Segment], gazetteer: Gazetteer) -> Place | None:
    """Place of a string that no part of it names outright, or None."""
    for country, rule in _by_number(text[:MAX_TEXT]):
        return country_place(country, rule, (0, 0))
    for segment in reversed(segments):
        found = _country_in_name(segment, gazetteer)
        if found:
            return found
    cities = {place for segment in segments if (place := city_in_name(segment, gazetteer))}
    if len({place.country for place in cities}) == 1:
        return min(cities, key=lambda place: place.span)
    return _by_domain(text[:MAX_TEXT], gazetteer)


def country_place(country: str, rule: str, span: tuple[int, int]) -> Place:
    """Place of a country alone; `span` are the offsets of the part that says it."""
    return Place(country, "", "", rule, span)


def is_of_troops(text: str) -> bool:
    """Whether a text holds the number of troops, which says nothing of where they are."""
    troops = (pattern for pattern, _, rule in _patterns() if rule == TROOP_NUMBER)
    return any(pattern.search(text[:MAX_TEXT]) for pattern in troops)


def _by_number(text: str) -> Iterator[tuple[str, str]]:
    """Country of the postcode or the number of troops in a text, with the rule that says so."""
    found = {(country, rule) for pattern, country, rule in _patterns() if pattern.search(text)}
    if len({country for country, _ in found}) == 1:
        yield min(found)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(
        (re.compile(row["pattern"]), row["country"], row["rule"])
        for row in rows("postcode_patterns")
    )


def _country_in_name(whole: Segment, gazetteer: Gazetteer) -> Place | None:
    """Country whose name ends that of a body, legal form and all ("X Technologies Sweden AB")."""
    last = len(whole.words)
    while last > 1 and whole.words[last - 1] in LEGAL_FORMS:
        last -= 1
    segment = whole.until(last) if last < len(whole.words) else whole
    if len(segment.words) == 1 or segment.words[-1] not in gazetteer.last_words:
        return None
    for start in range(max(1, len(segment.words) - LONGEST_NAME), len(segment.words)):
        key = segment.key_from(start)
        if key in gazetteer.province_names:
            return None
        country = gazetteer.countries.get(key)
        longer = segment.key_from(start - 1)
        if country and _is_no_city(key, country, gazetteer) and longer not in NO_CITY:
            return country_place(country, COUNTRY_IN_NAME, segment.span)
    return None


def _is_no_city(key: str, country: str, gazetteer: Gazetteer) -> bool:
    """Whether the name of a country is none of a city but small ones of some third countries."""
    bearers = gazetteer.cities.get(key, ())
    return all(
        city.country not in (country, ZIP_COUNTRY) and city.population < POPULATION_OF_TOWN
        for city in bearers
    )


def city_in_name(segment: Segment, gazetteer: Gazetteer) -> Place | None:
    """Place whose name begins an organisation's name, or ends it behind its noun or a connector.

    Or the state before a city of it ("University of Kelp State Town").
    """
    words = segment.words
    long = stem_words(word for word in words if len(word) >= len(UNIVERSITY))
    if ORGANISATION_NOUNS.isdisjoint(words) and UNIVERSITY_STEM not in long:
        return None
    for length in range(min(LONGEST_CITY, len(words) - 1), 0, -1):
        head = " ".join(words[:length])
        if length > 1 and head in gazetteer.countries and head not in gazetteer.cities:
            return None  # no part of it is the place ("Papua" in the name of a country)
        ends = words[-length - 1] in ORGANISATION_NOUNS | CONNECTORS
        for key in (head, " ".join(words[-length:]) if ends else ""):
            owners = gazetteer.province_names.get(key, ())
            if len(owners) == 1 and is_plain_province(key, owners[0][0], gazetteer):
                return province_in_name(owners[0], segment.span, gazetteer)
            city = key in gazetteer.cities and key not in ORGANISATION_NOUNS
            place = _large_city(key, segment, gazetteer) if city else None
            if place:
                return place
    return _state_and_city(segment, gazetteer)


def _state_and_city(segment: Segment, gazetteer: Gazetteer) -> Place | None:
    """City that ends the name of a university behind that of its state, which a connector leads."""
    words = segment.words
    for start in range(1, len(words) - 1):
        if words[start - 1] not in CONNECTORS:
            continue
        for end in range(start + 1, min(start + LONGEST_STATE, len(words) - 1) + 1):
            key = " ".join(words[start:end])
            owners = gazetteer.province_names.get(key, ())
            if len(owners) != 1 or not is_plain_province(key, owners[0][0], gazetteer):
                continue
            city = gazetteer.city_in(" ".join(words[end:]), *owners[0])
            if city:
                province = gazetteer.province(*owners[0])
                found = (CITY_IN_NAME, segment.span, *coordinates(city))
                return Place(city.country, province, city.name, *found)
    return None


def is_plain_province(key: str, country: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is no country, no abbreviation and no large city of another country."""
    if key in gazetteer.countries or key in NO_CITY or len(key) < SHORTEST_PROVINCE:
        return False
    rivals = (city for city in gazetteer.cities.get(key, ()) if city.country != country)
    return all(city.population < CITY_POPULATION for city in rivals)


def province_in_name(owner: tuple[str, str], span: tuple[int, int], gazetteer: Gazetteer) -> Place:
    """Place of a province (country, GeoNames code) that a name holds, its city if it is one."""
    province = gazetteer.province(*owner)
    city = gazetteer.municipalities.get((owner[0], province), "")
    return Place(owner[0], province, city, CITY_IN_NAME if city else PROVINCE_IN_NAME, span)


def _large_city(key: str, segment: Segment, gazetteer: Gazetteer) -> Place | None:
    """City that a name means under its main name, if it is large; else None."""
    city = gazetteer.dominant_city(key)
    if not city or place_key(city.name) != key or city.population < POPULATION_IN_NAME:
        return None
    if key in gazetteer.province_names or key in NO_CITY:
        return None
    province = gazetteer.province(city.country, city.admin1)
    return Place(city.country, province, city.name, CITY_IN_NAME, segment.span, *coordinates(city))


def _by_domain(text: str, gazetteer: Gazetteer) -> Place | None:
    hosts = (host.rstrip(".-")[1:].rpartition(".") for host in _HOST.findall(text))
    ends = {last for _, dot, last in hosts if dot and _LABEL.fullmatch(last)}
    found = {country for last in ends if (country := _of_domain(last, gazetteer))}
    return country_place(found.pop(), MAIL_DOMAIN, (0, 0)) if len(found) == 1 else None


def _of_domain(last: str, gazetteer: Gazetteer) -> str:
    last = last.lower()
    if last in _ending_countries():
        return _ending_countries()[last]
    return last.upper() if last.upper() in gazetteer.codes else ""


@lru_cache(maxsize=1)
def _ending_countries() -> Mapping[str, str]:
    return {row["ending"]: row["country"] for row in rows("internet_endings")}
