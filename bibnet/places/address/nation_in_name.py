"""The country at the head of a body's name: its name, an adjective, or the words of its kind.

"Korea Institute of X", "Indian Institute of X", "XYI for Y". Weaker than what `weak_evidence`
reads, and no model is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from bibnet.places.address.country_end import LONGEST_NAME
from bibnet.places.address.gazetteer import Gazetteer
from bibnet.places.address.named_place import Place
from bibnet.places.address.parts import Segment
from bibnet.places.address.vocabulary import (
    COMPASS_WORDS,
    CONNECTORS,
    COUNTRY_NOUNS,
    NATION_NOUNS,
    NATIONS,
    NO_COUNTRY,
)
from bibnet.places.address.weak_evidence import (
    NATION_IN_NAME,
    SHORTEST_PROVINCE,
    UNIVERSITY,
    country_place,
)
from bibnet.reference.load import rows


def nation_place(segments: Sequence[Segment], gazetteer: Gazetteer) -> Place | None:
    """Country whose name or adjective begins the name of a body, or None.

    "Korea Institute of X", "Indian Institute of X", "Y of the Indian Institute". None where two
    countries are so named. "Chinese University" says nothing: a university right behind the
    adjective may be one for its people elsewhere.
    """
    named = (
        (_nation_in_name(s) or _country_at_head(s, gazetteer) or _by_head(s), s) for s in segments
    )
    found = [country_place(country, NATION_IN_NAME, s.span) for country, s in named if country]
    return found[0] if len({place.country for place in found}) == 1 else None


def _nation_in_name(segment: Segment) -> str | None:
    first, *behind = segment.words
    led = [
        word
        for joint, word, noun in zip(segment.words, behind, behind[1:], strict=False)
        if joint in CONNECTORS and word in NATIONS and noun in NATION_NOUNS
    ]
    if len(led) == 1:
        return NATIONS[led[0]]  # "Institute of X of the Indian Academy"
    other = NATIONS.keys() & set(behind)
    country = None if other or behind[:1] == [UNIVERSITY] else NATIONS.get(first)
    return None if NATION_NOUNS.isdisjoint(behind) else country


def _country_at_head(segment: Segment, gazetteer: Gazetteer) -> str | None:
    """Country whose name begins a body's; no city or province has it, no other country is named.

    A point of the compass may stand before it ("Central Finland X"). Of 1,261 such names of the
    registry with a noun of bodies 1,241 are of bodies in that country, of 588 with another noun
    that a country places ("China Bank") 583.
    """
    words, point = segment.words, segment.words[0] in COMPASS_WORDS
    for start, end in _heads(len(words), point=point):
        key, behind = " ".join(words[start:end]), words[end:]
        if key not in gazetteer.countries:
            continue
        shared = any(
            name in gazetteer.cities or name in gazetteer.province_names
            for name in (key, " ".join(words[:end]))
        )
        capitals = words[0] == key and segment.printed[0].isupper()  # "US Institute of X"
        short = len(key) < SHORTEST_PROVINCE and not capitals
        short = short or f"{key} {behind[0]}" in NO_COUNTRY
        other = any(word in gazetteer.countries or word in NATIONS for word in behind)
        if shared or short or other or COUNTRY_NOUNS.isdisjoint(behind):
            return None
        return gazetteer.countries[key]
    return None


def _heads(words: int, *, point: bool) -> Iterator[tuple[int, int]]:
    """Spans of the first words, the longest first; then behind a point of the compass."""
    for start in (0, 1) if point else (0,):
        for end in range(min(start + LONGEST_NAME, words - 1), start, -1):
            yield start, end


def _by_head(segment: Segment) -> str | None:
    """Country of a body by the words its name begins with, or their short form ("XYI for X")."""
    shorts, heads = _head_countries()
    for head, country in heads.items():
        led = segment.words[: len(head)] == head and len(segment.words) > len(head) + 1
        if led and segment.words[len(head)] in CONNECTORS:
            return country
    first, *behind = segment.words
    led = len(behind) > 1 and behind[0] in CONNECTORS
    return shorts.get(segment.printed[0]) if led and first.isalpha() else None


@lru_cache(maxsize=1)
def _head_countries() -> tuple[Mapping[str, str], Mapping[tuple[str, ...], str]]:
    """Countries by the short forms of heads of names, and by the folded words of the heads."""
    listed = [row for row in rows("name_heads") if row["country"]]
    heads = {tuple(row["head"].casefold().split()): row["country"] for row in listed}
    return {row["short"]: row["country"] for row in listed}, heads
