"""What the end of an address says about its place: country, else province, else city.

Read from the last comma-separated part backwards. A country name counts as a whole part, or at
the end of a part behind a place or an organisation noun; never inside a name ("Beth Israel",
"Bank of China"). Names that are a country and a province ("Georgia") need a city beside them.
Postcodes are passed over; people, e-mail addresses and numbers mean nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bibnet.places.address import Segment
from bibnet.places.gazetteer import City, Gazetteer
from bibnet.places.vocabulary import CONNECTORS, ORGANISATION_NOUNS

TAIL_SEGMENTS = 4  # country, province, city and a stray part (a street, a region) behind them
LONGEST_NAME = 7  # words of the longest place name looked for at the end of a part
LONGEST_CITY = 3
ZIP_COUNTRY = "US"  # whose five digits behind a code say that it is a state


@dataclass(frozen=True, slots=True)
class Place:
    """A place read from a string; empty text = not said. `span` is the part that says it.

    `rule` is country_name, country_code, province_name, province_code or city_name.
    """

    country: str
    province: str
    city: str
    rule: str
    span: tuple[int, int]


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
        """City of a country (and province) that stands right before its name."""
        for key in self.place_keys(at, start):
            city = self.gazetteer.city_in(key, country, admin1)
            if city:
                return city
        return None


def named_countries(segments: Sequence[Segment], gazetteer: Gazetteer) -> frozenset[str]:
    """Countries that any part of the string names, alone or at its end."""
    found = (country_at_end(segment, gazetteer) for segment in segments)
    return frozenset(country for country, _ in filter(None, found))


def country_at_end(segment: Segment, gazetteer: Gazetteer) -> tuple[str, int] | None:
    """Country a part names and the word its name starts at, or None."""
    if segment.words[-1] not in gazetteer.last_words:
        return None
    for start in range(max(0, len(segment.words) - LONGEST_NAME), len(segment.words)):
        key = segment.key_from(start)
        country = gazetteer.countries.get(key)
        if country:
            free = _stands_free(segment.words, start, country, gazetteer)
            return (country, start) if free else None
        if key in gazetteer.province_names:
            return None
    return None


def _stands_free(words: Sequence[str], start: int, country: str, gazetteer: Gazetteer) -> bool:
    """Whether what precedes a place name shows that it is not part of a longer name.

    An organisation noun does, or a city or province of the same country.
    """
    if start == 0 or words[start - 1] in ORGANISATION_NOUNS:
        return True
    if words[start - 1] in CONNECTORS:
        return False
    before = (" ".join(words[at:start]) for at in range(max(0, start - LONGEST_CITY), start))
    return any(
        gazetteer.city_in(key, country)
        or any(owner == country for owner, _ in gazetteer.province_names.get(key, ()))
        for key in before
    )


def read_tail(segments: Sequence[Segment], gazetteer: Gazetteer) -> Place | None:
    """Place that the end of the string names, or None.

    The last part that names a country decides, then one that names a province; a city decides
    only where no part of the tail says more.
    """
    tail = Tail(segments[-TAIL_SEGMENTS:], gazetteer)
    city: Place | None = None
    for at in range(len(tail.segments) - 1, -1, -1):
        place = _by_country(tail, at) or _by_province(tail, at) or _by_code(tail, at)
        if place:
            return place
        city = city or _by_city(tail, at)
    return city


def _by_country(tail: Tail, at: int) -> Place | None:
    found = country_at_end(tail.segments[at], tail.gazetteer)
    if found is None:
        return None
    country, start = found
    is_province = tail.segments[at].key_from(start) in tail.gazetteer.province_names
    if is_province and not tail.city(at, start, country, None):
        return None
    country = _territory(tail, at, country)
    return _place(tail, at, start, (country, None), rule="country_name")


def _territory(tail: Tail, at: int, state: str) -> str:
    """Territory named before the state it is also written under ("Hong Kong, China")."""
    for segment in tail.before(at):
        if tail.gazetteer.city_in(segment.key, state):
            continue
        named = tail.gazetteer.countries.get(segment.key, "")
        city = tail.gazetteer.dominant_city(segment.key)
        for territory in (named, city.country if city else ""):
            if (territory, state) in tail.gazetteer.parts:
                return territory
    return state


def _place(tail: Tail, at: int, start: int, owner: tuple[str, str | None], *, rule: str) -> Place:
    """Place in a country (and province) with the city and province named before it."""
    country, admin1 = owner
    if admin1 is None:
        named = (
            code
            for key in tail.place_keys(at, start)
            for holder, code in tail.gazetteer.province_names.get(key, ())
            if holder == country
        )
        admin1 = next(named, None)
    city = tail.city(at, start, country, admin1)
    if city is None and rule == "country_name":
        city = tail.city(at, start, country, None)
    admin1 = city.admin1 if city else admin1
    province = tail.gazetteer.province(country, admin1) if admin1 else ""
    return Place(country, province, city.name if city else "", rule, tail.segments[at].span)


def _by_province(tail: Tail, at: int) -> Place | None:
    segment = tail.segments[at]
    if segment.words[-1] not in tail.gazetteer.last_words:
        return None
    for start in range(max(0, len(segment.words) - LONGEST_NAME), len(segment.words)):
        key = segment.key_from(start)
        owners = [
            owner
            for owner in tail.gazetteer.province_names.get(key, ())
            if _stands_free(segment.words, start, owner[0], tail.gazetteer)
        ]
        if owners:
            return _province_of(tail, at, start, owners)
    return None


def _province_of(
    tail: Tail, at: int, start: int, owners: Sequence[tuple[str, str]]
) -> Place | None:
    """Province among the owners of a name; a name others share needs a city of the province."""
    key = tail.segments[at].key_from(start)
    for country, admin1 in owners:
        rivals = tail.gazetteer.cities.get(key, ())
        shared = (
            len(owners) > 1
            or key in tail.gazetteer.countries
            or any(rival.country != country for rival in rivals)
        )
        if not shared or tail.city(at, start, country, admin1):
            return _place(tail, at, start, (country, admin1), rule="province_name")
    return None


def _by_code(tail: Tail, at: int) -> Place | None:
    """Province by its postal code in capitals at the end of a part, or a country by its code.

    A code needs a city of the province before it or a zip code behind it; only one that is no
    country's code may stand without, as a part of its own.
    """
    segment = tail.segments[at]
    code, start = segment.last, len(segment.words) - 1
    if at == 0 and start == 0:
        return None
    owners = tail.gazetteer.province_codes.get(code, ())
    for country, admin1 in owners:
        if tail.city(at, start, country, admin1):
            return _place(tail, at, start, (country, admin1), rule="province_code")
    is_country = code in tail.gazetteer.codes
    if is_country and tail.city(at, start, code, None):
        return _place(tail, at, start, (code, None), rule="country_code")
    for country, admin1 in owners:
        zipped = segment.zipped and country == ZIP_COUNTRY
        if zipped or (start == 0 and len(owners) == 1 and not is_country):
            return _place(tail, at, start, (country, admin1), rule="province_code")
    return None


def _by_city(tail: Tail, at: int) -> Place | None:
    segment = tail.segments[at]
    city = tail.gazetteer.dominant_city(segment.key)
    if city is None or _is_foreign_province(segment.key, city, tail.gazetteer):
        return None
    province = tail.gazetteer.province(city.country, city.admin1)
    return Place(city.country, province, city.name, "city_name", segment.span)


def _is_foreign_province(key: str, city: City, gazetteer: Gazetteer) -> bool:
    """Whether a city shares its name with a province of another country (Ontario, California)."""
    return any(country != city.country for country, _ in gazetteer.province_names.get(key, ()))
