"""Universities that share a name with one elsewhere, where no registry has them.

National universities of Taiwan bear names of the mainland ("National Tsinghua University"). A
registry that lacks one gives no organisation, but the list `namesake_universities` its place.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.named_place import Place, coordinates
from bibnet.places.address.normalise import IS_SIGN, key_words
from bibnet.places.address.parts import Segment
from bibnet.places.address.stems import stem_words
from bibnet.reference.load import rows

NAMESAKE_UNIVERSITY = "namesake_university"


def namesake_place(segments: Sequence[Segment]) -> Place | None:
    """Place of the listed university that is a part of an address, or begins one in signs."""
    for segment in segments:
        key = _key([token.word for token in segment.tokens])
        found = _listed().get(key)
        if found is None and IS_SIGN.match(key):
            found = next((place for name, place in _listed().items() if key.startswith(name)), None)
        if found:
            return replace(found, span=segment.span)
    return None


def listed_countries(name: str) -> frozenset[str]:
    """Countries of the listed universities that share a whole name, empty if none does."""
    return _sharing().get(name.casefold(), frozenset())


@lru_cache(maxsize=1)
def _sharing() -> dict[str, frozenset[str]]:
    shared = (row for row in rows("namesake_universities") if row["shared_with"])
    return {row["name"].casefold(): frozenset({row["country"]}) for row in shared}


def _key(words: Sequence[str]) -> str:
    """Stems of folded words in one, so that "Tsing Hua" is "Tsinghua"."""
    return "".join(stem_words(words))


@lru_cache(maxsize=1)
def _listed() -> dict[str, Place]:
    """Place of each listed university by its key; none of those that share a whole name."""
    known, found = load_gazetteer(), {}
    for row in (row for row in rows("namesake_universities") if not row["shared_with"]):
        city = known.city_named(row["city"], row["country"])
        province = known.province(row["country"], city.admin1) if city else ""
        where = (row["country"], province, row["city"], NAMESAKE_UNIVERSITY, (0, 0))
        found[_key(key_words(row["name"]))] = Place(*where, *coordinates(city))
    return found
