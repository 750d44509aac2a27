"""Addresses in Chinese script, written without blanks from the large to the small.

Every run of signs is searched for names of countries, provinces and cities, the longest first.
A name with its suffix (省, 市 ...) is part of an address; one without is often part of the name
of an organisation ("北京大学深圳研究生院"), where the last city counts, because a branch names its
parent first. Simplified and traditional signs both. Text with kana is left to others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bibnet.places.address.city import City
from bibnet.places.address.gazetteer import HOME_DOMINANCE, load_gazetteer
from bibnet.places.address.named_place import Place, coordinates
from bibnet.places.address.normalise import IS_SIGN
from bibnet.places.address.parts import Segment
from bibnet.places.address.token import Token
from bibnet.places.address.vocabulary import NO_CITY, SIGN_SUFFIXES, SIGN_VARIANTS, STREET_SIGNS

# The state whose addresses are read so; territories also written under it are read with it.
STATE = "CN"
# In signs nothing separates a name from its neighbours, and small towns bear everyday words.
SIGN_CITY_POPULATION = 300_000
SHORTEST_NAME = 2  # signs
JOINING_SIGNS = "\u4e0e\u8207\u548c\u53ca\u66a8"  # that join two names
_KANA = re.compile("[\u3040-\u30ff]")
_VARIANTS = str.maketrans(SIGN_VARIANTS)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in a run of signs; `explicit`: a suffix or the whole run marks it as a place.

    `length` counts its signs; `start` is its offset in the cleaned text, `span` those of the run.
    """

    country: str
    admin1: str = ""
    city: City | None = None
    explicit: bool = False
    first: bool = False
    length: int = 0
    start: int = 0
    span: tuple[int, int] = (0, 0)


def sign_place(segments: Sequence[Segment], names: Sequence[tuple[int, int]] = ()) -> Place | None:
    """Place that text in signs names, or None; places within `names` (offsets) do not count."""
    runs = [run for segment in segments for run in _runs(segment)]
    if not runs or any(_KANA.search(run) for run, _ in runs):
        return None
    mentions = [
        mention
        for run, at in runs
        for mention in _mentions(run, at)
        if not any(start <= mention.start < end for start, end in names)
        and not _begins_name(mention, names, runs)
    ]
    home = [mention for mention in mentions if mention.country in _home()]
    if home:
        return _place(home)
    return next((_place([m]) for m in mentions if m.first and not m.city), None)


def _begins_name(
    mention: Mention, names: Sequence[tuple[int, int]], runs: Sequence[tuple[str, list[Token]]]
) -> bool:
    """Whether a place's signs without a suffix are those that a name right before them begins with.

    A body within a university often bears its name, which may be a person's ("X大学X中心").
    """
    signs = [sign for _, tokens in runs for sign in tokens]
    numbers = {sign.start: at for at, sign in enumerate(signs)}
    at = numbers[mention.start]
    words = [sign.word for sign in signs[at : at + mention.length]]
    starts = (numbers[s] for s, end in names if s in numbers and end == mention.start)
    return not mention.explicit and any(
        [sign.word for sign in signs[n : n + mention.length]] == words for n in starts
    )


def sign_city(name: str) -> str:
    """Name of the large city that signs name, with or without their suffix; empty for none."""
    meaning = _names()[0].get(name.translate(_VARIANTS))
    return meaning.city.name if meaning and meaning.city else ""


def _runs(segment: Segment) -> Iterator[tuple[str, list[Token]]]:
    """Signs of a part, written together, and as tokens of the cleaned text."""
    signs = [token for token in segment.tokens if IS_SIGN.match(token.word)]
    if signs:
        yield "".join(token.word for token in signs).translate(_VARIANTS), signs


def _mentions(run: str, signs: Sequence[Token]) -> list[Mention]:
    """Places in a run of signs; a run of nothing but places of one province is an address."""
    found = list(_found(run, signs))
    covered = sum(mention.length for mention in found)
    suffixes = sum(sign in SIGN_SUFFIXES for sign in run)
    provinces = {mention.admin1 for mention in found if mention.admin1}
    if len(provinces) == 1 and covered + suffixes >= len(run):
        return [replace(mention, explicit=True) for mention in found]
    return found


def _found(run: str, signs: Sequence[Token]) -> Iterator[Mention]:
    names, longest = _names()
    at = 0
    while at < len(run):
        stops = range(min(len(run), at + longest), at + SHORTEST_NAME - 1, -1)
        end = next((stop for stop in stops if run[at:stop] in names), None)
        if end is None:
            at += 1
            continue
        meaning = names[run[at:end]]
        if meaning and run[end : end + 1] not in STREET_SIGNS:
            suffixed = end - at > SHORTEST_NAME and run[end - 1] in SIGN_SUFFIXES
            followed = run[end : end + 1] in SIGN_SUFFIXES
            explicit = suffixed or followed or (at, end) == (0, len(run))
            whole = signs[0].start, signs[-1].end
            where = {"first": at == 0, "start": signs[at].start, "span": whole, "length": end - at}
            yield replace(meaning, explicit=explicit, **where)  # type: ignore[arg-type]
        at = end


def _place(mentions: Sequence[Mention]) -> Place:
    """The most telling mention: explicit before others, city before province before country."""
    chosen = max(enumerate(mentions), key=lambda item: (*_weight(item[1]), item[0]))[1]
    city = chosen.city or next(
        (m.city for m in mentions if m.city and m.city.admin1 == chosen.admin1), None
    )
    kind = "city" if chosen.city else "province" if chosen.admin1 else "country"
    province = load_gazetteer().province(chosen.country, chosen.admin1)
    rule = f"{kind}_name" if chosen.explicit else f"{kind}_in_name"
    name = city.name if city else ""
    return Place(chosen.country, province, name, rule, chosen.span, *coordinates(city))


def _weight(mention: Mention) -> tuple[bool, bool, bool]:
    placed = mention.explicit and bool(mention.admin1)
    return placed, mention.city is not None, bool(mention.admin1)


@lru_cache(maxsize=1)
def _home() -> frozenset[str]:
    parts = load_gazetteer().parts
    return frozenset({STATE, *(territory for territory, state in parts if state == STATE)})


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, Mention | None], int]:
    """Meaning of every name in signs, None for one that names no place; and the longest's length.

    Provinces come before cities, so that a city that is a province at once is given both.
    """
    gazetteer = load_gazetteer()
    found: dict[str, Mention | None] = {}
    for key, bearers in gazetteer.cities.items():
        home = [c for c in bearers if c.country in _home() and c.population >= SIGN_CITY_POPULATION]
        name = _written(key)
        if name and home and not _is_open(home):
            found[name] = Mention(home[0].country, home[0].admin1, home[0])
            stem = name[:-1] if name[-1] in SIGN_SUFFIXES and len(name) > SHORTEST_NAME else name
            found.setdefault(stem, found[name])
    for key, owners in gazetteer.province_names.items():
        name = _written(key)
        for country, admin1 in owners if name else ():
            city = gazetteer.city_in(key, country, admin1) if _is_municipality(key) else None
            found[name] = Mention(country, admin1, city)
    countries = ((_written(key), code) for key, code in gazetteer.countries.items())
    found |= {name: Mention(code) for name, code in countries if name}
    found |= dict.fromkeys(word.translate(_VARIANTS) for word in NO_CITY if IS_SIGN.match(word))
    return found, max(map(len, found))


def _is_municipality(key: str) -> bool:
    """Whether a province is a city at once: its name takes the suffix of cities."""
    names, suffix = load_gazetteer().province_names, "\u5e02"
    return key.endswith(suffix) or f"{key} {suffix}" in names


def _is_open(home: Sequence[City]) -> bool:
    others = (city.population for city in home if city.admin1 != home[0].admin1)
    return home[0].population < HOME_DOMINANCE * max(others, default=0)


def _written(key: str) -> str:
    """A key of signs as it is written, empty for a key of other letters or of one sign."""
    signs = key.split(" ")
    if len(signs) < SHORTEST_NAME or not all(IS_SIGN.match(sign) for sign in signs):
        return ""
    return "".join(signs).translate(_VARIANTS)
