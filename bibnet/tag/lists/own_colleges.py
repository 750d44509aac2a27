"""Listed names inside those of colleges that are bodies of their own (独立学院).

A list that holds a university says nothing of the college that bears its name and one of its own
("North University Sunhill College"): `places.address.own_college` tells it from a department.
"""

from collections.abc import Iterator, Sequence

from bibnet.places.address.own_college import (
    COLLEGE_SIGNS,
    is_city_college,
    is_city_institute,
    is_own_college,
    is_own_college_in_signs,
)
from bibnet.tag.lists.entry import Candidate
from bibnet.tag.lists.sighting import ADDRESS_BREAK, Lookout
from bibnet.tag.name import folded, is_han, is_short, segments

NOUNS = ("coll", "inst", COLLEGE_SIGNS)  # every spelling of the nouns has one of them
LONGEST_COLLEGE = 3  # words of "X City College"
OF = "of"


def at_own_colleges(text: str, lookout: Lookout) -> list[tuple[Candidate, str]]:
    """Listed names that a text has in those of colleges of their own, each with what spells it.

    `text` is what `readable` returns. A text without a college gives [].
    """
    if not any(noun in text.lower() for noun in NOUNS):
        return []
    parts = [segments(address) for address in ADDRESS_BREAK.split(text)]
    return [found for address in parts for found in _in_address(address, lookout)]


def _in_address(parts: Sequence[str], lookout: Lookout) -> Iterator[tuple[Candidate, str]]:
    for at, part in enumerate(parts):
        if is_han(part):
            yield from _in_signs(part, lookout)
            continue
        words = folded(part).split()
        beside = [*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2]]
        for written in beside if is_city_college(words) else ():
            yield from ((one, written) for one in lookout.known_as(folded(written)))
        whole = lookout.known_as(" ".join(words))
        for key in _without_college(words):
            yield from ((one, part) for one in lookout.known_as(key) if not whole)


def _without_college(words: Sequence[str]) -> Iterator[str]:
    """What is left of words without the college behind them, or that of a city before them.

    So for an institute of a city behind them, which some such colleges are called in English;
    that "of" a university is mostly its research institute there.
    """
    for size in range(2, LONGEST_COLLEGE + 1):
        name, college = " ".join(words[:-size]), words[-size:]
        if is_own_college(college, name) or is_city_institute(college):
            yield name
        if words[size : size + 1] == [OF] and is_city_college(words[:size]):
            yield " ".join(words[size + 1 :]).removeprefix("the ")


def _in_signs(part: str, lookout: Lookout) -> Iterator[tuple[Candidate, str]]:
    for name, found in lookout.index.han_in(part):
        if not is_short(name) and is_own_college_in_signs(part.partition(name)[2], name):
            yield from ((one, part) for one in found)
            return
