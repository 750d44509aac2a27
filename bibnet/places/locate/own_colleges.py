"""Colleges that bear a university's name and are bodies of their own: what a string says of them.

The university is no answer then, unless the registry holds the college; a place that the string
names, or the city that the college is called after, is.
"""

import re
from collections.abc import Mapping, Sequence

from bibnet.places.address.cjk_address import STATE, sign_city
from bibnet.places.address.gazetteer import Gazetteer, place_key
from bibnet.places.address.named_place import Place, coordinates
from bibnet.places.address.normalise import IS_SIGN
from bibnet.places.address.own_college import (
    CITY,
    LONGEST_CITY,
    SHORTEST_CITY,
    is_city_college,
    is_own_college,
    is_own_college_in_signs,
)
from bibnet.places.address.vocabulary import CONTINUING
from bibnet.places.address.weak_evidence import CITY_IN_NAME, LAST_RESORTS
from bibnet.places.locate.located import OWN_COLLEGE, Located, country_row, place_row
from bibnet.places.locate.view import Candidates

# Hardly anything but a city as large is called so: the name of one of a million and a half
# (Jinjiang) is that of a river in another province, too.
LARGE_CITY = 2_000_000
ADDRESS_BREAK = re.compile(r"[;\n]")


def own_college(string: int, at: int, seen: Candidates) -> str:
    """Words of the college of its own in whose name a school's is but a part; empty if in none.

    "X University Y College", "City College of X University", "Y College, X University" with a city
    Y: no branch of the school, though it bears its name. Nor is the district "X University Town".
    """
    if not seen.is_school(at) or seen.country(at) != STATE:
        return ""
    text, (start, end) = seen.batch.cleaned[string], seen.span(at)
    others = _in_other_addresses(text, start, end)
    found = [_college(string, at, span, seen) for span in ((start, end), *others)]
    return found[0] if all(found) else ""


def _in_other_addresses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets at which the same words stand in other addresses of a text."""
    if not ADDRESS_BREAK.search(text):
        return []
    same = [found.span() for found in re.finditer(re.escape(text[start:end]), text)]
    return [
        (at, stop)
        for at, stop in same
        if ADDRESS_BREAK.search(text, min(stop, end), max(at, start))
    ]


def _college(string: int, at: int, span: tuple[int, int], seen: Candidates) -> str:
    """Words of the college in whose name the words at a span are but a part; empty if in none."""
    start, end = span
    text, parts = seen.batch.cleaned[string], seen.batch.segments[string]
    names = seen.matched(string, at), seen.index.texts["name"][seen.owner(at)]
    if IS_SIGN.match(text, start):
        signs = _signs_behind(text, end)
        return signs if is_own_college_in_signs(signs, *names) else ""
    number = next((n for n, s in enumerate(parts) if s.span[0] <= start < s.span[1]), 0)
    tokens = [token for part in parts[number : number + 1] for token in part.tokens]
    behind = [token.word for token in tokens if token.start >= end]
    before = [token.word for token in tokens if token.start < start]
    if not CONTINUING.isdisjoint(behind[:1]):
        return behind[0]
    if is_own_college(behind, *names):
        return " ".join(behind)
    beside = [*parts[number + 1 : number + 2]] if not behind else []
    beside += parts[max(number - 1, 0) : number] if not before else []
    apart = (before, *(part.words for part in beside))
    return next((" ".join(words) for words in apart if is_city_college(words, *names)), "")


def college_rows(
    string: int, colleges: Mapping[int, str], seen: Candidates, known: Gazetteer
) -> list[Located]:
    """Row of a college of its own: the place that the string states, its city, or its country.

    `colleges` are the words of those whose names the candidates are in, empty for none; without
    any no row.
    """
    at, words = next(((at, words) for at, words in colleges.items() if words), (-1, ""))
    if at < 0:
        return []
    text, cleaned = seen.batch.texts[string], seen.batch.cleaned[string]
    place = seen.batch.places[string]
    if place is None or place.rule in LAST_RESORTS:
        # One that is not called after a place is mostly in the city of its university's name.
        home = None if f" {CITY} " in f" {words}" or _begins_with(words, place) else place
        place = _city(words, at, seen, known) or home
    if place:
        return [place_row(text, cleaned, place)]
    return [country_row(text, seen.country(at), OWN_COLLEGE, seen.matched(string, at))]


def _begins_with(words: str, place: Place | None) -> bool:
    """Whether a place is but read out of the name of a college."""
    return place is not None and f"{words} ".startswith(f"{place_key(place.city)} ")


def _city(words: str, at: int, seen: Candidates, known: Gazetteer) -> Place | None:
    """City under its main name that begins the name of a college, or None.

    In Latin letters a small one counts in the university's province only: romanised names of
    rivers and districts ("Qianjiang" of Hangzhou) are those of small cities elsewhere.
    """
    names: Sequence[str] = [words.rpartition(" ")[0]]
    signs, home = IS_SIGN.match(words), seen.province(at)
    if signs:
        names = [sign_city(words[:n]) for n in range(LONGEST_CITY, SHORTEST_CITY - 1, -1)]
    for key in filter(None, map(place_key, names)):
        city = known.city_in(key, STATE)
        province = known.province(STATE, city.admin1) if city else ""
        told = signs or province == home or (city and city.population >= LARGE_CITY)
        if city and told and place_key(city.name) == key:
            span = seen.span(at)
            return Place(STATE, province, city.name, CITY_IN_NAME, span, *coordinates(city))
    return None


def _signs_behind(text: str, end: int) -> str:
    """Signs that touch the end of a name."""
    stop = next((n for n in range(end, len(text)) if not IS_SIGN.match(text, n)), len(text))
    return text[end:stop]
