"""The place that a string states for an organisation: it goes before the seat in the registry.

A place stated in another country contradicts an organisation: whoever writes "X University, City"
with a city abroad is at a branch that is no body of its own, so the place is all that is known.
In the same country a branch keeps the organisation and is where the string says.
"""

from dataclasses import replace

from bibnet.places.address.city import CITY_POPULATION
from bibnet.places.address.cjk_address import sign_place
from bibnet.places.address.gazetteer import Gazetteer, load_gazetteer, place_key
from bibnet.places.address.named_place import Place
from bibnet.places.address.normalise import IS_SIGN
from bibnet.places.address.weak_evidence import LAST_RESORTS
from bibnet.places.locate.branch import campus_place, ending_city, following_place
from bibnet.places.locate.located import Located
from bibnet.places.locate.view import Candidates

TOLD = 0.3  # score of another whole name whose words are no place beside the first


def stated_place(string: int, at: int, seen: Candidates, known: Gazetteer) -> Place | None:
    """Place that a string states for a candidate: right behind its name, else at its end.

    Or that of the campus that it names beside a school.
    """
    segments, text = seen.batch.segments[string], seen.batch.cleaned[string]
    names = [seen.span(at), *map(seen.span, _told(string, seen))]
    if IS_SIGN.match(text, seen.span(at)[0]):
        return sign_place(segments, names)
    place = seen.batch.places[string]
    if place and (place.rule in LAST_RESORTS or _is_within(place, seen.span(at))):
        place = None
    if place and place.city and place.country == seen.country(at):
        return _without_own_city(string, at, place, seen)
    return _campus(string, at, seen, known) or _beside(string, at, place, names, seen)


def _campus(string: int, at: int, seen: Candidates, known: Gazetteer) -> Place | None:
    """Place of the campus that a string names for its one school, if it is not at the seat."""
    segments, country = seen.batch.segments[string], seen.country(at)
    schools = {seen.owner(o) for o in _told(string, seen) if seen.is_school(o)}
    if not seen.is_school(at) or schools - {seen.owner(at)}:
        return None
    found = campus_place(segments, seen.span(at), country, known)
    return found if found and seen.is_far(at, found.lat, found.lon) else None


def _told(string: int, seen: Candidates) -> list[int]:
    """Candidates whose whole names are likely to stand for themselves."""
    return [o for o in seen.of(string) if seen.is_whole(o) and seen.score[o] >= TOLD]


def _beside(
    string: int, at: int, place: Place | None, names: list[tuple[int, int]], seen: Candidates
) -> Place | None:
    """Place that a string states right behind a candidate's name, else `place`, that at its end."""
    segments, text = seen.batch.segments[string], seen.batch.cleaned[string]
    known = load_gazetteer()
    behind = following_place(text, segments, names, known, seen.country(at))
    if place and behind and place.country == seen.country(at) != behind.country:
        return place  # "X University-New Brunswick, NJ" is in New Jersey
    if not (behind or place) and not seen.names_its_city(at):
        city = ending_city(segments, names[0], seen.country(at), known)
        return city if city and seen.is_far(at, city.lat, city.lon) else None
    if behind and place is None and seen.names_its_city(at):
        return behind if behind.country == seen.country(at) else None  # a namesake of its city
    return behind or place


def _without_own_city(string: int, at: int, place: Place, seen: Candidates) -> Place:
    """A place without its city where that is but a word of a name, and the body's own.

    "University of X, Y, Country" as the name of Y University says nothing of another Y.
    """
    start, end = seen.span(at)
    text, key = seen.batch.cleaned[string], place_key(place.city)
    own = place_key(seen.index.texts["city"][seen.owner(at)]) == key
    outside = f" {place_key(text[:start])} {place_key(text[end:])} "
    if not own or f" {key} " in outside or f" {key} " not in f" {place_key(text[start:end])} ":
        return place
    return replace(place, province="", city="", lat=None, lon=None)


def _is_within(place: Place, span: tuple[int, int]) -> bool:
    """Whether the words that state a place are words of a name."""
    return span[0] <= place.span[0] and place.span[1] <= span[1]


def says_more(place: Place | None, other: Place) -> bool:
    """Whether a place is one of the same country and names a city where the other names none.

    Or is the same place, more firmly named.
    """
    if place is None or place.country != other.country or other.city:
        return False
    firmer = place.province == other.province and place.strength > other.strength
    return bool(place.city) or firmer


def is_contradicted(string: int, at: int, place: Place | None, seen: Candidates) -> bool:
    """Whether the place stated for a candidate is in another country.

    Or none is, and a string ends with a large city that several countries have and its own has not.
    """
    if place is None:
        return _is_in_no_such_city(string, at, seen)
    return seen.country(at) not in (place.country, "")


def _is_in_no_such_city(string: int, at: int, seen: Candidates) -> bool:
    """Whether a body's country has no city of the name, that of large ones, that ends a string.

    "X College, Cambridge" is in England or in New England, in no India.
    """
    parts, known = seen.batch.segments[string], load_gazetteer()
    if not parts or seen.batch.places[string] or seen.names_its_city(at):
        return False  # of a name as short as a postcode ("XYZ7") no part is left
    last = parts[-1]
    if last.span[0] < seen.span(at)[1]:
        return False
    region = last.key in known.province_names or last.key in known.countries
    own = f"{place_key(seen.index.texts['city'][seen.owner(at)])} ".startswith(f"{last.key} ")
    bearers = () if region or own else known.cities.get(last.key, ())
    large = any(c.population >= CITY_POPULATION and place_key(c.name) == last.key for c in bearers)
    return large and known.city_in(last.key, seen.country(at)) is None


def _has_its_countrys_name(city: str, place: Place) -> bool:
    """Whether a city is called by its country's name, which says nothing beside another city.

    "X University, Guadalajara, Mexico" is not in Mexico City.
    """
    key = place_key(city)
    country = load_gazetteer().countries.get(key.rpartition(" ")[0])
    return country == place.country and place_key(place.city) != key


def placed_row(row: Located, place: Place | None, *, at_home: bool) -> Located:
    """A row at the place stated for it, in the same country; `at_home`: its city is named, too.

    At home the registry's province stands, and the stated one where the registry has none.
    """
    if place is None or place.country != row.country:
        return row
    if at_home and not (place.city and _has_its_countrys_name(row.city or "", place)):
        return row if row.province else row._replace(province=place.province or None)
    if place.city:
        province = place.province or None
        return row._replace(province=province, city=place.city, lat=place.lat, lon=place.lon)
    if place.province and place.province != row.province:
        return row._replace(province=place.province, city=None, lat=None, lon=None)
    return row
