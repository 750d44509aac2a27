"""Where an address may be complete: behind a country, a province, a city or an organisation."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bibnet.places.address.code_end import LETTERS_OF_CODE
from bibnet.places.address.country_end import LONGEST_NAME, stands_free
from bibnet.places.address.ending import TAIL_SEGMENTS, read_ending
from bibnet.places.address.gazetteer import Gazetteer, place_key, place_words
from bibnet.places.address.named_place import Place
from bibnet.places.address.parts import Segment
from bibnet.places.address.territory import LONGEST_CITY
from bibnet.places.address.token import Token
from bibnet.places.address.vocabulary import JOINING, ORGANISATION_NOUNS
from bibnet.places.reading.end import SLASH, End, place_alone
from bibnet.places.reading.name_ends import NameEnds
from bibnet.places.reading.school_ends import school_ends
from bibnet.places.reading.written import Named, Written, has_joint, separates

_BRACKET = re.compile(r"\s?\(([^()]{2,60})\)")
PROVINCE_RULES = ("province_name", "province_code")
_Word = tuple[str, Token | None]  # a word with its token, None for a connector


class Ends:
    """Finds the ends of the addresses of one string."""

    def __init__(self, string: Written, known: Gazetteer):
        self._string, self._known = string, known

    def found(self, place: Place | None) -> list[End]:
        """Every end in order, the firmest of each token; `place` is what the string ends with."""
        best: dict[int, End] = {}
        names = NameEnds(self._string, self._known, place)
        placed = (*self._countries(), *self._provinces(), *self._cities())
        for end in (*placed, *names.found()):
            best.setdefault(end.at, end)
        told = [end.begin for end in best.values() if end.country]
        for end in school_ends(self._string, self._known, told):
            best[end.at] = end
        best |= {end.at: end for end in names.marked(best)}
        meant = [e for e in best.values() if not self._is_town_abroad(e, best.values())]
        return sorted(
            (end for end in meant if not self._goes_on(end, meant)), key=lambda end: end.at
        )

    def _goes_on(self, end: End, ends: Iterable[End]) -> bool:
        """Whether the country of an end follows it: the address is complete behind that."""
        tokens = self._string.tokens
        if end.at + 1 == len(tokens) or not end.country or end.follower:
            return False
        following = tokens[end.at + 1].start
        return any(e.begin == following and e.country == end.country for e in ends)

    def _is_town_abroad(self, end: End, ends: Iterable[End]) -> bool:
        """Whether a province of another country and that country follow the name of a country.

        "St Lucia, Queensland 4072, Australia", "Salvador, Bahia, Brazil": a town is called so.
        """
        later = [e for e in ends if e.country and e.begin > end.begin]
        following = min(later, key=lambda e: e.begin, default=None)
        if not end.country or end.follower or following is None or following.country == end.country:
            return False
        tokens, stop = self._string.tokens, self._string.token_at(following.begin)
        between = [t for t in tokens[end.at + 1 : stop] if not t.word.isdigit()]
        gaps = [self._string.gap(n) for n in range(end.at, stop)]
        if any(has_joint(gap) or separates(gap) for gap in gaps):
            return False
        own = " ".join(t.word for t in tokens[self._string.token_at(end.begin) : end.at + 1])
        nouns = ORGANISATION_NOUNS.intersection(token.word for token in between)
        if not nouns and self._known.city_in(own, following.country):
            return True
        key = " ".join(token.word for token in between)
        code = self._string.text[between[0].start : between[0].end] if len(between) == 1 else ""
        found = (
            *self._known.province_names.get(key, ()),
            *self._known.province_codes.get(code, ()),
        )
        return any(country == following.country for country, _ in found)

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
                at = self._with_bracket(key, at)
                free = alone and (not self._is_bracketed(first, at) or self._is_told(at, country))
                yield End(at, begin, country, free=free, sure=behind)
            return

    def _with_bracket(self, key: str, at: int) -> int:
        """Last token of a country, with a bracket in which its name goes on ("Korea (South)")."""
        tokens, text = self._string.tokens, self._string.text
        opened = at + 1 < len(tokens) and self._string.gap(at).strip() == "("
        for last in range(at + 1, min(at + LONGEST_NAME, len(tokens))) if opened else ():
            longer = " ".join([key, *(token.word for token in tokens[at + 1 : last + 1])])
            if longer in self._known.countries and text[tokens[last].end :].startswith(")"):
                return last
        return at

    def _is_bracketed(self, first: int, at: int) -> bool:
        """Whether a bracket closes behind the last token of a country that opens before its first.

        "Korea (South)" is the name of a country.
        """
        start, end = self._string.tokens[first].start, self._string.tokens[at].end
        text = self._string.text
        return text[end : end + 1] == ")" and "(" not in text[start:end]

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
        """Whether a number, or a city or province of a country, stands right before its name."""
        tokens = self._string.tokens
        if first and any(sign.isdigit() for sign in self._string.gap(first - 1)):
            return True
        code = self._string.text[tokens[first - 1].start : tokens[first - 1].end] if first else ""
        if any(of == country for of, _ in self._known.province_codes.get(code, ())):
            return True
        for start in range(max(0, first - LONGEST_CITY), first):
            key = " ".join([tokens[start].word, *place_words(tokens[start + 1 : first])])
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
                if city and (joined or placed or self._opens_abroad(at + 1, city.country)):
                    yield End(at, tokens[start].start, city=city.country, placed=placed)
                    break

    def _opens_abroad(self, at: int, country: str) -> bool:
        """Whether the whole name of a body of another country begins at a token."""
        begun = {
            n.country for n in self._string.telling if n.start == self._string.tokens[at].start
        }
        return bool(begun) and country not in begun

    def _is_joint(self, token: Token) -> bool:
        """Whether a word of its own joins what stands before it to what follows ("y", "with")."""
        return token.word in JOINING and self._string.text[token.start].islower()


def _words(segment: Segment) -> Iterator[_Word]:
    for token in segment.tokens:
        yield from ((joint, None) for joint in token.joint.split())
        yield token.word, token
