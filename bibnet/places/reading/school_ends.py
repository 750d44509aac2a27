"""Ends behind a school where units stand before the name of the next school, which is abroad.

"Tide Lab, X University and Department of Waves, University of Y": neither a country nor a name
begins behind the joint, but two schools of different countries are two addresses. A semicolon or a
line end parts them wherever it stands between them, a word, slash or stop right behind the first
school, its bracket or its city, a comma there where the noun of a unit is in the next part.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bibnet.places.address.gazetteer import Gazetteer, place_words
from bibnet.places.address.territory import LONGEST_CITY
from bibnet.places.address.vocabulary import UNIT_NOUNS
from bibnet.places.reading.end import SLASH, End
from bibnet.places.reading.written import Named, Written, has_joint, joins, separates

Span = tuple[int, int]
LONG_NAME = 3  # words; shorter ones are those of many schools, unless one of them is rare


def school_ends(string: Written, known: Gazetteer, told: Sequence[int]) -> Iterator[End]:
    """Ends behind each school that another from abroad follows, with what begins there.

    Not where a country stands between them; `told` are the offsets of those that end an address.
    """
    for (one, countries), (other, others) in pairwise(_schools(string)):
        apart = any(one[1] <= begin < other[0] for begin in told)
        if countries & others or one[1] >= other[0] or apart:
            continue
        at, stop = string.token_at(one[1]) - 1, string.token_at(other[0])
        found = _separated(string, at, stop)
        if found is None:
            found = _joined(string, _behind_place(string, at, countries, known), stop)
        if found is not None:
            yield End(found, string.tokens[found].end, free=True, follower=found + 1)


def _schools(string: Written) -> list[tuple[Span, frozenset[str]]]:
    """Names of schools in order, with the countries of all that are called so.

    Those that tell, and longer ones that are all of a part ("University College London").
    """
    schools = [name for name in string.names if name.university]
    telling = {(n.start, n.end) for n in string.telling if n.university}
    found: dict[Span, set[str]] = {}
    for name in schools:
        span = (name.start, name.end)
        inside = any(start <= name.start and name.end <= end for start, end in telling)
        if (span in telling and name.telling) or (not inside and _is_long_part(string, name)):
            found.setdefault(span, set()).add(name.country)
    return [(span, frozenset(countries)) for span, countries in sorted(found.items())]


def _is_long_part(string: Written, name: Named) -> bool:
    """Whether a name of several words begins a part and ends it, or a joint stands behind it."""
    begins = any(start == name.start for start, _ in string.parts)
    ends = any(end == name.end for _, end in string.parts)
    ends = ends or has_joint(string.gap(string.token_at(name.end) - 1))
    return begins and ends and string.text.count(" ", name.start, name.end) + 1 >= LONG_NAME


def _separated(string: Written, at: int, stop: int) -> int | None:
    """Token between two schools behind which a semicolon, a bar or a line end stands."""
    return next((n for n in range(at, stop) if separates(string.gap(n))), None)


def _behind_place(string: Written, at: int, countries: frozenset[str], known: Gazetteer) -> int:
    """Last token of a bracket and of a city of its country right behind a school, else its own."""
    tokens = string.tokens
    if at + 2 < len(tokens) and string.gap(at).strip() == "(" and ")" in string.gap(at + 1):
        at += 1
    for last in range(min(at + LONGEST_CITY, len(tokens) - 1), at, -1):
        key = " ".join([tokens[at + 1].word, *place_words(tokens[at + 2 : last + 1])])
        if any(known.city_in(key, country) for country in countries):
            return last
    return at


def _joined(string: Written, at: int, stop: int) -> int | None:
    """The token, if what parts it from the next begins the part of a unit of the other school.

    Behind a comma that has the noun of a unit; behind a joint the other school may begin a part.
    """
    if at + 1 >= stop:
        return None
    following, gap = string.tokens[at + 1], string.joint(at)
    part = next(s for s in string.segments if following in s.tokens)
    unit = not UNIT_NOUNS.isdisjoint(t.word for t in part.tokens if t.start >= following.start)
    joint = has_joint(gap) or SLASH in gap or joins(gap)
    begun = joint and string.tokens[stop - 1].segment != string.tokens[stop].segment
    capital = string.text[following.start].isupper()
    return at if capital and ((unit and (joint or "," in gap)) or begun) else None
