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
LONGEST_COLLEGE = 5  # words of "X Institute of Science and Technology" without "and"
OF = "of"


def at_own_colleges(text: str, lookout: Lookout) -> list[tuple[Candidate, str]]:
    """Listed names that a text has in those of colleges of their own, each with what spells it.

    `text` is what `readable` returns. A text without a college gives []. A name that stands for
    itself in another address is left out.
    """
    if not any(noun in text.lower() for noun in NOUNS):
        return []
    addresses = ADDRESS_BREAK.split(text)
    found = [list(_in_address(segments(address), lookout)) for address in addresses]
    if not any(found) or len(addresses) == 1:
        return found[0]
    free = _free(addresses, found, lookout)
    return [(one, part) for of in found for one, part in of if one.entry.entry_id not in free]


def _free(
    addresses: Sequence[str], found: Sequence[Sequence[tuple[Candidate, str]]], lookout: Lookout
) -> frozenset[str]:
    """Entries that an address names which has none of their colleges."""
    free = set()
    for address, of in zip(addresses, found, strict=True):
        held = {one.entry.entry_id for one, _ in of}
        free |= {s.candidate.entry.entry_id for s in lookout.sightings(address)} - held
    return frozenset(free)


def _in_address(parts: Sequence[str], lookout: Lookout) -> Iterator[tuple[Candidate, str]]:
    for at, part in enumerate(parts):
        if is_han(part):
            yield from _in_signs(part, lookout)
            continue
        words = folded(part).split()
        if not any(word.startswith(NOUNS) for word in words):
            continue
        beside = (*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2])
        for written in beside if len(words) <= LONGEST_COLLEGE else ():
            known = lookout.known_as(folded(written))
            yield from ((one, written) for one in known if is_city_college(words, one.entry.name))
        if not lookout.known_as(" ".join(words)):
            yield from ((one, part) for one in _beside_college(words, lookout))


def _beside_college(words: Sequence[str], lookout: Lookout) -> Iterator[Candidate]:
    """Bodies that are named by what is left of words without a college of its own beside them.

    A college behind the name, or one of a city before "of"; or an institute of a city behind the
    name, which some such colleges are called: "of" a university it is mostly its own.
    """
    for size in range(2, LONGEST_COLLEGE + 1):
        college, name = words[-size:], " ".join(words[:-size])
        for one in lookout.known_as(name):
            if is_own_college(college, name, one.entry.name) or is_city_institute(college):
                yield one
        before, behind = words[:size], words[size:]
        if behind[:1] == [OF]:
            for one in lookout.known_as(" ".join(behind[1:]).removeprefix("the ")):
                if is_city_college(before, one.entry.name):
                    yield one


def _in_signs(part: str, lookout: Lookout) -> Iterator[tuple[Candidate, str]]:
    for name, found in lookout.index.han_in(part):
        behind = part.partition(name)[2]
        if is_short(name) or not is_own_college_in_signs(behind, name):
            continue
        yield from ((one, part) for one in found)
        return
