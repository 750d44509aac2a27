"""Numbered bodies: "CETC 54th Research Institute", "第五十四研究所", "PLA Unit 63820".

A number says nothing alone, but with the group or academy it is counted in it names one body,
however it is written and in whatever order. The numbers of an address are read together with the
parent bodies it names.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bibnet.tag.lists.entry import EXACT_NAME, Candidate, EntryIndex
from bibnet.tag.lists.parents import ParentNames
from bibnet.tag.lists.spelling import content_words
from bibnet.tag.name import folded

INSTITUTE, ACADEMY, FACTORY, CENTER, UNIT = "institute", "academy", "factory", "center", "unit"
# Segments of an address that hold parent and number at most; else the whole address is shown.
LONGEST_RUN = 4
# Institutes of several academies of one group have numbers of their own from here on.
OWN_IN_GROUP = 100
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
NUMBER = rf"(?:no\s?)?(?P<number>\d{{1,3}}|{'|'.join(ORDINALS)})(?:st|nd|rd|th)?"
NOUN = r"(?:res(?:earch)?\s+)?(?P<noun>institute|inst|ri|academy|factory)|(?P<center>test\s+center)"
BEFORE_NOUN = re.compile(rf"(?<!\w){NUMBER}\s+(?:{NOUN})(?!\w)")
BEHIND_NOUN = re.compile(rf"(?<!\w)(?:{NOUN})\s+{NUMBER}(?!\w)")
BEHIND_PARENT = re.compile(r"^\s*(?:no\s?)?(\d{1,3})(?!\w)")
TROOPS = re.compile(
    r"(?<!\w)(?:units?|troops?)\s(?:no\s?)?(\d{5})(?!\d)|(?<!\d)(\d{5})\s(?:units?|troops?)(?!\w)"
)
HAN_TROOPS = re.compile(r"(?<!\d)(\d{5})\s?部队")
HAN_NUMBER = re.compile(r"第?([〇零一二三四五六七八九十百]{1,7}|\d{1,3})(研究所|研究院|所|院|厂)")
HAN_NOUNS = {"研究所": INSTITUTE, "所": INSTITUTE, "研究院": ACADEMY, "院": ACADEMY, "厂": FACTORY}
HAN_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
HAS_NUMBER = re.compile(rf"\d|[{''.join(HAN_DIGITS)}十百]|(?<!\w)(?:{'|'.join(ORDINALS)})(?!\w)")
DIGIT_OR_APOSTROPHE = re.compile(r"[\d'`]")
HAN_SCRIPT = re.compile("[\u4e00-\u9fff]+")
# Words that may stand in a name beside parent and number, and add nothing.
NO_MORE = frozenset({"group", "limited", "co", "ltd", "no", "research", "institute"})
NOUNS = {"ri": INSTITUTE, "inst": INSTITUTE}
GLUED = re.compile(r"(?<=[a-z])(?=\d)")
POSSESSIVE = re.compile(r"['’]s(?!\w)")

Numbers = frozenset[tuple[str, int]]


class Numbered(NamedTuple):
    """A parent body (empty for troops) and numbers in it, each of a kind."""

    parent: str
    numbers: Numbers


@dataclass(frozen=True)
class NumberedBodies:
    """Finds listed bodies by parent and number."""

    parents: ParentNames
    bodies: Mapping[Numbered, Candidate]

    def find(self, parts: Sequence[str]) -> list[tuple[Candidate, str]]:
        """Bodies that segments of an address name by number, each with the text that does.

        The text is the shortest run of segments that holds parent and number.
        """
        whole = ", ".join(parts)
        wanted = self._in(whole)
        return [(one, self._shortest_run(one, parts) or whole) for one in wanted]

    def _shortest_run(self, body: Candidate, parts: Sequence[str]) -> str:
        for size in range(1, LONGEST_RUN + 1):
            for start in range(len(parts) - size + 1):
                run = ", ".join(parts[start : start + size])
                if body in self._in(run):
                    return run
        return ""

    def _in(self, text: str) -> list[Candidate]:
        found = (self.bodies.get(one) for one in _readings(text, self.parents))
        return list({one.entry.entry_id: one for one in found if one}.values())


def numbered_bodies(index: EntryIndex, parents: ParentNames) -> NumberedBodies:
    """Read the numbers out of listed names that say no more than parent and numbers.

    What two bodies are called is what the one is called whose main name it is, else it is left
    out.
    """
    found: dict[Numbered, dict[str, Candidate]] = defaultdict(dict)
    for entry in index.entries:
        for name, kind in entry.names:
            for one in _readings(name, parents) if _says_no_more(name, parents) else ():
                found[one].setdefault(entry.entry_id, Candidate(entry, name, kind))
    return NumberedBodies(
        parents, {one: body for one, bodies in found.items() for body in _only(bodies)}
    )


def _only(bodies: Mapping[str, Candidate]) -> list[Candidate]:
    if len(bodies) == 1:
        return list(bodies.values())
    main = [body for body in bodies.values() if body.kind == EXACT_NAME]
    return main if len(main) == 1 else []


def _says_no_more(name: str, parents: ParentNames) -> bool:
    """Whether nothing is left of a name without parents, numbers with their nouns, and forms."""
    plain = _plain(name)
    for mention in reversed(parents.named(plain)):
        words = plain.split()
        plain = " ".join([*words[: mention.start], *words[mention.end :]])
    for pattern in (BEFORE_NOUN, BEHIND_NOUN, TROOPS):
        plain = pattern.sub(" ", plain)
    left = content_words(folded(HAN_SCRIPT.sub(" ", plain)))
    return not any(word.isalpha() and word not in NO_MORE for word in left)


def _plain(text: str) -> str:
    return GLUED.sub(" ", folded(POSSESSIVE.sub("", text)))


def _readings(text: str, parents: ParentNames) -> Iterator[Numbered]:
    """Each parent of a text with all its numbers, then with one that is its own in the group."""
    if text.isascii() and not _may_have_number(text):
        return
    plain = _plain(text)
    for troops in (*TROOPS.finditer(plain), *HAN_TROOPS.finditer(text)):
        digits = next(filter(None, troops.groups()))
        yield Numbered("", frozenset({(UNIT, int(digits))}))
    if not HAS_NUMBER.search(plain):
        return
    numbers = {*_numbers(plain), *_han_numbers(text)}
    words = plain.split()
    for mention in parents.named(plain):
        next_words = " ".join(words[mention.end : mention.end + 2])
        behind = BEHIND_PARENT.match(next_words) if mention.end else None
        own = {(INSTITUTE, int(behind.group(1)))} if behind and not numbers else numbers
        if own:
            yield Numbered(mention.parent, frozenset(own))
        for kind, number in own:
            if len(own) > 1 and kind == INSTITUTE and number >= OWN_IN_GROUP:
                yield Numbered(mention.parent, frozenset({(kind, number)}))


def _may_have_number(text: str) -> bool:
    """Whether a text of ASCII can have a number once it is folded, which takes ten times as long.

    Apostrophes vanish from within words.
    """
    plain = text.lower()
    return bool(DIGIT_OR_APOSTROPHE.search(plain)) or any(word in plain for word in ORDINALS)


def _numbers(plain: str) -> Iterator[tuple[str, int]]:
    for match in (*BEFORE_NOUN.finditer(plain), *BEHIND_NOUN.finditer(BEFORE_NOUN.sub(".", plain))):
        noun = match.group("noun") or CENTER
        yield NOUNS.get(noun, noun), _value(match.group("number"))


def _value(number: str) -> int:
    return int(number) if number.isdigit() else ORDINALS.index(number) + 1


def _han_numbers(text: str) -> Iterator[tuple[str, int]]:
    for digits, noun in HAN_NUMBER.findall(text):
        yield HAN_NOUNS[noun], int(digits) if digits.isdigit() else _han_value(digits)


def _han_value(signs: str) -> int:
    """Value of a number in Chinese signs, written out ("五十四") or sign by sign ("五四")."""
    if "十" not in signs and "百" not in signs:
        return int("".join(str(HAN_DIGITS[sign]) for sign in signs))
    hundreds, _, rest = signs.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * (HAN_DIGITS.get(hundreds, 1) if "百" in signs else 0)
    value += 10 * (HAN_DIGITS.get(tens.lstrip("零〇"), 1) if ten else 0)
    return value + (HAN_DIGITS.get(ones.lstrip("零〇"), 0) if ones else 0)
