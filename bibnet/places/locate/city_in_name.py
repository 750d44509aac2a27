"""Schools whose names hold their city: all of a name that is written with the city another way.

With another name of the city ("Kiev" for "Kyiv"), with the city or its province only at the end of
the address ("X University, Department, City"), or, in a string that names the country, as they are.
"""

from collections.abc import Iterable, Sequence

from bibnet.places.address.gazetteer import load_gazetteer, place_key
from bibnet.places.address.normalise import key_words
from bibnet.places.address.stems import GENERIC, stem_words
from bibnet.places.locate.view import Candidates
from bibnet.places.registry.names import NameKind

# No model was trained on such names: that every word is there tells. Of 17,720 labelled strings a
# score this small is that of some other body of the country.
LEAST_NAMED = 0.02
LEAST_BEFORE = 2  # words of a name before its city, one of them the noun
# The same without any place, and how many times less likely all others are ("Gauss University").
LEAST_CITYLESS, OTHERS = 0.1, 3
RARE = 9.0  # inverse document frequency of a word that less than 55 names have


def is_named_with_its_city(string: int, at: int, seen: Candidates) -> bool:
    """Whether all of a school's own name is there, its city written as a city may be.

    In a string that names its country, or no place and another name of the city that means it
    alone; and none other of its name is there.
    """
    home = seen.is_in_its_country(at)
    told = seen.is_school(at) and not seen.shared[at] and (home or not seen.batch.places[string])
    if seen.score[at] < LEAST_NAMED or not told:
        return False
    owner, texts = seen.owner(at), seen.index.texts
    own, city = _stems(texts["name"][owner]), texts["city"][owner]
    places = [_stems(name) for name in (city, texts["province"][owner]) if name]
    parts = [stem_words(t.word for t in part.tokens) for part in seen.batch.segments[string]]
    if own in parts:
        exact = seen.is_exact(at) and seen.kind(at) == NameKind.DISPLAY
        held = exact and any(_holds(own, place) for place in places)
        return (
            home
            and held
            and _is_the_larger(at, seen)
            and _is_at(string, city, seen, unless_told=True)
        )
    named = bool(city) and any(_holds(part, places[0]) for part in parts)
    if _is_apart(own, places, parts) and _is_at(string, city, seen, unless_told=named):
        return True
    before = () if home else _without_city(own, _stems(city))
    if list(before) in parts and _is_likeliest(string, at, before, seen):
        return True
    spans = (part.span for part in seen.batch.segments[string])
    return any(
        _has_city_otherwise(own, part, (seen.country(at), city), home=home)
        and not any(seen.is_exact(o) and seen.span(o) == span for o in seen.of(string))
        for part, span in zip(parts, spans, strict=True)
    )


def _is_the_larger(at: int, seen: Candidates) -> bool:
    """Whether a school is in the largest city of its country that has its city's name.

    "Suzhou University" may be in either Suzhou.
    """
    known, city = load_gazetteer(), seen.index.texts["city"][seen.owner(at)]
    largest = known.city_named(city, seen.country(at))
    provinces = {seen.province(at), ""}
    return largest is None or known.province(largest.country, largest.admin1) in provinces


def _stems(name: str) -> list[str]:
    return stem_words(key_words(name))


def _holds(words: Sequence[str], inner: Sequence[str]) -> bool:
    size = len(inner)
    return any(list(words[n : n + size]) == list(inner) for n in range(len(words) - size + 1))


def _is_apart(
    own: Sequence[str], places: Iterable[Sequence[str]], parts: Sequence[Sequence[str]]
) -> bool:
    """Whether a part is all of a name but for the place it ends with."""
    ends = (own[: -len(place)] for place in places if own[-len(place) :] == place)
    return any(
        len(before) >= LEAST_BEFORE
        and not GENERIC.isdisjoint(before)
        and list(before) in map(list, parts)
        for before in ends
    )


def _is_likeliest(string: int, at: int, words: Sequence[str], seen: Candidates) -> bool:
    """Whether a rare word of those written tells a body, and no other is nearly as likely."""
    others = (seen.score[o] for o in seen.of(string) if seen.owner(o) != seen.owner(at))
    rival = max(others, default=0.0)
    named = has_rare_word(words, seen) and len(words) >= LEAST_BEFORE
    return named and seen.score[at] >= max(LEAST_CITYLESS, OTHERS * rival)


def has_rare_word(stems: Iterable[str], seen: Candidates) -> bool:
    """Whether one of the stems of words is in few names of the registry."""
    tokens, weights = seen.index.token_of, seen.index.token_idf
    return any(weights[tokens[stem]] >= RARE for stem in stems if stem in tokens)


def _without_city(name: Sequence[str], city: Sequence[str]) -> Sequence[str]:
    """The words of a name before its city or the city's first words, none if it has not them."""
    sizes = (n for n in range(len(city), 0, -1) if list(name[-n:]) == list(city[:n]))
    return name[: -next(sizes, len(name))]


def _is_at(string: int, city: str, seen: Candidates, *, unless_told: bool = False) -> bool:
    """Whether the place that ends a string is a city; `unless_told`: or no city is."""
    place = seen.batch.places[string]
    if place is None or not place.city:
        return unless_told
    return bool(city) and place_key(place.city) == place_key(city)


def _has_city_otherwise(
    own: Sequence[str], part: Sequence[str], home_city: tuple[str, str], *, home: bool
) -> bool:
    """Whether the words of a part are those of a name but for another name of the city.

    `home`: the string names the country; else the name written must mean that city alone.
    """
    other = [pair for pair in zip(own, part, strict=False) if pair[0] != pair[1]]
    if len(own) != len(part) or len(other) != 1:
        return False
    (mine, written), (country, city) = other[0], home_city
    if mine[0] != written[0]:
        return False  # "Temasek X" is another body than "Singapore X"
    known = load_gazetteer()
    meant = known.dominant_city(written)
    alone = home or (meant is not None and (meant.country, meant.name) == home_city)
    cities = [known.city_in(word, country) for word in (mine, written)]
    return alone and all(found and found.name == city for found in cities)
