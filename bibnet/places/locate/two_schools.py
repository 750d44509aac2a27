"""Strings that are but the names of two schools of two countries, parted by a comma or a blank."""

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.normalise import key_words
from bibnet.places.locate.view import Candidates
from bibnet.places.reading.name_ends import IN_NAMES
from bibnet.places.registry.names import UNIVERSITY, NameKind

LEAST_WORDS = 2  # of a school's name


def two_schools(string: int, seen: Candidates) -> list[str]:
    """Names of the two schools that are all of a string, none if it is anything else.

    Both names are whole, each is a university's or says where its school is, at least one is a
    university's, no school of one country has both, and no longer name goes across. The end of the
    string states no place.
    """
    text, place = seen.batch.cleaned[string], seen.batch.places[string]
    if UNIVERSITY not in text.casefold() or (place is not None and place.rule not in IN_NAMES):
        return []
    first, last = _edges(string, seen)
    whole = [at for at in seen.of(string) if seen.is_exact(at)]
    if any(seen.span(at) == (first, last) for at in whole):
        return []
    bearers: dict[tuple[int, int], set[str]] = {}
    for at in whole:
        if seen.is_school(at) and seen.kind(at) <= NameKind.FORMER and _tells(string, at, seen):
            bearers.setdefault(seen.span(at), set()).add(seen.country(at))
    pairs = [
        [text[slice(*one)], text[slice(*other)]]
        for one, countries in bearers.items()
        for other, others in bearers.items()
        if one[0] == first and other[1] == last and not countries & others
        if one[1] < other[0] and text[one[1] : other[0]] in (" ", ", ", ",")
    ]
    return pairs[0] if len(pairs) == 1 and _are_universities(pairs[0]) else []


def _tells(string: int, at: int, seen: Candidates) -> bool:
    """Whether a name is a university's or holds a city of its country or the country's name."""
    name, known = seen.matched(string, at).casefold(), load_gazetteer()
    country = seen.country(at)
    return UNIVERSITY in name or any(
        known.countries.get(word) == country or known.city_in(word, country)
        for word in key_words(name)
    )


def _edges(string: int, seen: Candidates) -> tuple[int, int]:
    """Offsets of the first and behind the last word of a string."""
    parts = [part.span for part in seen.batch.segments[string]]
    return (parts[0][0], parts[-1][1]) if parts else (0, 0)


def _are_universities(names: list[str]) -> bool:
    """Whether names have some words each, and one of them is a university's."""
    long = all(name.count(" ") + 1 >= LEAST_WORDS for name in names)
    return long and any(UNIVERSITY in name.casefold() for name in names)
