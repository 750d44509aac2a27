"""An address as the guards see it: text, words, parts, the place its end names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bibnet.places.address import Segment
from bibnet.places.gazetteer import Gazetteer, place_key, place_words
from bibnet.places.match import Match, NameIndex
from bibnet.places.normalise import Token
from bibnet.places.tail import Place, named_countries, read_tail


@dataclass(frozen=True)
class Scene:
    """One address: cleaned text, tokens (words paired as the index pairs them), parts.

    `index` is None without a registry.
    """

    cleaned: str
    tokens: Sequence[Token]
    segments: Sequence[Segment]
    gazetteer: Gazetteer
    index: NameIndex | None

    @cached_property
    def place(self) -> Place | None:
        """Place that the end of the address names."""
        return read_tail(self.segments, self.gazetteer)

    @cached_property
    def named(self) -> frozenset[str]:
        """Countries named anywhere, as a country or by a province at the end."""
        named = named_countries(self.segments, self.gazetteer)
        if self.place and self.place.rule != "city_name":
            return named | {self.place.country}
        return named

    @cached_property
    def matches(self) -> Sequence[Match]:
        """Every name of the registry in the address, before any guard."""
        return self.index.find(self.tokens) if self.index else ()

    @cached_property
    def holders_found(self) -> frozenset[str]:
        """Keys of all organisations whose name stands anywhere in the address."""
        if self.index is None:
            return frozenset()
        return frozenset(
            holder.organisation.key
            for match in self.matches
            for holder in self.index.holders(match.name)
        )

    def says(self, place: str, beside: Match) -> bool:
        """Whether the address holds a place name outside the name found."""
        if not place:
            return False
        words = place_words([*self.tokens[: beside.start], *self.tokens[beside.end :]])
        return f" {place_key(place)} " in f" {' '.join(words)} "

    def fits(self, country: str) -> bool:
        """Whether a country is named, itself or as the state a territory is written under.

        A city of the state beside its name says that no territory is meant.
        """
        if country in self.named:
            return True
        if self.place and self.place.city and self.place.country != country:
            return False
        return any((country, state) in self.gazetteer.parts for state in self.named)

    def has_joint(self, match: Match) -> bool:
        """Whether a connector stands behind the first word of a name ("Institute of")."""
        return match.end - match.start > 1 and bool(self.tokens[match.start + 1].joint)

    def is_elsewhere(self, country: str) -> bool:
        """Whether the last part is a city whose largest bearer is in another country."""
        cities = self.gazetteer.cities.get(self.segments[-1].key, ()) if self.segments else ()
        return bool(cities) and cities[0].country != country

    def printed(self, match: Match) -> str:
        """Return the part of the text that a name takes."""
        first, last = self.tokens[match.start], self.tokens[match.end - 1]
        return self.cleaned[first.start : last.end]

    def is_whole_part(self, match: Match) -> bool:
        """Whether a name fills its part between two commas, but for numbers."""
        segments = {token.segment for token in self.tokens[match.start : match.end]}
        around = (*self.tokens[: match.start], *self.tokens[match.end :])
        return not any(t.segment in segments and not t.word.isdigit() for t in around)
