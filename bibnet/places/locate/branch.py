"""Where a branch of a company is: places that stand beside the company's name in a string.

"X Research Zurich", "X Technologies Canada Co., Ltd.", "X Labs, Cambridge", "X Europe": whoever
signs so is not at the head office, unless the place is the head office's own.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from bibnet.places.address.city import CITY_POPULATION, City
from bibnet.places.address.gazetteer import (
    Gazetteer,
    place_key,
    place_words,
)
from bibnet.places.address.named_place import Place, coordinates
from bibnet.places.address.normalise import IS_SIGN
from bibnet.places.address.parts import Segment
from bibnet.places.address.territory import LONGEST_CITY
from bibnet.places.address.vocabulary import (
    CAMPUS_NAMES,
    COMPANY_REGIONS,
    NO_CITY,
    ORGANISATION_NOUNS,
    PARTNERED,
    PLACE_JOINTS,
    RENAMING,
    UNIT_NOUNS,
)
from bibnet.places.address.weak_evidence import (
    CITY_IN_NAME,
    COUNTRY_IN_NAME,
    POPULATION_IN_NAME,
    is_plain_province,
    province_in_name,
)
from bibnet.reference.load import rows

Spans = Sequence[tuple[int, int]]
HYPHENS = frozenset("-\u2010\u2013\u2014")
POPULATION_AT_END = 50_000  # smaller cities share their names with the nouns of bodies
LONGEST_PLACE = 7  # words of a country ("Lao People's Democratic Republic")


@dataclass(frozen=True)
class Beside:
    """A place beside a name: the countries it may be in, and itself where it is one place.

    `is_region`: it is a continent, or what stands for a country in the names of branches;
    `is_listed`: other countries have cities of that name, where hardly a body is.
    """

    countries: frozenset[str]
    place: Place | None
    is_region: bool = False
    is_listed: bool = False


def branch_place(
    segments: Sequence[Segment], spans: Spans, homes: frozenset[str], gazetteer: Gazetteer
) -> tuple[bool, Place | None]:
    """Whether a string places a branch outside some countries, and the place if it is one.

    `spans` are the offsets of the names found, `homes` the countries of the head offices. A city
    that two countries have is outside, without a place, unless the head office's is the largest;
    so is a continent without the head office.
    """
    found = [b for segment in segments for b in _beside(segment, spans, gazetteer)]
    outside = [beside for beside in found if not beside.countries & homes]
    named = sorted(outside, key=lambda beside: beside.is_region)
    places = [beside.place for beside in named if beside.place]
    if places and places[0].city:
        return True, places[0]
    within = [_city_within(segments, b.countries, gazetteer) for b in outside if b.is_region]
    cities = [city for city in within if city]
    return bool(outside), next(iter([*cities, *places]), None)


def _city_within(
    segments: Sequence[Segment], countries: frozenset[str], gazetteer: Gazetteer
) -> Place | None:
    """City that is all of a part of an address, of one country of a region; None without one."""
    for segment in segments:
        bearers = [c for c in gazetteer.cities.get(segment.key, ()) if c.country in countries]
        bearers = [city for city in bearers if place_key(city.name) == segment.key]
        if segment.key in ORGANISATION_NOUNS or segment.key in _continents():
            continue
        if len({city.country for city in bearers}) == 1:
            return _place(bearers[0], segment, gazetteer)
    return None


def following_place(
    text: str, segments: Sequence[Segment], spans: Spans, gazetteer: Gazetteer, home: str = ""
) -> Place | None:
    """Place whose name stands right behind a name in its part of the address, or None.

    `spans` are the offsets of the name, then those of other names: "X University-Y University" is
    not in Y; neither is "X University-Y Institute", where a hyphen joins a partner, unless Y is in
    the state of which the body's country `home` is a part; nor "XYU Z Joint Institute".
    """
    span = spans[0]
    part = next((s for s in segments if s.span[0] <= span[0] < s.span[1]), None)
    if part is None or part.span[1] <= span[1]:
        return None
    hyphened = part.words[-1] in UNIT_NOUNS and text[span[1] : span[1] + 1] in HYPHENS
    free = _free_words(part, spans)
    start = sum(1 + len(t.joint.split()) for t in part.tokens if t.start < span[1])
    if start < len(part.words) and part.words[start] in PLACE_JOINTS:
        start += 1
    for end in range(min(start + LONGEST_PLACE, len(free)), start, -1):
        beside = all(free[start:end]) and _named(part, (start, end), gazetteer)
        if beside:
            inside = (home, beside.place.country if beside.place else "") in gazetteer.parts
            partner = (hyphened and not inside) or not PARTNERED.isdisjoint(part.words[end:])
            return None if partner or beside.is_listed else beside.place
    return None


def ending_city(
    segments: Sequence[Segment], span: tuple[int, int], country: str, gazetteer: Gazetteer
) -> Place | None:
    """City of a country, under its main name and though not large, that is all behind a name.

    In the name's own part of the address ("X-Y Institute Bonn"); None if there is none.
    """
    part = next((s for s in segments if s.span[0] <= span[0] < s.span[1]), None)
    behind = [token for token in part.tokens if token.start >= span[1]] if part else []
    if part is None or not behind or len(behind) > LONGEST_CITY or behind[0].joint:
        return None
    key = " ".join([behind[0].word, *place_words(behind[1:])])
    city = None if gazetteer.is_open(key, country) else gazetteer.city_in(key, country)
    if not city or city.population < POPULATION_AT_END or place_key(city.name) != key:
        return None
    return None if key in NO_CITY | ORGANISATION_NOUNS else _place(city, part, gazetteer)


def campus_place(
    segments: Sequence[Segment], span: tuple[int, int], country: str, gazetteer: Gazetteer
) -> Place | None:
    """City of a country that names a campus beside a school's name, or None.

    "Y Graduate School, X University", "Y Campus of X University": a part of the address, or what
    stands beside the name in its own, is the city and a word for campuses. Words of the school's
    name may stand before the city.
    """
    own = {t.word for s in segments for t in s.tokens if span[0] <= t.start < span[1]}
    for part in segments:
        before = [t.word for t in part.tokens if t.start < span[0]]
        behind = [t.word for t in part.tokens if t.start >= span[1]]
        for words in (before, behind):
            key = _campus_key(words, own)
            city = gazetteer.city_in(key, country) if key else None
            if city and not gazetteer.is_open(key, country):
                return _place(city, part, gazetteer)
    return None


def _campus_key(words: Sequence[str], own: Set[str]) -> str:
    """What stands before the word for campuses that ends some words, without a school's own."""
    tail = next((n for n in CAMPUS_NAMES if tuple(words[-len(n) :]) == n), None)
    named = list(words[: -len(tail)]) if tail else []
    while named and named[0] in own:
        del named[0]
    return " ".join(named)


def beside_spans(
    segments: Sequence[Segment], spans: Spans, gazetteer: Gazetteer
) -> list[tuple[int, int]]:
    """Offsets of the places among the words that no name covers."""
    found = []
    for segment in segments:
        starts = [t.start for t in segment.tokens for _ in range(len(t.joint.split()) + 1)]
        ends = [t.end for t in segment.tokens for _ in range(len(t.joint.split()) + 1)]
        for start, end, _ in _places(segment, spans, gazetteer):
            found.append((starts[start], ends[end - 1]))
    return found


def _beside(segment: Segment, spans: Spans, gazetteer: Gazetteer) -> Iterator[Beside]:
    return (beside for _, _, beside in _places(segment, spans, gazetteer))


def _places(
    segment: Segment, spans: Spans, gazetteer: Gazetteer
) -> Iterator[tuple[int, int, Beside]]:
    """Places among the words of a part that no name covers, the longest first, none twice.

    With the words each begins and ends at.
    """
    free = _free_words(segment, spans)
    start = 0
    while start < len(free):
        ends = range(min(start + LONGEST_PLACE, len(free)), start, -1)
        runs = (end for end in ends if all(free[start:end]))
        found = ((end, _named(segment, (start, end), gazetteer)) for end in runs)
        end, beside = next(((e, b) for e, b in found if b), (start + 1, None))
        if beside:
            yield start, end, beside
        start = end


def _free_words(segment: Segment, spans: Spans) -> list[bool]:
    """Whether each word of a part stands outside all spans."""
    free: list[bool] = []
    for token in segment.tokens:
        outside = not any(start <= token.start < end for start, end in spans)
        free += [outside] * (len(token.joint.split()) + 1)
    return free


def _named(segment: Segment, words: tuple[int, int], gazetteer: Gazetteer) -> Beside | None:
    key = " ".join(segment.words[slice(*words)])
    # Signs are read by `cjk_address`; New England is not in England.
    if IS_SIGN.match(key) or (words[0] and segment.words[words[0] - 1] in RENAMING):
        return None
    country = gazetteer.countries.get(key) or COMPANY_REGIONS.get(key)
    if country:
        place = Place(country, "", "", COUNTRY_IN_NAME, segment.span)
        return Beside(frozenset((country,)), place, is_region=key in COMPANY_REGIONS)
    if key in _continents():
        return Beside(_continents()[key], None, is_region=True)
    owners = gazetteer.province_names.get(key, ())
    if len(owners) == 1 and is_plain_province(key, owners[0][0], gazetteer):
        place = province_in_name(owners[0], segment.span, gazetteer)
        return Beside(frozenset((place.country,)), place)
    return _city(key, segment, gazetteer) if words[1] - words[0] <= LONGEST_CITY else None


def _city(key: str, segment: Segment, gazetteer: Gazetteer) -> Beside | None:
    """City under its main name; the place itself only where the name means it alone.

    A large city goes by its other names as well ("Duesseldorf").
    """
    bearers = [
        city
        for city in gazetteer.cities.get(key, ())
        if place_key(city.name) == key or city.population >= POPULATION_IN_NAME
    ]
    if not bearers or bearers[0].population < CITY_POPULATION:
        return None
    if key in gazetteer.province_names or key in NO_CITY or key in ORGANISATION_NOUNS:
        return None
    if listed := gazetteer.research_city(key):
        place = _place(listed, segment, gazetteer)
        return Beside(frozenset((listed.country,)), place, is_listed=True)
    largest = bearers[0]
    sure = gazetteer.dominant_city(key) == largest and largest.population >= POPULATION_IN_NAME
    return Beside(
        frozenset((largest.country,)), _place(largest, segment, gazetteer) if sure else None
    )


def _place(city: City, segment: Segment, gazetteer: Gazetteer) -> Place:
    province = gazetteer.province(city.country, city.admin1)
    return Place(city.country, province, city.name, CITY_IN_NAME, segment.span, *coordinates(city))


@lru_cache(maxsize=1)
def _continents() -> dict[str, frozenset[str]]:
    """Countries of each continent by its name; of "America" those of both."""
    found: dict[str, set[str]] = {}
    for row in rows("countries"):
        key = place_key(row["region"])
        for name in (key, *key.split(" ")[1:]):
            found.setdefault(name, set()).add(row["country"])
    for name in COMPANY_REGIONS:
        found.setdefault(name, found[name.rpartition(" ")[2]])
    return {key: frozenset(names) for key, names in found.items()}
