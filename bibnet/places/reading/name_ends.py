"""Ends of addresses that names of organisations make: behind them, before and between them."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from bibnet.places.address.gazetteer import Gazetteer, place_key, place_words
from bibnet.places.address.named_place import Place
from bibnet.places.address.parts import piece
from bibnet.places.address.territory import LONGEST_CITY
from bibnet.places.address.vocabulary import NATIONS
from bibnet.places.address.weak_evidence import (
    CITY_IN_NAME,
    COUNTRY_IN_NAME,
    PROVINCE_IN_NAME,
    city_in_name,
)
from bibnet.places.reading.end import End
from bibnet.places.reading.marks import list_marks
from bibnet.places.reading.written import Named, Written, has_joint, separates

IN_NAMES = (CITY_IN_NAME, PROVINCE_IN_NAME, COUNTRY_IN_NAME)
CITY_NAME = "city_name"  # rule of a city that a string ends with


class NameEnds:
    """Finds the ends that the organisations of one string make.

    `place` is what the string ends with.
    """

    def __init__(self, string: Written, known: Gazetteer, place: Place | None):
        self._string, self._known, self._place = string, known, place

    def found(self) -> Iterator[End]:
        """Ends at names, the firmest of each token first."""
        yield from self._city_names()
        yield from self._before_name()
        yield from self._organisations()

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

    def _before_name(self) -> Iterator[End]:
        """The place of a string, where the name of a body of another country is all that follows.

        "X Tech Elsewhere, Y University": the place is that of the first, whose name tells who.
        """
        place, tokens, telling = self._place, self._string.tokens, self._string.telling
        if place is None or place.strength <= 1 or not any(n.end <= place.span[1] for n in telling):
            return
        last = {name.country for name in telling if name.end == tokens[-1].end}
        starts = {name.start for name in telling if name.end == tokens[-1].end}
        at = self._string.token_at(place.span[1]) - 1
        following = tokens[at + 1].start if 0 <= at < len(tokens) - 1 else -1
        if following in starts and place.country not in last:
            yield End(at, tokens[at].start, place.country, free=True)

    def _organisations(self) -> Iterator[End]:
        """Whole names behind which one of another country follows, or a place of another.

        Where no place is stated that several could share, a semicolon behind one is enough.
        """
        number = {token.end: at for at, token in enumerate(self._string.tokens)}
        holders = self._holders()
        for (start, stop), countries in holders.items():
            foreign = any(
                not countries & others for (begin, _), others in holders.items() if begin >= stop
            )
            lone = self._place is None and (start, stop) in self._string.parts
            parted = lone and stop in number and separates(self._string.gap(number[stop]))
            abroad = self._place_abroad(stop, countries)
            school = self._is_school(start, stop)
            city = school and self._city_abroad(stop, countries)
            if stop in number and (foreign or abroad or parted or city):
                beside = self._beside((start, stop), countries, abroad)
                at = self._own_city(number[stop], countries)
                yield End(at, stop, beside=beside, abroad=city or (school and bool(abroad)))

    def _holders(self) -> dict[tuple[int, int], set[str]]:
        """Countries of the telling names at each place of the string.

        "Department of Alpha Waves" is not the body called Alpha Waves.
        """
        holders: dict[tuple[int, int], set[str]] = {}
        for name in self._string.telling:
            if name.university or self._string.opens(name):
                holders.setdefault((name.start, name.end), set()).add(name.country)
        return holders

    def _place_abroad(self, stop: int, countries: AbstractSet[str]) -> str:
        """The country stated firmly behind a name, if it is none of the name's; else empty."""
        place = self._place
        stated = place is not None and place.strength > 1 and place.span[0] >= stop
        return place.country if place and stated and place.country not in countries else ""

    def _city_abroad(self, stop: int, countries: AbstractSet[str]) -> bool:
        """Whether a city behind a name, at the end of the string, is in none of its countries."""
        place = self._place
        named = place is not None and place.rule == CITY_NAME and place.span[0] >= stop
        return named and place is not None and place.country not in countries

    def _is_school(self, start: int, stop: int) -> bool:
        """Whether a whole name is a school's and none that begins before it ends in it."""
        telling = self._string.telling
        school = any((n.start, n.end) == (start, stop) and n.university for n in telling)
        return school and not any(n.start < start < n.end for n in telling)

    def _is_body(self, name: Named) -> bool:
        """Whether a name is a school's, or all of a part that is no city."""
        whole = (name.start, name.end) in self._string.parts
        key = place_key(self._string.text[name.start : name.end])
        return name.university or (whole and key not in self._known.cities)

    def _says_where(self, name: Named) -> bool:
        """Whether a name is a school's or holds a city of its country."""
        words = (t.word for t in self._string.tokens if name.start <= t.start < name.end)
        return name.university or any(self._known.city_in(word, name.country) for word in words)

    def _beside(self, span: tuple[int, int], countries: AbstractSet[str], abroad: str) -> str:
        """Country in which a name that is all of its part is not, though a comma follows; or empty.

        Of a school the one stated for the string; of a body with its nation's adjective in its
        name that of the next whole name, too, and of a school where no place is stated.
        """
        if span not in self._string.parts:
            return ""
        words = [t.word for t in self._string.tokens if span[0] <= t.start < span[1]]
        national = any(NATIONS.get(word) in countries for word in words)
        school = self._is_school(*span)
        behind = [name for name in self._string.telling if name.start >= span[1]]
        following = min(behind, key=lambda name: name.start, default=None)
        placeless = self._place is None or self._place.rule in IN_NAMES
        other = following is not None and following.country not in countries
        if other and following and self._is_body(following):
            apart = national or (school and placeless and self._says_where(following))
            return following.country if apart else abroad if school else ""
        return abroad if national or school else ""

    def _own_city(self, at: int, countries: AbstractSet[str]) -> int:
        """The last token of a city of a country, right behind a name in its part, else its own."""
        tokens = self._string.tokens
        for end in range(min(at + LONGEST_CITY, len(tokens) - 1), at, -1):
            key = " ".join([tokens[at + 1].word, *place_words(tokens[at + 2 : end + 1])])
            together = tokens[end].segment == tokens[at].segment and not tokens[at + 1].joint
            if together and any(self._known.city_in(key, country) for country in countries):
                return end
        return at

    def marked(self, best: Mapping[int, End]) -> Iterator[End]:
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
                begun = tokens[at].end
                yield End(at, begun, country, free=True, follower=follower, opens=stop)
                start = stop
