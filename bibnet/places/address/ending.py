"""What the end of an address says about its place: country, else province, else city.

Read from the last comma-separated part backwards. Names that are a country and a province
("Georgia") need a city beside them. Postcodes are passed over; people, e-mail addresses and numbers
mean nothing.
"""

from collections.abc import Sequence
from dataclasses import replace

from bibnet.places.address.city import City
from bibnet.places.address.cjk_address import sign_place
from bibnet.places.address.code_end import LETTERS_OF_CODE, code_owner
from bibnet.places.address.country_end import LONGEST_NAME, country_at_end, stands_free
from bibnet.places.address.gazetteer import Gazetteer, place_key
from bibnet.places.address.named_place import Place, coordinates
from bibnet.places.address.normalise import IS_SIGN
from bibnet.places.address.parts import Segment
from bibnet.places.address.territory import (
    LONGEST_CITY,
    METROPOLIS,
    WELL_KNOWN_POPULATION,
    Tail,
    territory_of,
)
from bibnet.places.address.vocabulary import (
    BRANCH_NOUNS,
    CONNECTORS,
    ORGANISATION_NOUNS,
)

TAIL_SEGMENTS = 4  # country, province, city and a stray part (a street, a region) behind them
LONGEST_ACRONYM = 4  # letters


def read_ending(segments: Sequence[Segment], gazetteer: Gazetteer) -> Place | None:
    """Place that the end of the string names, or None.

    The last part that names a country decides, then one that names a province; a city decides
    only where no part of the tail says more. Addresses in Chinese script are read by themselves.
    """
    place = _read_letters(segments, gazetteer)
    words = (word for segment in segments for word in segment.words if not word.isascii())
    signs = any(map(IS_SIGN.match, words))
    if not signs or (place and place.city):
        return place
    return sign_place(segments) or place


def _read_letters(segments: Sequence[Segment], gazetteer: Gazetteer) -> Place | None:
    tail = Tail(segments[-TAIL_SEGMENTS:], gazetteer)
    city: Place | None = None
    for at in range(len(tail.segments) - 1, -1, -1):
        place = _by_country(tail, at) or _by_province(tail, at) or _by_code(tail, at)
        if place:
            return _with_city_behind(tail, at, place)
        city = city or _by_city(tail, at)
    return city


def _with_city_behind(tail: Tail, at: int, place: Place) -> Place:
    """Country or province with the city that is a part behind it ("X Research India, Pune")."""
    if place.city:
        return place
    behind = (tail.gazetteer.city_in(s.key, place.country) for s in tail.segments[at + 1 :])
    city = next(filter(None, behind), None)
    province = tail.gazetteer.province(city.country, city.admin1) if city else ""
    if city is None or place.province not in ("", province):
        return place
    lat, lon = coordinates(city)
    return replace(place, province=province, city=city.name, lat=lat, lon=lon)


def _by_country(tail: Tail, at: int) -> Place | None:
    found = country_at_end(tail.segments[at], tail.gazetteer)
    if found is None:
        return None
    country, start = found
    is_province = tail.segments[at].key_from(start) in tail.gazetteer.province_names
    if is_province and not tail.city(at, start, country, None):
        return None
    country = territory_of(tail, at, start, country)
    coded = _code_before(tail, at, start, country)
    if coded:
        admin1, part, word = coded
        place = _place(tail, part, word, (country, admin1), rule="country_name")
        return replace(place, span=tail.segments[at].span)
    return _place(tail, at, start, (country, None), rule="country_name")


def _code_before(tail: Tail, at: int, start: int, country: str) -> tuple[str, int, int] | None:
    """Province whose postal code stands in capitals right before a country's name, or None.

    With the part and the word that the code is: "Lexington, MA, USA" is in no other Lexington.
    """
    at, start = (at, start) if start else (at - 1, len(tail.segments[at - 1].words))
    if at < 0:
        return None
    owners = tail.gazetteer.province_codes.get(tail.segments[at].printed[start - 1], ())
    codes = (admin1 for holder, admin1 in owners if holder == country)
    return next(((admin1, at, start - 1) for admin1 in codes), None)


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
    if admin1 and city is None and rule == "country_name":
        # "Xi'an, Shanxi": of two that do not go together the metropolis is not misspelt.
        city = tail.city(at, start, country, None)
        known = city and city.population >= METROPOLIS and not _is_province_name(tail, city)
        admin1 = city.admin1 if city and known else admin1
    if admin1 is None:
        admin1 = _admin1_of(tail, at, city) if city else tail.namesake_province(at, start, country)
    province = tail.gazetteer.province(country, admin1) if admin1 else ""
    sure = city if city and city.admin1 == admin1 else None
    municipality = tail.gazetteer.municipalities.get((country, province), "")
    name, span = sure.name if sure else municipality, tail.segments[at].span
    return Place(country, province, name, rule, span, *coordinates(sure))


def _is_province_name(tail: Tail, city: City) -> bool:
    owners = tail.gazetteer.province_names.get(place_key(city.name), ())
    return any(country == city.country for country, _ in owners)


def _admin1_of(tail: Tail, at: int, city: City) -> str | None:
    """Province of a city, None where another province has its like and nothing tells which.

    A province named elsewhere in the address tells, and speaks against a small city of another.
    """
    gazetteer = tail.gazetteer
    is_open = gazetteer.is_open(place_key(city.name), city.country)
    if not is_open and city.population >= WELL_KNOWN_POPULATION:
        return city.admin1
    phrases = {p for segment in tail.segments[: at + 1] for p in segment.phrases(LONGEST_CITY)}
    said = {
        admin1
        for phrase in phrases
        for holder, admin1 in gazetteer.province_names.get(phrase, ())
        if holder == city.country
    }
    if not said or city.admin1 in said:
        return None if is_open and not said else city.admin1
    return said.pop() if len(said) == 1 else None


def _by_province(tail: Tail, at: int) -> Place | None:
    segment = tail.segments[at]
    if segment.words[-1] not in tail.gazetteer.last_words:
        return None
    for start in range(max(0, len(segment.words) - LONGEST_NAME), len(segment.words)):
        key = segment.key_from(start)
        if len(key) <= LETTERS_OF_CODE and not segment.last.isupper():
            continue  # "Comp. Sc" is not in South Carolina
        owners = [
            owner
            for owner in tail.gazetteer.province_names.get(key, ())
            if stands_free(segment, start, owner[0], tail.gazetteer)
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
    """Province or country by its code at the end of a part."""
    found = code_owner(tail, at)
    start = len(tail.segments[at].words) - 1
    return _place(tail, at, start, found[0], rule=found[1]) if found else None


def _by_city(tail: Tail, at: int) -> Place | None:
    segment = tail.segments[at]
    key = _city_key(segment) if at else segment.key
    city = tail.gazetteer.dominant_city(key)
    city = city and (_in_named_province(tail, key) or city)
    if city is None and 0 < at == len(tail.segments) - 1 and not segment.last.isupper():
        city = tail.gazetteer.only_city(key)
    if city and city.population < WELL_KNOWN_POPULATION and _is_elsewhere(tail, at, city):
        return None
    if city is None or _is_foreign_province(key, city, tail.gazetteer):
        return None
    # "UBA, FCEyN" is no city, and "Noordwijk, NL" none of Indonesia.
    acronym = len(segment.key) <= LONGEST_ACRONYM and segment.key.upper() == segment.last
    end = tail.segments[-1]
    code = end.last if len(end.words) == 1 and end.last in tail.gazetteer.codes else city.country
    if acronym or code != city.country:
        return None
    province = tail.gazetteer.province(city.country, city.admin1)
    return Place(city.country, province, city.name, "city_name", segment.span, *coordinates(city))


def _city_key(segment: Segment) -> str:
    """Words of a part without the noun of a branch ("Berlin Campus", "Campus de Berlin")."""
    words = list(segment.words)
    if words[-1] in BRANCH_NOUNS:
        return " ".join(words[:-1])
    if words[0] in BRANCH_NOUNS:
        del words[: 2 if words[1:2] and words[1] in CONNECTORS else 1]
    return " ".join(words)


def _in_named_province(tail: Tail, key: str) -> City | None:
    """City of that name in the one province that a name of the address holds, or None.

    "University of Ontario, London" is in no larger London.
    """
    gazetteer = tail.gazetteer
    phrases = {p for segment in tail.segments for p in segment.phrases(LONGEST_CITY)} - {key}
    owners = {owner for p in phrases for owner in gazetteer.province_names.get(p, ())}
    found = [city for owner in sorted(owners) if (city := gazetteer.city_in(key, *owner))]
    return found[0] if len(found) == 1 else None


def _is_elsewhere(tail: Tail, at: int, city: City) -> bool:
    """Whether the name of a school before a city holds the province of another country.

    "University of Massachusetts, Dartmouth" is in no Dartmouth of Canada.
    """
    held = {
        country
        for segment in tail.segments[:at]
        for start in range(2, len(segment.words))
        if segment.words[start - 1] in CONNECTORS and segment.words[start - 2] in ORGANISATION_NOUNS
        for country, _ in tail.gazetteer.province_names.get(segment.key_from(start), ())
    }
    return bool(held) and city.country not in held


def _is_foreign_province(key: str, city: City, gazetteer: Gazetteer) -> bool:
    """Whether a city shares its name with a province of another country (Ontario, California)."""
    return any(country != city.country for country, _ in gazetteer.province_names.get(key, ()))
