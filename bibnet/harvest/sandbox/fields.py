"""The filter fields of each entity, and how their values are read from an object."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bibnet.harvest.sandbox.words import table

Document = dict[str, Any]
AUTHORS_IN_LISTS = 100  # lists are cut there without a flag, and one filter runs on the cut list
WORD = re.compile(r"\w+")
ISO_DAY = 10  # characters of YYYY-MM-DD


@dataclass(frozen=True)
class Field:
    """A filter field: `kind` says how values compare, `path` where they stand."""

    name: str
    kind: str
    path: str


@cache
def fields_of(entity: str) -> Mapping[str, Field]:
    """Fields of an entity ("works", "institutions", "funders", "topics") by name."""
    rows = [row for row in table("fields") if row["entity"] == entity]
    return {row["field"]: Field(row["field"], row["kind"], row["path"]) for row in rows}


def values(document: Document, path: str) -> Iterator[Any]:
    """Every value at a path, through lists; `a+b` are two paths; nulls are left out."""
    for one in path.split("+"):
        root, _, rest = one.partition(".")
        if root == "cut_authorships":
            cut = document.get("authorships", ())[:AUTHORS_IN_LISTS]
            yield from _walk(cut, rest.split("."))
        else:
            yield from _walk(document, one.split("."))


def _walk(value: Any, steps: list[str]) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, steps)
    elif value is None or value == "":
        return
    elif not steps:
        yield value
    elif isinstance(value, dict):
        yield from _walk(value.get(steps[0]), steps[1:])


def last_part(text: str) -> str:
    """Last part of an address, in lower case: how ids are compared."""
    return text.rstrip("/").rsplit("/", 1)[-1].lower()


def bare_doi(text: str) -> str:
    """DOI without its address, in lower case."""
    return text.lower().removeprefix("https://doi.org/")


def words_of(found: Iterable[Any]) -> frozenset[str]:
    """Words of texts and of inverted abstracts, in lower case."""
    texts = (item if isinstance(item, str) else " ".join(item) for item in found)
    return frozenset(word for text in texts for word in WORD.findall(text.lower()))


@cache
def continents() -> Mapping[str, str]:
    """Continent of each country code as the source counts them (UN M49; openalex.md 2.3)."""
    return {row["country"]: row["continent"] for row in table("continents")}


def _set(normal: Callable[[Any], Any]) -> Callable[[Iterator[Any]], frozenset[Any]]:
    return lambda found: frozenset(normal(value) for value in found)


# Kind of a field -> the set of comparable values of an object.
COMPARABLE: Mapping[str, Callable[[Iterator[Any]], frozenset[Any]]] = {
    "id": _set(lambda value: last_part(str(value))),
    "tail": _set(lambda value: last_part(str(value))),
    "term": _set(lambda value: str(value).lower()),
    "doi": _set(lambda value: bare_doi(str(value))),
    "prefix": _set(lambda value: bare_doi(str(value))),
    "flag": _set(lambda value: str(bool(value)).lower()),
    "number": _set(float),
    "count": lambda found: frozenset([float(sum(1 for _ in found))]),
    "exists": lambda found: frozenset(["true" if any(True for _ in found) else "false"]),
    "date": _set(lambda value: str(value)[:ISO_DAY]),
    "from": _set(lambda value: str(value)[:ISO_DAY]),
    "to": _set(lambda value: str(value)[:ISO_DAY]),
    "search": words_of,
    "continent": _set(lambda value: continents().get(value, "")),
    "cited_by": _set(lambda value: last_part(str(value))),
}


def comparable(document: Document, field: Field) -> frozenset[Any]:
    """Values of a field in an object, in the form in which they are compared."""
    return COMPARABLE[field.kind](values(document, field.path))
