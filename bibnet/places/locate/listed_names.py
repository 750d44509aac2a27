"""Names of the listed defence and security bodies, and of the parent bodies of many of them.

Names are compared by their folded words without the legal forms at the end, whatever the blanks.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bibnet.places.address.normalise import IS_SIGN, key_words
from bibnet.places.address.vocabulary import LEGAL_FORMS
from bibnet.reference.load import rows

SHORTEST_NAME = 7  # letters; shorter names are acronyms and short forms, which others have, too
SHORTEST_SIGNS = 6  # so many Chinese signs are one body's name wherever they stand
COMPANIES = "_company"  # how the categories of companies end
GENERIC = "generic"  # kind of the further names that say too little
COLUMNS = ("name", "name_zh", "aliases", "former_names")


class ListedBody(NamedTuple):
    """The country of a body of the list `defence_institutions`; whether it is a company."""

    country: str
    is_company: bool


def listed_body(words: Sequence[str]) -> ListedBody | None:
    """The listed body with these folded words as a name; None if the name is short or has none."""
    return _listed().get(_letters(words))


def parent_country(words: Sequence[str]) -> str:
    """Country of the body of the list `parent_bodies` with these words as a name, else empty."""
    return _parents().get(_letters(words), "")


def _letters(words: Sequence[str]) -> str:
    """Letters of a name without the legal forms at its end."""
    kept = list(words)
    while len(kept) > 1 and kept[-1] in LEGAL_FORMS:
        kept.pop()
    return "".join(kept)


@lru_cache(maxsize=1)
def _listed() -> dict[str, ListedBody]:
    """Each listed body by the letters of its names that are long enough; none of two countries."""
    found: dict[str, set[ListedBody]] = {}
    for name, body in _names():
        letters = _letters(key_words(name))
        if len(letters) >= (SHORTEST_SIGNS if IS_SIGN.match(letters) else SHORTEST_NAME):
            found.setdefault(letters, set()).add(body)
    return {key: min(held) for key, held in found.items() if len({b.country for b in held}) == 1}


def _names() -> Iterator[tuple[str, ListedBody]]:
    """Names of the listed bodies, each with its body, and those of parent bodies."""
    bodies = {}
    for row in rows("defence_institutions"):
        body = ListedBody(row["country"], row["category"].endswith(COMPANIES))
        bodies[row["entry_id"]] = body
        yield from ((n, body) for column in COLUMNS for n in row[column].split("|") if n)
    further = (row for row in rows("listed_names") if row["kind"] != GENERIC)
    yield from ((row["name"], bodies[row["entry_id"]]) for row in further)
    parents = rows("parent_bodies")
    yield from ((row["name"], ListedBody(row["country"], is_company=False)) for row in parents)


@lru_cache(maxsize=1)
def _parents() -> dict[str, str]:
    return {_letters(key_words(row["name"])): row["country"] for row in rows("parent_bodies")}
