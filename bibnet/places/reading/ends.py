"""Where an address may be complete: behind a country, a province, a city or an organisation."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bibnet.places.address.country_end import LONGEST_NAME, stands_free
from bibnet.places.address.ending import LETTERS_OF_CODE, TAIL_SEGMENTS, read_ending
from bibnet.places.address.gazetteer import Gazetteer, place_key, place_words
from bibnet.places.address.named_place import Place
from bibnet.places.address.normalise import Token
from bibnet.places.address.parts import Segment, piece
from bibnet.places.address.territory import LONGEST_CITY
from bibnet.places.address.vocabulary import JOINING, ORGANISATION_NOUNS
from bibnet.places.address.weak_evidence import city_in_name
from bibnet.places.reading.marks import list_marks
from bibnet.places.reading.written import Named, Written, has_joint, separates

SLASH = "/"
_BRACKET = re.compile(r"\s?\(([^()]{2,60})\)")
PROVINCE_RULES = ("province_name", "province_code")
_Word = tuple[str, Token | None]  # a word with its token, None for a connector


@dataclass(frozen=True, slots=True)
class End:
    """Token behind which an address may be complete, and where what completes it begins.

    `country` is the one stated, empty behind a city or an organisation; `free`: even a comma may
    part; `sure`: a city of the country stands before it, so that even a blank may; `beside`: the
    country stated for the string, in which an organisation that is all of its part is not;
    `placed`: a place of another country is all that follows; `follower`: number of the token behind
    the mark of a list that follows, 0 for none.
    """

    at: int
    begin: int
    country: str = ""
    free: bool = False
    sure: bool = False
    beside: str = ""
    placed: bool = False
    follower: int = 0


class Ends:
    """Finds the ends of the addresses of one string."""

    def __init__(self, string: Written, known: Gazetteer):
        self._string, self._known = string, known

    def found(self, place: Place | None) -> list[End]:
        """Every end in order, the firmest of each token; `place` is what the string ends with."""
        best: dict[int, End] = {}
        placed = (*self._countries(), *self._provinces(), *self._cities(), *self._city_names())
        placed = (*placed, *self._before_name(place))
        for end in (*placed, *self._organisations(place)):
            best.setdefault(end.at, end)
        best |= {end.at: end for end in self._marked(best)}
        return [best[at] for at in sorted(best) if not self._goes_on(best[at], best.values())]

    def _goes_on(self, end: End, ends: Iterable[End]) -> bool:
        """Whether the country of an end follows it: the address is complete behind that."""
        tokens = self._string.tokens
        if end.at + 1 == len(tokens) or not end.country or end.follower:
            return False
        following = tokens[end.at + 1].start
        return any(e.begin == following and e.country == end.country for e in ends)

    def _marked(self, best: Mapping[int, End]) -> Iterator[End]:
        """Ends before the marks of a list, where a whole name or a country stands on both sides.

        "1 School of Law, 2 School of Arts, X University" is one address.
        """
        tokens, marks = self._string.tokens, list_marks(self._string.text)
        told = [name.start for name in self._string.telling] if marks else []
        told += [end.begin for end in best.values() if end.country] if marks else []
        start = 0
        for begin, stop in marks[1:]:
            at, follower = self._string.token_at(begin) - 1, self._string.token_at(stop)
            sides = any(start <= t < begin for t in told) and any(t >= stop for t in told)
            if sides and follower < len(tokens) and not self._string.is_inside(tokens[at]):
                country = best[at].country if at in best else ""
                yield End(at, tokens[at].end, country, free=True, follower=follower)
                start = stop

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
                begin, behind = self._string.tokens[first].start, self._behind(first, country)
                free = alone and (not self._is_bracketed(at) or self._is_told(at, country))
                yield End(at, begin, country, free, behind)
            return

    def _is_bracketed(self, at: int) -> bool:
        end = self._string.tokens[at].end
        return self._string.text[end : end + 1] == ")"

    def _is_told(self, at: int, country: str) -> bool:
        """Whether a whole name behind a bracketed country has another such bracket behind it.

        "X University (China), Y University (Japan)", where the first has its own country.
        """
        start = self._string.tokens[at].end
        own = any(n.country == country and n.end <= start for n in self._string.telling)
        return own and any(
            name.start > start and name.country != country and self._bracket(name) == name.country
            for name in self._string.telling
        )

    def _bracket(self, name: Named) -> str | None:
        """Country that is all of a bracket right behind a name, or None."""
        found = _BRACKET.match(self._string.text, name.end)
        return self._known.countries.get(place_key(found.group(1))) if found else None

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
        # A code alone needs its city before it, though it may be city and province at once.
        told = place and (place.lat is not None or len(tail[-1].key) > LETTERS_OF_CODE)
        city = place.city if place and told and place.span == tail[-1].span else ""
        if place and city and place.rule in PROVINCE_RULES:
            yield End(at, self._string.tokens[at].start, place.country, free=True)

    def _cities(self) -> Iterator[End]:
        """Large cities before a word or sign that joins, if they mean one city of the world."""
        tokens = self._string.tokens
        for at in range(len(tokens) - 1):
            gap = self._string.gap(at)
            joined = has_joint(gap) or separates(gap) or self._is_joint(tokens[at + 1])
            if not (joined or gap.strip() == SLASH) or self._string.is_inside(tokens[at]):
                continue
            for start in range(max(0, at + 1 - LONGEST_CITY), at + 1):
                key = " ".join(place_words(tokens[start : at + 1]))
                together = tokens[start].segment == tokens[at].segment
                city = self._known.dominant_city(key) if together else None
                placed = bool(city) and place_alone(tokens[at + 1 :], self._known) not in (
                    "",
                    city.country if city else "",
                )
                if city and (joined or placed):
                    yield End(at, tokens[start].start, placed=placed)
                    break

    def _is_joint(self, token: Token) -> bool:
        """Whether a word of its own joins what stands before it to what follows ("y", "with")."""
        return token.word in JOINING and self._string.text[token.start].islower()

    def _before_name(self, place: Place | None) -> Iterator[End]:
        """The place of a string, where the name of a body of another country is all that follows.

        "X Tech Elsewhere, Y University": the place is that of the first, whose name tells who.
        """
        tokens, telling = self._string.tokens, self._string.telling
        if place is None or place.strength <= 1 or not any(n.end <= place.span[1] for n in telling):
            return
        last = {name.country for name in telling if name.end == tokens[-1].end}
        starts = {name.start for name in telling if name.end == tokens[-1].end}
        at = self._string.token_at(place.span[1]) - 1
        following = tokens[at + 1].start if 0 <= at < len(tokens) - 1 else -1
        if following in starts and place.country not in last:
            yield End(at, tokens[at].start, place.country, free=True)

    def _city_names(self) -> Iterator[End]:
        """Bodies with their city in their name before a word or sign that joins one from abroad.

        "Shanghai Tide Laboratory and the University of X", whether or not the registry has both.
        """
        tokens, begin = self._string.tokens, 0
        for at in range(len(tokens) - 1):
            gap = self._string.gap(at)
            joined = has_joint(gap) or separates(gap)
            if joined and not self._string.is_inside(tokens[at]):
                place = city_in_name(piece(self._string.text, tokens[begin : at + 1]), self._known)
                abroad = (
                    n.start > tokens[at].start and place and n.country != place.country
                    for n in self._string.telling
                )
                if any(abroad):
                    yield End(at, tokens[at].end)
            if joined or tokens[at].segment != tokens[at + 1].segment:
                begin = at + 1

    def _organisations(self, place: Place | None) -> Iterator[End]:
        """Whole names behind which one of another country follows, or a place of another.

        Where no place is stated that several could share, a semicolon behind one is enough.
        """
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
            lone = place is None and (start, stop) in self._string.parts
            parted = lone and stop in number and separates(self._string.gap(number[stop]))
            stated = place is not None and place.strength > 1 and place.span[0] >= stop
            elsewhere = stated and place is not None and place.country not in countries
            if stop in number and (foreign or elsewhere or parted):
                alone = elsewhere and (start, stop) in schools & self._string.parts
                at = self._own_city(number[stop], countries)
                yield End(at, stop, beside=place.country if alone and place else "")

    def _own_city(self, at: int, countries: AbstractSet[str]) -> int:
        """The last token of a city of a country, right behind a name in its part, else its own."""
        tokens = self._string.tokens
        for end in range(min(at + LONGEST_CITY, len(tokens) - 1), at, -1):
            key = " ".join([tokens[at + 1].word, *place_words(tokens[at + 2 : end + 1])])
            together = tokens[end].segment == tokens[at].segment and not tokens[at + 1].joint
            if together and any(self._known.city_in(key, country) for country in countries):
                return end
        return at


def place_alone(tokens: Sequence[Token], known: Gazetteer) -> str:
    """Country of the place that is all that words say: a country or a large city; else empty."""
    if not 0 < len(tokens) <= LONGEST_CITY or tokens[0].segment != tokens[-1].segment:
        return ""
    key = " ".join([tokens[0].word, *place_words(tokens[1:])])
    city = known.dominant_city(key)
    return known.countries.get(key) or (city.country if city else "")


def _words(segment: Segment) -> Iterator[_Word]:
    for token in segment.tokens:
        yield from ((joint, None) for joint in token.joint.split())
        yield token.word, token
