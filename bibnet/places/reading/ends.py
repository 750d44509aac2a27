"""Where an address may be complete: behind a country, a province, a city or an organisation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bibnet.places.address.country_end import LONGEST_NAME, stands_free
from bibnet.places.address.ending import TAIL_SEGMENTS, read_ending
from bibnet.places.address.gazetteer import Gazetteer, place_words
from bibnet.places.address.named_place import Place
from bibnet.places.address.normalise import Token
from bibnet.places.address.parts import Segment
from bibnet.places.address.territory import LONGEST_CITY
from bibnet.places.address.vocabulary import ORGANISATION_NOUNS
from bibnet.places.reading.written import Written, has_joint, separates

PROVINCE_RULES = ("province_name", "province_code")
_Word = tuple[str, Token | None]  # a word with its token, None for a connector


@dataclass(frozen=True, slots=True)
class End:
    """Token behind which an address may be complete, and where what completes it begins.

    `country` is the one stated, empty behind a city or an organisation; `free`: even a comma may
    part; `sure`: a city of the country stands before it, so that even a blank may; `beside`: the
    country stated for the string, in which an organisation that is all of its part is not.
    """

    at: int
    begin: int
    country: str = ""
    free: bool = False
    sure: bool = False
    beside: str = ""


class Ends:
    """Finds the ends of the addresses of one string."""

    def __init__(self, string: Written, known: Gazetteer):
        self._string, self._known = string, known

    def found(self, place: Place | None) -> list[End]:
        """Every end in order, the firmest of each token; `place` is what the string ends with."""
        best: dict[int, End] = {}
        placed = (*self._countries(), *self._provinces(), *self._cities())
        for end in (*placed, *self._organisations(place)):
            best.setdefault(end.at, end)
        return [best[at] for at in sorted(best) if not self._goes_on(best[at], best.values())]

    def _goes_on(self, end: End, ends: Iterable[End]) -> bool:
        """Whether the country of an end follows it: the address is complete behind that."""
        tokens = self._string.tokens
        if end.at + 1 == len(tokens) or not end.country:
            return False
        following = tokens[end.at + 1].start
        return any(e.begin == following and e.country == end.country for e in ends)

    def _countries(self) -> Iterator[End]:
        base = 0
        for segment in self._string.segments:
            pairs = list(_words(segment))
            at = base - 1
            for last, (word, token) in enumerate(pairs):
                at += token is not None
                if token is not None and word in self._known.country_last_words:
                    yield from self._country(segment, pairs[: last + 1], at)
            base += len(segment.tokens)

    def _country(self, segment: Segment, pairs: Sequence[_Word], at: int) -> Iterator[End]:
        """The end of the longest country name that the words end with, if it stands for itself."""
        words = [word for word, _ in pairs]
        for start in range(max(0, len(words) - LONGEST_NAME), len(words)):
            key = " ".join(words[start:])
            country = self._known.countries.get(key)
            if not country:
                continue
            if self._is_begun(segment, start, len(words)):
                return
            whole, last = len(words) == len(segment.words), self._string.tokens[at]
            unsure = key in self._known.province_names and start == 0 and whole
            free = stands_free(segment, start, country, self._known)
            if free and not unsure and not self._string.is_inside(last):
                first = at + 1 - sum(token is not None for _, token in pairs[start:])
                alone = whole or start == 0 or words[start - 1] not in ORGANISATION_NOUNS
                bracketed = self._string.text[last.end : last.end + 1] == ")"
                begin, behind = self._string.tokens[first].start, self._behind(first, country)
                yield End(at, begin, country, alone and not bracketed, behind)
            return

    def _is_begun(self, segment: Segment, start: int, stop: int) -> bool:
        """Whether the name of a country goes on as a longer one ("Trinidad | and Tobago")."""
        stops = range(stop + 1, min(start + LONGEST_NAME, len(segment.words)) + 1)
        return any(" ".join(segment.words[start:end]) in self._known.countries for end in stops)

    def _behind(self, first: int, country: str) -> bool:
        """Whether a number or a city or province of a country stands right before its name."""
        tokens = self._string.tokens
        if first and any(sign.isdigit() for sign in self._string.gap(first - 1)):
            return True
        for start in range(max(0, first - LONGEST_CITY), first):
            key = " ".join(place_words(tokens[start:first]))
            provinces = self._known.province_names.get(key, ())
            if self._known.city_in(key, country) or any(of == country for of, _ in provinces):
                return True
        return False

    def _provinces(self) -> Iterator[End]:
        """Ends of provinces or their codes with a city before them, at a part's end or a joint."""
        base, segments = 0, self._string.segments
        for number, segment in enumerate(segments):
            at = base - 1
            for last, (word, token) in enumerate(_words(segment), start=1):
                at += token is not None
                if token is None or not self._may_be_province(segment, last, word):
                    continue
                if last == len(segment.words) or has_joint(self._string.gap(at)):
                    tail = segments[max(0, number + 1 - TAIL_SEGMENTS) : number]
                    yield from self._province([*tail, segment.until(last)], at)
            base += len(segment.tokens)

    def _may_be_province(self, segment: Segment, last: int, word: str) -> bool:
        printed = segment.printed[last - 1]
        return printed in self._known.province_codes or word in self._known.last_words

    def _province(self, tail: Sequence[Segment], at: int) -> Iterator[End]:
        place = read_ending(tail, self._known)
        if place and place.city and place.rule in PROVINCE_RULES and place.span == tail[-1].span:
            yield End(at, self._string.tokens[at].start, place.country, free=True)

    def _cities(self) -> Iterator[End]:
        """Large cities before a word or sign that joins, if they mean one city of the world."""
        tokens = self._string.tokens
        for at in range(len(tokens) - 1):
            gap = self._string.gap(at)
            if not (has_joint(gap) or separates(gap)) or self._string.is_inside(tokens[at]):
                continue
            for start in range(max(0, at + 1 - LONGEST_CITY), at + 1):
                key = " ".join(place_words(tokens[start : at + 1]))
                together = tokens[start].segment == tokens[at].segment
                if together and self._known.dominant_city(key):
                    yield End(at, tokens[start].start)
                    break

    def _organisations(self, place: Place | None) -> Iterator[End]:
        """Whole names behind which one of another country follows, or a place of another."""
        number = {token.end: at for at, token in enumerate(self._string.tokens)}
        holders: dict[tuple[int, int], set[str]] = {}
        schools = {(name.start, name.end) for name in self._string.telling if name.university}
        for name in self._string.telling:
            # "Department of Alpha Waves" is not the body called Alpha Waves.
            if name.university or self._string.opens(name):
                holders.setdefault((name.start, name.end), set()).add(name.country)
        for (start, stop), countries in holders.items():
            foreign = any(
                not countries & others for (begin, _), others in holders.items() if begin >= stop
            )
            stated = place is not None and place.strength > 1 and place.span[0] >= stop
            elsewhere = stated and place is not None and place.country not in countries
            if stop in number and (foreign or elsewhere):
                alone = elsewhere and (start, stop) in schools & self._string.parts
                yield End(number[stop], stop, beside=place.country if alone and place else "")


def _words(segment: Segment) -> Iterator[_Word]:
    for token in segment.tokens:
        yield from ((joint, None) for joint in token.joint.split())
        yield token.word, token
