"""Several addresses in one string: where one is complete and another begins.

An address is complete behind the name of its country, behind a province or its code with a city
before it, behind a large city, or behind the whole name of an organisation. Another begins there
if what follows holds an organisation and is joined: by a word ("and", "also with"), a semicolon,
slash, stop, line end or mark; behind a country a word that joins is enough whatever capital word
follows, save the name of a street, and a blank or a comma where an organisation's whole name
follows or another country comes; behind a city a word or slash, where a place of another country is
all that follows ("X Lab, Lyon and Bonn"). Behind an organisation's name alone the string is cut
only where the two are in different countries: else they share the place that stands behind them;
a comma is enough where the place that ends the string is that of the second only.
What the registry writes as one name is never cut. The mark of a list parts what is told on both
sides of it.
"""

from bisect import bisect_left
from collections.abc import Sequence

from bibnet.places.address.gazetteer import Gazetteer
from bibnet.places.address.named_place import Place
from bibnet.places.address.parts import Segment
from bibnet.places.address.token import Token
from bibnet.places.address.vocabulary import (
    CLINICS,
    INTRODUCING,
    JOINING,
    ORGANISATION_NOUNS,
    PRONOUNS,
    SIGN_NOUNS,
    STREETS,
    UNIT_NOUNS,
)
from bibnet.places.reading.end import SLASH, End
from bibnet.places.reading.ends import Ends
from bibnet.places.reading.marks import list_marks
from bibnet.places.reading.written import Named, Written, has_joint, joins, separates

DASHES = (" - ", " \u2013 ", " \u2014 ")
FROM = "from"  # "Visiting scholar at X from Y"
BEARING = ORGANISATION_NOUNS | UNIT_NOUNS | CLINICS


def address_spans(string: Written, place: Place | None, known: Gazetteer) -> list[tuple[int, int]]:
    """Offsets of the addresses of a string, one if it is not cut.

    `place` is the place that the end of the string names.
    """
    return _Cutter(string).spans(Ends(string, known).found(place))


class _Cutter:
    def __init__(self, string: Written):
        self._string, self._tokens = string, string.tokens
        bearing = [name.start for name in string.names if name.telling]
        bearing += [token.start for token in string.tokens if token.word in BEARING]
        self._bearing = sorted(bearing + _sign_nouns(string.segments))

    def spans(self, ends: Sequence[End]) -> list[tuple[int, int]]:
        """Offsets of the addresses that the ends part."""
        found: list[tuple[int, int]] = []
        start = self._behind_first_mark()
        for number, end in enumerate(ends):
            later = ends[number + 1 :]
            bears = self._bears(start, end.begin) or self._is_place_alone(end, later)
            bears = bears or self._is_lone_body(start, end) or self._is_lone_pair(start, end, later)
            if end.begin <= start or not bears:
                continue
            follower = self._follower(end, later)
            if follower is not None:
                found.append((start, self._tokens[end.at].end))
                start = end.opens or self._tokens[follower].start
        return [*found, (start, len(self._string.text))]

    def _behind_first_mark(self) -> int:
        """Where the first address begins: behind the first mark of a list."""
        marks = list_marks(self._string.text)
        return marks[0][1] if marks else 0

    def _is_place_alone(self, end: End, later: Sequence[End]) -> bool:
        """Whether a city and its country are joined to an address in another country.

        The body before them has a name that tells nothing, or none ("Ring Paris, France, and ...").
        """
        elsewhere = any(one.country not in ("", end.country) for one in later)
        return end.sure and elsewhere and self._led(end.at)[1]

    def _is_lone_body(self, start: int, end: End) -> bool:
        """Whether words that no list knows and a place stand before a whole name from abroad.

        "Ripple, France and X University"; where but a comma parts them, the registry's name of a
        body that tells nothing alone must be a part of its own ("CWI, France, X University").
        """
        first, (at, _, _) = self._string.token_at(start), self._led(end.at)
        country = end.country or end.city
        if not country or at is None or self._tokens[first].start >= end.begin:
            return False
        begun = [n for n in self._string.telling if n.start == self._tokens[at].start]
        if not begun or any(n.country == country for n in begun):
            return False
        gap = self._string.gap(end.at)
        held = (n for n in self._string.names if start <= n.start and n.end <= end.begin)
        joined = has_joint(gap) or separates(gap) or SLASH in gap
        return joined or (end.free and any(map(self._is_part, held)))

    def _is_lone_pair(self, start: int, end: End, later: Sequence[End]) -> bool:
        """Whether a word joins words that no list knows and a country to others and another one.

        "ABC, Denmark and DEF, Peru".
        """
        at, _, _ = self._led(end.at)
        alone = self._tokens[self._string.token_at(start)].start >= end.begin
        if not end.country or not end.free or at is None or alone:
            return False
        elsewhere = any(one.country not in ("", end.country) for one in later)
        return elsewhere and self._is_joined_name(end.at, at)

    def _bears(self, start: int, stop: int) -> bool:
        """Whether an organisation begins in a stretch of the string."""
        at = bisect_left(self._bearing, start)
        return at < len(self._bearing) and self._bearing[at] < stop

    def _follower(self, end: End, later: Sequence[End]) -> int | None:
        """First token of the address that begins behind an end, or None."""
        if end.follower:
            return end.follower
        at, joined, led = self._led(end.at)
        if at is None or end.placed:
            return at
        if not self._bears(self._tokens[at].start, len(self._string.text)):
            apart = end.abroad and self._is_apart(end.at, at)
            named = end.country and self._is_joined_name(end.at, at)
            # "..., Denmark; Uni Bonn, Germany": a country on both sides of a semicolon.
            elsewhere = any(one.country not in ("", end.country) for one in later)
            gap = self._string.gap(end.at)
            listed = bool(end.country) and elsewhere and (separates(gap) or SLASH in gap)
            return at if apart or named or (listed and self._is_name(at)) else None
        if end.country and joined:
            return at
        begun = [n for n in self._string.telling if n.start == self._tokens[at].start]
        if not end.country:
            beside = any(n.country == end.beside and self._is_alone(n) for n in begun)
            joined = joined or self._comes_from(at)
            apart = end.abroad and self._is_apart(end.at, at)
            return at if beside or apart or (joined and (led or begun)) else None
        elsewhere = any(one.country not in ("", end.country) for one in later)
        return at if (begun or elsewhere) and self._is_parted(end) else None

    def _comes_from(self, at: int) -> bool:
        """Whether the word that says where a guest is from stands before a token."""
        return 0 < at < len(self._tokens) and FROM in self._string.gap(at - 1).casefold().split()

    def _is_joined_name(self, end: int, at: int) -> bool:
        """Whether a word joins what begins with a capital, and its part names no street."""
        return has_joint(self._string.gap(end)) and self._is_name(at)

    def _is_apart(self, end: int, at: int) -> bool:
        """Whether a word, a semicolon or a slash parts what begins with a capital."""
        gap = self._string.gap(end)
        return (has_joint(gap) or separates(gap) or SLASH in gap) and self._is_name(at)

    def _is_name(self, at: int) -> bool:
        """Whether a token begins with a capital, and its part names no street."""
        token = self._tokens[at]
        part = next(s for s in self._string.segments if token in s.tokens)
        behind = [other.word for other in part.tokens if other.start > token.start]
        return self._string.text[token.start].isupper() and STREETS.isdisjoint(behind)

    def _is_alone(self, name: Named) -> bool:
        """Whether a name is all of its part, or a word joins another to it."""
        gap = self._string.gap(self._string.token_at(name.end) - 1)
        return self._is_part(name) or has_joint(gap)

    def _is_part(self, name: Named) -> bool:
        return (name.start, name.end) in self._string.parts

    def _led(self, at: int) -> tuple[int | None, bool, bool]:
        """First token behind an end that is no mark and leads nowhere, None if there is none.

        Then whether it is joined, and whether that is by more than a word or sign.
        """
        joined = led = False
        while at + 1 < len(self._tokens):
            gap = self._string.joint(at)
            led = led or separates(gap)
            joined = joined or led or joins(gap)
            at += 1
            token = self._tokens[at]
            if not self._leads(token, joined=joined or self._comes_from(at + 1)):
                return at, joined, led
            led = led or token.word in INTRODUCING
            joined = True
        return None, joined, led

    def _leads(self, token: Token, *, joined: bool) -> bool:
        """Whether a token is a mark or a word that leads from one address to the next."""
        text = self._string.text
        printed = text[token.start : token.end]
        if len(printed) == 1 and printed.isascii():
            return printed.islower() or text[token.end : token.end + 1] in (")", "]")
        if token.word in PRONOUNS:
            return True
        leads = token.word in JOINING or (joined and token.word in INTRODUCING)
        return leads and printed.islower()

    def _is_parted(self, end: End) -> bool:
        """Whether a comma or a dash, or a blank behind the name of a place of its own, parts."""
        gap = self._string.gap(end.at)
        parted = "," in gap or gap.startswith(DASHES) or (end.sure and gap[:1].isspace())
        return end.free and "(" not in gap and parted


def _sign_nouns(segments: Sequence[Segment]) -> list[int]:
    """Offsets of the parts in Chinese script that hold the noun of an organisation."""
    found = []
    for segment in segments:
        signs = "".join(segment.words)
        if not signs.isascii() and any(noun in signs for noun in SIGN_NOUNS):
            found.append(segment.tokens[0].start)
    return found
