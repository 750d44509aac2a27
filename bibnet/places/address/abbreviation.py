"""Acronyms in brackets behind the words that they abbreviate: they name no place.

"Centre for Alpha and Iota Robotics (CAIRO)" is not in the city.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bibnet.places.address.parts import Segment

LEAST_WORDS = 2  # of which an acronym has letters
LEAST_CAPITALS = 2
LONGEST = 12  # letters


def without_abbreviations(text: str, segments: Sequence[Segment]) -> list[Segment]:
    """Parts of an address without those in brackets that abbreviate the part before them."""
    pairs = pairwise([None, *segments])
    return [one for before, one in pairs if one and not (before and _is_one(text, before, one))]


def _is_one(text: str, before: Segment, part: Segment) -> bool:
    start, end = part.span
    written = text[start:end]
    capitals = sum(letter.isupper() for letter in written)
    bracketed = text[max(start - 1, 0)] == "(" and text[end : end + 1] == ")"
    return bracketed and capitals >= LEAST_CAPITALS and abbreviates(written, before.printed)


def abbreviates(acronym: str, words: Iterable[str]) -> bool:
    """Whether an acronym is made of the beginnings of two words and more, in their order.

    "CoTiS" abbreviates "Computing for Tidal Sciences". Case counts for nothing; words may have no
    letter in it. An acronym of more than twelve letters, or of signs, abbreviates nothing.
    """
    letters = acronym.casefold()
    if len(letters) > LONGEST or not letters.isalnum():
        return False
    reached = {(0, 0)}  # letters found, in how many words, up to the least
    for word in map(str.casefold, words):
        reached |= {
            (at + taken, min(used + 1, LEAST_WORDS))
            for at, used in reached
            for taken in range(1, len(word) + 1)
            if letters[at : at + taken] == word[:taken]
        }
    return (len(letters), LEAST_WORDS) in reached
