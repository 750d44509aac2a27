"""One string as it is written: its words, the whole names of organisations, what joins them."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bibnet.places.address.gazetteer import Gazetteer, place_key
from bibnet.places.address.parts import Segment
from bibnet.places.address.token import FOOTNOTE_MARKS, Token
from bibnet.places.address.vocabulary import (
    CONJUNCTIONS,
    JOINING,
    ORGANISATION_NOUNS,
    STREETS,
    UNIT_NOUNS,
)

_SEPARATOR = re.compile(rf"[;|\n\u2022\u3002]|^[{FOOTNOTE_MARKS}]$")
_STOP = re.compile(r"\.\s|[\])]\s*\.|/")
_JOINT = re.compile(
    rf"(?<!\w)(?:{'|'.join(['&', *sorted(JOINING)])})(?![\w-])|(?<=\s)\+(?=\s)", re.IGNORECASE
)
_MARK = re.compile(rf"(?<![\w-])[\[(]?\d{{1,2}}[\])]?(?![\w-])|[*\u00b6{FOOTNOTE_MARKS}]")
# What no name goes across.
_BREAK = re.compile(r"[;|\n\u2022\u3002]|\s/\s|\bwith\b", re.IGNORECASE)
_CLOSE = ("", " ", "-")


@dataclass(frozen=True, slots=True)
class Named:
    """A whole name of an organisation in a string: offsets, owner, country.

    `telling` says that one of its words is rare in the names of organisations and that it is not
    one such word alone, `rare` the first only; `university` that a word says what it is.
    """

    start: int
    end: int
    owner: int
    country: str
    telling: bool
    rare: bool = True
    university: bool = False


class Written:
    """A cleaned string with its parts and the whole names in it.

    Names of streets and schools ("X Street", "X School"), of countries, and words that run from
    one address into the next are left out.
    """

    def __init__(
        self, text: str, segments: Sequence[Segment], names: Sequence[Named], known: Gazetteer
    ):
        self.text, self.segments = text, segments
        self.tokens = [token for segment in segments for token in segment.tokens]
        self.parts = parts = {segment.span for segment in segments}
        self.names = [
            replace(name, telling=True)
            if not name.telling and name.rare and (name.start, name.end) in parts
            else name
            for name in names
            if self._is_meant(name, known)
        ]

    def _is_meant(self, name: Named, known: Gazetteer) -> bool:
        at = self.token_at(name.end)
        following = self.tokens[at] if at < len(self.tokens) else None
        close = following and self.text[name.end : following.start] in _CLOSE
        if following and close and following.word in STREETS | UNIT_NOUNS:
            return False
        if _BREAK.search(self.text, name.start, name.end) or self._is_run_on(name):
            return False
        if any(self._runs_across(name, p) and p.key in known.countries for p in self.segments):
            return False
        printed = self.text[name.start : name.end]
        joint = _JOINT.search(printed)
        if joint and place_key(printed[: joint.start()]) in known.countries:
            return False  # "France & University" of somewhere else
        return place_key(printed) not in known.countries and printed not in known.province_codes

    def _runs_across(self, name: Named, part: Segment) -> bool:
        """Whether a name holds the end of a part and goes on ("South Korea, University of ...")."""
        start, end = part.span
        return name.start < end < name.end and self.text[start - 1 : start] != "("

    def _is_run_on(self, name: Named) -> bool:
        """Whether a name holds but the noun of the next one behind "and" ("Kiel and Institute").

        Before a second "and" the noun is its own ("University of Tides and Technology and").
        """
        at = self.token_at(name.end) - 1
        if at < 0:
            return False  # before it are only words that could be codes
        token = self.tokens[at]
        return (
            token.end == name.end
            and name.start < token.start
            and token.joint in CONJUNCTIONS
            and token.word in ORGANISATION_NOUNS
            and at + 1 < len(self.tokens)
            and bool(self.tokens[at + 1].joint)
            and self.tokens[at + 1].joint not in CONJUNCTIONS
        )

    @cached_property
    def telling(self) -> list[Named]:
        """Names that no longer one holds and that tell organisations apart."""
        return [
            one
            for one in self.names
            if one.telling
            and not any(
                o.start <= one.start and one.end <= o.end and o.end - o.start > one.end - one.start
                for o in self.names
            )
        ]

    def token_at(self, offset: int) -> int:
        """Number of the first token that begins at an offset or behind it."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)

    def gap(self, at: int) -> str:
        """What is printed between a token and the next one."""
        stop = self.tokens[at + 1].start if at + 1 < len(self.tokens) else len(self.text)
        return self.text[self.tokens[at].end : stop]

    def joint(self, at: int) -> str:
        """What is printed between a token and the next one, without the stop of a word cut short.

        "Foo Lab. (FL), Zurich" is one address.
        """
        token, gap = self.tokens[at], self.gap(at)
        cut = len(token.word) > token.end - token.start
        return gap.removeprefix(".") if cut else gap

    def is_inside(self, token: Token) -> bool:
        """Whether a whole name of an organisation holds a token and goes on behind it."""
        return any(name.start <= token.start and token.end < name.end for name in self.names)

    def opens(self, name: Named) -> bool:
        """Whether a part of the string or a word that joins stands before a name."""
        at = self.token_at(name.start)
        if at in (0, len(self.tokens)):
            return at == 0
        parted = self.tokens[at - 1].segment != self.tokens[at].segment
        return parted or has_joint(self.gap(at - 1))


def separates(gap: str) -> bool:
    """Whether a semicolon, a bar, a line end or a full-width stop stands between two words."""
    return bool(_SEPARATOR.search(gap))


def has_joint(gap: str) -> bool:
    """Whether a word or sign that joins two addresses stands between two words."""
    return bool(_JOINT.search(gap))


def joins(gap: str) -> bool:
    """Whether anything that may join two addresses stands between two words: a mark, too."""
    return any(sign.search(gap) for sign in (_SEPARATOR, _JOINT, _STOP, _MARK))
