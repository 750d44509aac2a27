"""Items of many lists in one list: whose each is, and its place among its own.

No line of Python runs for a single item.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Nested(Generic[Item]):
    """Items of several lists, list after list; `owners` and `counts` are those of the lists."""

    items: list[Item]
    owners: Sequence[int]
    counts: list[int]

    @cached_property
    def owner(self) -> list[int]:
        """The owner of each item."""
        return list(chain.from_iterable(map(repeat, self.owners, self.counts)))

    @cached_property
    def place(self) -> list[int]:
        """The place of each item in its list, from 0."""
        return list(chain.from_iterable(map(range, self.counts)))

    @cached_property
    def seq(self) -> list[int]:
        """The place of each item in its list, from 1."""
        ends = [count + 1 for count in self.counts]
        return list(chain.from_iterable(map(range, repeat(1), ends)))


def nested(owners: Sequence[int], lists: Sequence[Sequence[Item] | None]) -> Nested[Item]:
    """All items of the lists, one list for each owner; None is an empty list."""
    given = [one or () for one in lists]
    return Nested(list(chain.from_iterable(given)), owners, list(map(len, given)))


def filled(found: Nested[Item | None], stand_in: Item) -> tuple[Nested[Item], list[int]]:
    """The items with `stand_in` for each that is None, and the owners of those (structs only)."""
    if all(found.items):
        return found, []  # type: ignore[return-value]
    missing = [owner for owner, item in zip(found.owner, found.items, strict=True) if item is None]
    items = [stand_in if item is None else item for item in found.items]
    return Nested(items, found.owners, found.counts), missing
