"""A candidate among the others of its string: who overlaps it, holds it, belongs to it."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.match.geography import contains
from bibnet.places.registry.index import RegistryIndex

Array = npt.NDArray[Any]
Table = dict[str, Array]
FULL = 0.99  # share of a name that counts as the whole name


class Rivals:
    """Pairs of candidates of one string as square tables: strings x candidates x candidates."""

    def __init__(self, table: Table, index: RegistryIndex):
        self.string, position, self.width = _positions(table["string"])
        self.position = position
        self.present = self.square(np.ones(len(position), dtype=bool), False)
        owner = self.square(table["owner"], -1)
        first, last = self.square(table["first"], -1), self.square(table["last"], -1)
        others = ~np.eye(self.width, dtype=bool)[None]
        self.both = self.present[:, :, None] & self.present[:, None, :] & others
        self.meets = (
            self.both
            & (first[:, :, None] <= last[:, None, :])
            & (last[:, :, None] >= first[:, None, :])
        )
        self.apart = self.both & ~self.meets
        self.same = (
            self.meets
            & (first[:, :, None] == first[:, None, :])
            & (last[:, :, None] == last[:, None, :])
        )
        # [n, i, j]: the span of i lies inside the longer span of j
        longer = (last - first)[:, None, :] > (last - first)[:, :, None]
        self.inside = (
            self.meets
            & longer
            & (first[:, :, None] >= first[:, None, :])
            & (last[:, :, None] <= last[:, None, :])
        )
        size = len(index)
        key = owner[:, :, None].astype(np.int64) * size + owner[:, None, :]
        self.child_of = self.both & contains(index.parent_pair, key.ravel()).reshape(key.shape)
        self.parent_of = np.swapaxes(self.child_of, 1, 2)
        self.related = self.both & contains(index.related_pair, key.ravel()).reshape(key.shape)

    def square(self, values: Array, empty: Any) -> Array:
        """Values of candidates as a table strings x candidates."""
        found = np.full((int(self.string.max(initial=-1)) + 1, self.width), empty, values.dtype)
        found[self.string, self.position] = values
        return found

    def rows(self, table: Array) -> Array:
        """Values of a table strings x candidates, one a candidate."""
        return np.asarray(table[self.string, self.position])

    def best(self, which: Array, values: Array) -> Array:
        """Largest value among the rivals that a mask names; -1 if none."""
        others = self.square(values.astype(np.float64), -1.0)
        masked = np.where(which, others[:, None, :], -1.0)
        return self.rows(masked.max(axis=2)) if self.width else np.empty(0)

    def count(self, which: Array) -> Array:
        """Number of rivals that a mask names."""
        return self.rows(which.sum(axis=2)) if self.width else np.empty(0)


def _positions(string: Array) -> tuple[Array, Array, int]:
    """Rank of each candidate in its string, strings numbered without gaps."""
    _, dense = np.unique(string, return_inverse=True)
    start = np.searchsorted(string, string)
    position = np.arange(len(string)) - start
    return dense, position, int(position.max(initial=-1)) + 1


def rivalry(rivals: Rivals, table: Table) -> Table:
    """Measures of each candidate against its rivals, before any model has spoken."""
    covered, hand = table["covered"], table["hand"]
    top = rivals.best(rivals.both, hand)
    return {
        "rank": rivals.position,
        "rivals": rivals.count(rivals.both),
        "top_ratio": hand / np.maximum(top, 1e-9),
        "inside_covered": rivals.best(rivals.inside, covered),
        "inside_ratio": rivals.best(rivals.inside, hand) / np.maximum(hand, 1e-9),
        "meets_ratio": rivals.best(rivals.meets, hand) / np.maximum(hand, 1e-9),
        "apart_ratio": rivals.best(rivals.apart, hand) / np.maximum(hand, 1e-9),
        "same_span": rivals.count(rivals.same),
        "same_covered": rivals.best(rivals.same, covered),
        "same_country": rivals.best(rivals.same, table["country"]),
        "same_city": rivals.best(rivals.same, table["city"]),
        "parent_covered": rivals.best(rivals.child_of, covered),
        "parent_ratio": rivals.best(rivals.child_of, hand) / np.maximum(hand, 1e-9),
        "child_covered": rivals.best(rivals.parent_of, covered),
        "child_ratio": rivals.best(rivals.parent_of, hand) / np.maximum(hand, 1e-9),
        "siblings": rivals.count(rivals.parent_of),
        "related_covered": rivals.best(rivals.related, covered),
        "full_rivals": rivals.count(rivals.both & (rivals.square(covered, 0.0) > FULL)[:, None]),
    }


STANDING = [
    "p",
    "p_rank",
    "p_top",
    "p_gap",
    "p_sum",
    "p_meets",
    "p_apart",
    "p_same",
    "p_inside",
    "p_holding",
    "p_parent",
    "p_child",
    "p_related",
    "child_of_top",
    "parent_of_top",
    "related_to_top",
    "meets_top",
    "p_likely",
]
LIKELY = 0.5


def standing(rivals: Rivals, p: Array) -> Table:
    """Measures of each candidate against its rivals after stage one; `p` is its probability."""
    table = rivals.square(p, -1.0)
    order = np.argsort(np.argsort(-table, axis=1, kind="stable"), axis=1)
    top = np.argmax(table, axis=1)
    best = rivals.best(rivals.both, p)
    at = np.arange(len(table))

    def to_top(which: Array) -> Array:
        """Whether a mask holds for a candidate and the top one."""
        return rivals.rows(which[at, :, top])

    return {
        "p": p,
        "p_rank": rivals.rows(order),
        "p_top": rivals.rows(np.repeat(table.max(axis=1)[:, None], rivals.width, axis=1)),
        "p_gap": p - best,
        "p_sum": rivals.rows(
            np.repeat(np.maximum(table, 0).sum(axis=1)[:, None], rivals.width, axis=1)
        ),
        "p_meets": rivals.best(rivals.meets, p),
        "p_apart": rivals.best(rivals.apart, p),
        "p_same": rivals.best(rivals.same, p),
        "p_inside": rivals.best(rivals.inside, p),
        "p_holding": rivals.best(np.swapaxes(rivals.inside, 1, 2), p),
        "p_parent": rivals.best(rivals.child_of, p),
        "p_child": rivals.best(rivals.parent_of, p),
        "p_related": rivals.best(rivals.related, p),
        "child_of_top": to_top(rivals.child_of),
        "parent_of_top": to_top(rivals.parent_of),
        "related_to_top": to_top(rivals.related),
        "meets_top": to_top(rivals.meets),
        "p_likely": rivals.count(rivals.both & (table > LIKELY)[:, None]),
    }
