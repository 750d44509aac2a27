"""Units of listed bodies: the name stands behind "of", or in Chinese before the unit's own name.

"Key Laboratory of Optics of North University" is North University; "Affiliated Hospital of North
University" and "South College of North University" are bodies of their own; the former is not
where the body is of armed forces.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from bibnet.places.address.normalise import fold
from bibnet.places.address.vocabulary import (
    COMPANY_UNITS,
    NATION_NOUNS,
    ORGANISATION_NOUNS,
    UNIT_NOUNS,
)
from bibnet.reference import load
from bibnet.tag.lists.campus import CAMPUS_WORDS_HAN
from bibnet.tag.lists.han_bounds import PLACE_SIGNS, begins_body
from bibnet.tag.place_names import PlaceNames

# Words for parts of companies, their institutes and centres with them.
COMPANY_PARTS = COMPANY_UNITS | (UNIT_NOUNS & NATION_NOUNS)
# Nouns that the names of a group's institutes end with.
GROUP_PARTS = (UNIT_NOUNS | ORGANISATION_NOUNS) & NATION_NOUNS
JOINT = re.compile(r"\s(?:of|at)\s+(?:the\s+)?", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
# The beginning of a title, not of a unit's name.
TITLE = re.compile(r"\s*(?:notes|research|studies|study)\s+(?:of|on)\s", re.IGNORECASE)
# A Chinese name that goes on like this is another name: 中国科学院 + 大学, 深圳大学 + 城.
GOES_ON = ("大学", "城")
COLLEGE = "学院"


@dataclass(frozen=True)
class UnitWords:
    """Words by the part they play (list unit_words)."""

    words: Mapping[str, frozenset[str]]

    def of(self, role: str) -> frozenset[str]:
        """Words of a role; none of an unknown one."""
        return self.words.get(role, frozenset())

    @cached_property
    def _ends(self) -> tuple[str, ...]:
        return tuple(sorted(self.of("unit_end")))

    def is_unit(self, phrase: str) -> bool:
        """Say whether the words before "of" name a unit: "School of Law", "Key Lab"."""
        words = [word.lower() for word in WORD.findall(phrase)]
        if not words or TITLE.match(phrase) or self.of("own_body").intersection(words):
            return False
        return words[0] in self.of("unit_first") or bool(self.of("unit").intersection(words))

    def is_hospital(self, phrase: str) -> bool:
        """Say whether the words before "of" name a hospital, and no other body of its own."""
        words = {word.lower() for word in WORD.findall(phrase)}
        hospital = words & self.of("hospital")
        others = self.of("own_body") - self.of("hospital") - self.of("attached")
        return bool(hospital) and others.isdisjoint(words)

    def is_unit_han(self, phrase: str, places: PlaceNames, country: str) -> bool:
        """Say whether what stands behind a Chinese name is a unit of the body.

        Colleges (学院) need a subject in their name, and no place before it; a place alone, or
        with a word of a campus, is a campus. Another body behind a sign that joins is none of its.
        """
        if begins_body(phrase):
            return True
        if any(word in phrase for word in self.of("own_body")) or phrase.startswith(GOES_ON):
            return False
        place = next((n for n in range(len(phrase), 1, -1) if _is_city(phrase[:n], places)), 0)
        if place and country in places.cities[phrase[:place].rstrip(PLACE_SIGNS)]:
            return phrase[place:] in CAMPUS_WORDS_HAN
        if phrase.endswith(COLLEGE) and not any(w in phrase for w in self.of("discipline")):
            return False
        return phrase.endswith(self._ends)


def _is_city(phrase: str, places: PlaceNames) -> bool:
    return phrase.rstrip(PLACE_SIGNS) in places.cities


@cache
def packaged_units() -> UnitWords:
    """Words of the packaged list; read once."""
    rows = load.rows("unit_words")
    roles = {row["role"] for row in rows}
    return UnitWords({r: frozenset(row["word"] for row in rows if row["role"] == r) for r in roles})


def behind_joints(segment: str, is_unit: Callable[[str], bool]) -> Iterator[str]:
    """What stands behind each "of" or "at" of a segment whose beginning names a unit."""
    for joint in JOINT.finditer(segment):
        if is_unit(segment[: joint.start()]):
            yield segment[joint.end() :]


def before_units(segment: str) -> str:
    """What stands before the words for parts of a company that end a segment ("X AI Research").

    Empty where none ends it, or nothing is before them.
    """
    words = list(WORD.finditer(segment))
    kept = len(words)
    while kept and fold(words[kept - 1].group()) in COMPANY_PARTS:
        kept -= 1
    return segment[: words[kept].start()].rstrip() if 0 < kept < len(words) else ""


def before_institutes(segment: str) -> Iterator[str]:
    """What may be the name of a group before the subject and the noun of a part of it.

    The beginnings of a segment that ends with such a noun, the longest first: "Alpha Group" of
    "Alpha Group Tidal Research Institute". None where a word leads on ("Alpha Group of X").
    """
    words = list(WORD.finditer(segment))
    if not words or fold(words[-1].group()) not in GROUP_PARTS or JOINT.search(segment):
        return
    yield from (segment[: words[n].start()].rstrip() for n in range(len(words) - 1, 0, -1))
