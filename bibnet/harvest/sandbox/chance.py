"""Seeded chance: one stream of numbers for each concern, and weighted choice.

A stream depends on the seed and its own name only, so that a change in how institutions are
made leaves the funders of the same seed as they were.
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Item = TypeVar("Item")


def stream(seed: int, name: str) -> Random:
    """The numbers of one concern; the same for the same seed and name on every machine."""
    return Random(f"{seed}/{name}")  # noqa: S311 - an invented corpus, not a secret


class Weighted(Generic[Item]):
    """Items to be drawn with a chance in proportion to their weights (not all zero)."""

    def __init__(self, items: Iterable[Item], weights: Iterable[float]):
        self.items: Sequence[Item] = tuple(items)
        self._cumulative = tuple(accumulate(weights))

    def draw(self, chance: Random) -> Item:
        """One item."""
        return self.items[bisect(self._cumulative, chance.random() * self._cumulative[-1])]


def rank_size(count: int, exponent: float, offset: float) -> list[float]:
    """Weights 1 / (rank + offset) ** exponent: few large, many small."""
    return [1 / (rank + offset) ** exponent for rank in range(1, count + 1)]
