"""Items of many lists in one list: whose each is, and its place among its own.

No line of Python runs for a single item.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Nested(Generic[Item]):
    """Items of several lists, list after list: the owner of each, and its place there, from 0.

    `counts` has the length of each list.
    """

    items: list[Item]
    counts: list[int]
    owner: list[int]
    place: list[int]


def nested(owners: Sequence[int], lists: Sequence[Sequence[Item] | None]) -> Nested[Item]:
    """All items of the lists, one list for each owner; None is an empty list."""
    given = [one or () for one in lists]
    counts = list(map(len, given))
    owner = chain.from_iterable(map(repeat, owners, counts))
    place = chain.from_iterable(map(range, counts))
    return Nested(list(chain.from_iterable(given)), counts, list(owner), list(place))


def filled(found: Nested[Item | None], stand_in: Item) -> tuple[Nested[Item], list[int]]:
    """The items with `stand_in` for each that is None, and the owners of those (structs only)."""
    if all(found.items):
        return found, []  # type: ignore[return-value]
    missing = [owner for owner, item in zip(found.owner, found.items, strict=True) if item is None]
    items = [stand_in if item is None else item for item in found.items]
    return Nested(items, found.counts, found.owner, found.place), missing


def chosen(items: Sequence[Item], verdicts: Sequence[object]) -> list[Item]:
    """Items whose verdict is None or empty."""
    return [item for item, verdict in zip(items, verdicts, strict=True) if not verdict]
