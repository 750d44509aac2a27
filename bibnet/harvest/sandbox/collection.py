"""The objects of one kind that the server holds: found by id, filtered, ordered."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bibnet.harvest.sandbox.conditions import Condition
from bibnet.harvest.sandbox.fields import WORD, Field, bare_doi, comparable, fields_of, last_part
from bibnet.harvest.sandbox.ordering import SCORE, Key, sort_key
from bibnet.harvest.sandbox.words import table

Document = dict[str, Any]
Column = list[frozenset[Any]]
DRIFTING = frozenset({"cited_by_count", "cited_by_percentile_year", "counts_by_year"})
MOST_LISTS = 64  # ordered lists kept, so that pages of one list are not sorted anew


@dataclass(frozen=True)
class Ordered:
    """A filtered list in order: positions of the objects, what they are compared by, scores."""

    positions: list[int]
    keys: list[tuple[Any, ...]]
    scores: Mapping[int, float]


class Collection:
    """Objects of one kind. The list is its own: replacing an object leaves the world as it was."""

    def __init__(self, entity: str, documents: Iterable[Document]):
        self.entity = entity
        self.documents = list(documents)
        self.fields = fields_of(entity)
        self.selectable = _selectable(entity, self.documents)
        self._columns: dict[str, Column] = {}
        self._keys: dict[Key, list[Any]] = {}
        self._matches: dict[object, list[int]] = {}
        self._lists: dict[object, Ordered] = {}
        self._positions = _index(self.documents)

    def find(self, key: str) -> Document | None:
        """The object with an id, DOI or ROR id in any of their forms."""
        position = self._positions.get(_key(key))
        return None if position is None else self.documents[position]

    def ordered(self, conditions: Sequence[Condition], order: Sequence[Key]) -> Ordered:
        """The objects that meet every condition, in order."""
        name = (_name(conditions), tuple(order))
        if name not in self._lists:
            if len(self._lists) >= MOST_LISTS:
                self._lists.clear()
            self._lists[name] = self._sorted(conditions, order)
        return self._lists[name]

    def replace(self, changes: Mapping[int, Document]) -> None:
        """Put changed objects in place of those at some positions; only citations may differ."""
        for position, document in changes.items():
            self.documents[position] = document
        self._lists.clear()
        self._matches.clear()
        for name, column in self._columns.items():
            if _drifts(self.fields[name]):
                for position in changes:
                    column[position] = comparable(self.documents[position], self.fields[name])
        for key, keys in self._keys.items():
            if _drifts(key.field):
                for position in changes:
                    keys[position] = sort_key(self.documents[position], key)

    def matching(self, conditions: Sequence[Condition]) -> list[int]:
        """Positions of the objects that meet every condition."""
        name = _name(conditions)
        if name not in self._matches:
            if len(self._matches) >= MOST_LISTS:
                self._matches.clear()
            found: Iterable[int] = range(len(self.documents))
            for condition in conditions:
                column, holds = self.column(condition.field), condition.holds
                found = [position for position in found if holds(column[position])]
            self._matches[name] = list(found)
        return self._matches[name]

    def column(self, field: Field) -> Column:
        """Comparable values of a field in every object."""
        if field.name not in self._columns:
            if field.kind == "cited_by":
                self._columns[field.name] = _citing(self.documents)
            else:
                self._columns[field.name] = [comparable(each, field) for each in self.documents]
        return self._columns[field.name]

    def _sorted(self, conditions: Sequence[Condition], order: Sequence[Key]) -> Ordered:
        searched = [c for c in conditions if c.field.kind == "search"]
        positions = self.matching(conditions)
        scores = {position: self._score(position, searched) for position in positions}
        columns = [
            [-scores.get(position, 0.0) for position in range(len(self.documents))]
            if key.field is SCORE
            else self._sort_keys(key)
            for key in order
        ]
        keyed = sorted(
            (tuple(column[position] for column in columns), position) for position in positions
        )
        return Ordered([position for _, position in keyed], [key for key, _ in keyed], scores)

    def _sort_keys(self, key: Key) -> list[Any]:
        if key not in self._keys:
            self._keys[key] = [sort_key(document, key) for document in self.documents]
        return self._keys[key]

    def _score(self, position: int, searched: Sequence[Condition]) -> float:
        """Share of the searched words that occur, raised by citations; 0 without a search."""
        if not searched:
            return 0.0
        shares = []
        for condition in searched:
            asked = {word.lower() for word in WORD.findall(condition.value)}
            found = asked & self.column(condition.field)[position]
            shares.append(len(found) / max(1, len(asked)))
        cited = self.documents[position]["cited_by_count"]
        return round(sum(shares) * (1 + math.log1p(cited)), 6)


def _name(conditions: Sequence[Condition]) -> tuple[tuple[str, str], ...]:
    return tuple((condition.field.name, condition.value) for condition in conditions)


def _drifts(field: Field) -> bool:
    return field.path.split(".")[0] in DRIFTING


def _selectable(entity: str, documents: Sequence[Document]) -> tuple[str, ...]:
    """Keys that `select` takes: the recorded ones of works, else those of the objects."""
    recorded = tuple(row["key"] for row in table("selectable") if row["entity"] == entity)
    return recorded or (tuple(documents[0]) if documents else ())


def _key(text: str) -> str:
    lowered = text.lower().removeprefix("doi:").removeprefix("ror:")
    is_doi = "doi.org/" in lowered or lowered.startswith("10.")
    return bare_doi(lowered) if is_doi else last_part(lowered)


def _index(documents: Sequence[Document]) -> dict[str, int]:
    index: dict[str, int] = {}
    for position, document in enumerate(documents):
        for name in ("doi", "ror", "id"):
            if document.get(name):
                index[_key(document[name])] = position
    return index


def _citing(documents: Sequence[Document]) -> Column:
    """For each object the ids of those that cite it: `cited_by:W1` asks what W1 refers to."""
    citing: dict[str, set[str]] = {}
    for document in documents:
        for reference in document.get("referenced_works", ()):
            citing.setdefault(last_part(reference), set()).add(last_part(document["id"]))
    return [frozenset(citing.get(last_part(each["id"]), ())) for each in documents]
