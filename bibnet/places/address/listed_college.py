"""Colleges of the list `university_colleges`: bodies of their own, or departments of theirs."""

from collections.abc import Iterable
from functools import lru_cache

from bibnet.places.address.normalise import key_words
from bibnet.reference.load import rows

OWN, DEPARTMENT = "own", "department"
_NOUNS = {"coll": "college", "inst": "institute"}


def college_kind(college: str, universities: Iterable[str]) -> str:
    """What the list says of a college by any of its university's names: OWN, DEPARTMENT or ""."""
    if not college:
        return ""
    known, name = _listed(), _key(college)
    kinds = (known.get((_key(one), name), "") for one in universities)
    return next(filter(None, kinds), "")


@lru_cache(maxsize=1)
def _listed() -> dict[tuple[str, str], str]:
    return {
        (_key(university), _key(college)): row["kind"]
        for row in rows("university_colleges")
        for university in row["university"].split("|")
        for college in row["college"].split("|")
    }


def _key(name: str) -> str:
    return " ".join(_NOUNS.get(word, word) for word in key_words(name))
