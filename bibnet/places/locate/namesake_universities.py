"""Bodies that a registry lacks and a list places: namesakes of others, and some known ones.

National universities of Taiwan bear names of the mainland ("National Tsinghua University"). A
registry that lacks one gives no organisation, but the list `namesake_universities` its place. So
does `absent_bodies` for universities and institutes that a part of a registry may lack.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.named_place import Place, coordinates
from bibnet.places.address.normalise import IS_SIGN, key_words
from bibnet.places.address.parts import Segment
from bibnet.places.address.stems import stem_words
from bibnet.reference.load import rows

NAMESAKE_UNIVERSITY, ABSENT_BODY = "namesake_university", "absent_body"


def namesake_place(cleaned: str, segments: Sequence[Segment]) -> Place | None:
    """Place of the listed body that is a part of an address, or begins one in signs.

    A word in brackets may be short for what stands before it.
    """
    for segment in segments:
        if len(segment.tokens) == 1 and cleaned[: segment.span[0]].endswith("("):
            continue
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
    """Place of each listed body by its key; none of those that share a whole name."""
    namesakes = (row for row in rows("namesake_universities") if not row["shared_with"])
    found = {
        _key(key_words(row["name"])): _place(row, ABSENT_BODY) for row in rows("absent_bodies")
    }
    return found | {_key(key_words(r["name"])): _place(r, NAMESAKE_UNIVERSITY) for r in namesakes}


def _place(row: Mapping[str, str], rule: str) -> Place:
    known = load_gazetteer()
    city = known.city_named(row["city"], row["country"])
    province = known.province(row["country"], city.admin1) if city else ""
    return Place(row["country"], province, row["city"], rule, (0, 0), *coordinates(city))
