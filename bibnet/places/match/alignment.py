"""Where in a string the words of a name stand, and how much of the name is there.

A name is laid on a string by its weightiest word: every other word counts where it stands nearest
to its place in the name. Words far from there belong to something else and count apart.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.reading.batch import StringBatch
from bibnet.places.registry.index import RegistryIndex
from bibnet.places.registry.spelling import CUT, MISSPELT, TRANSLATED

Array = npt.NDArray[Any]
NEAR = 4  # tokens a word may stand off its place when another part of the address holds it
CITY_WORD = 0.1  # of the weight of other words: the city may stand far from the rest of the name
MOST_OCCURRENCES = 6  # of one word in one string that are looked at
NOWHERE = -1
MEASURES = (
    *("first", "last", "covered", "housed", "anywhere", "weight", "strongest", "missing"),
    *("absent", "gap", "disorder", "misspelt", "cut", "translated"),
)


def aligned(
    batch: StringBatch, index: RegistryIndex, pairs: tuple[Array, Array], known: Array
) -> dict[str, Array]:
    """Measures of each pair (string, name).

    `known` is the row of the first token of a whole name found, -1 where it is to be looked for.
    Columns: first, last (rows of the span), covered (share of the name's weight that stands near),
    anywhere (share that stands in the string), weight (of the words near), strongest, missing
    (largest weight of a word that is not near), absent (number of such words), gap (other tokens
    inside the span), disorder, misspelt, cut.
    """
    string, name = pairs
    tokens = _Tokens(batch, index, string, name)
    early = _laid(tokens, batch, np.where(known >= 0, known, tokens.anchor_at(first=True)))
    late = _laid(tokens, batch, np.where(known >= 0, known, tokens.anchor_at(first=False)))
    better = _worth(late) > _worth(early)
    return {column: np.where(better, late[column], early[column]) for column in early}


def _worth(laid: dict[str, Array]) -> Array:
    return np.asarray(laid["covered"] - 0.02 * laid["gap"] - 0.02 * laid["disorder"])


class _Tokens:
    """Tokens of the names of all pairs, one row each, with where the string has them."""

    def __init__(self, batch: StringBatch, index: RegistryIndex, string: Array, name: Array):
        length = index.name_length[name].astype(np.int64)
        self.pairs = len(name)
        self.begin = np.concatenate([[0], np.cumsum(length)[:-1]]).astype(np.int64)
        self.pair = np.repeat(np.arange(len(name)), length)
        self.offset = np.arange(len(self.pair)) - self.begin[self.pair]
        row = index.name_start[name][self.pair] + self.offset
        token = index.name_token[row]
        self.city = index.name_city[row]
        self.weight = index.token_idf[token].astype(np.float64) ** 2
        self.total = np.add.reduceat(self.weight, self.begin) if len(name) else np.empty(0)
        key = string[self.pair].astype(np.int64) * len(index.token_idf) + token
        self.low = np.searchsorted(batch.occurrence_key, key, "left")
        self.high = np.searchsorted(batch.occurrence_key, key, "right")
        self.found = self.high > self.low
        self.at = batch.occurrence_at
        self.reading = batch.occurrence_reading
        self._anchor()

    def _anchor(self) -> None:
        """Row of the weightiest word found of each pair; words of the city come last."""
        told = np.where(self.city, self.weight * CITY_WORD, self.weight)
        scored = np.where(self.found, told, -1.0)
        order = np.lexsort((self.offset, -scored, self.pair))
        self.anchor = order[self.begin] if self.pairs else np.empty(0, np.int64)

    def anchor_at(self, *, first: bool) -> Array:
        """Row of the string where the anchor stands less its offset, first or last occurrence."""
        last = max(len(self.at) - 1, 0)
        which = self.low[self.anchor] if first else self.high[self.anchor] - 1
        at = self.at[np.clip(which, 0, last)] if len(self.at) else np.zeros(self.pairs, np.int64)
        return np.asarray(at - self.offset[self.anchor])


def _laid(tokens: _Tokens, batch: StringBatch, origin: Array) -> dict[str, Array]:
    target = origin[tokens.pair] + tokens.offset
    at, reading, off = _nearest(tokens, target)
    segment = batch.token["segment"]
    anchored = at[tokens.anchor][tokens.pair] if tokens.pairs else at
    same = segment[np.maximum(at, 0)] == segment[np.maximum(anchored, 0)]
    near = tokens.found & (same | (off <= NEAR))
    step = np.r_[False, (tokens.pair[1:] == tokens.pair[:-1]) & (at[1:] - at[:-1] == 1)]
    after = near & step & np.r_[False, near[:-1]]
    return _measures(tokens, at, near, reading) | _runs(tokens, near, after)


def _runs(tokens: _Tokens, near: Array, after: Array) -> dict[str, Array]:
    """Share of the name in its longest unbroken run of words, in their order."""
    if not tokens.pairs:
        return {"run": np.empty(0)}
    run = np.cumsum(~after) - 1
    weight = np.bincount(run, np.where(near, tokens.weight, 0.0))
    return {"run": np.maximum.reduceat(weight[run], tokens.begin) / tokens.total}


def _nearest(tokens: _Tokens, target: Array) -> tuple[Array, Array, Array]:
    """Row where each word stands nearest to its place, how it was read, and how far off."""
    at = np.full(len(target), NOWHERE, dtype=np.int64)
    reading = np.zeros(len(target), dtype=np.int64)
    off = np.full(len(target), np.iinfo(np.int32).max, dtype=np.int64)
    for step in range(MOST_OCCURRENCES):
        open_rows = np.flatnonzero(tokens.low + step < tokens.high)
        if not len(open_rows):
            break
        which = tokens.low[open_rows] + step
        distance = np.abs(tokens.at[which] - target[open_rows])
        nearer = distance < off[open_rows]
        rows, which = open_rows[nearer], which[nearer]
        at[rows], reading[rows] = tokens.at[which], tokens.reading[which]
        off[rows] = distance[nearer]
    return at, reading, off


def _measures(tokens: _Tokens, at: Array, near: Array, reading: Array) -> dict[str, Array]:
    begin, pair = tokens.begin, tokens.pair
    if not tokens.pairs:
        return {name: np.empty(0, np.int64) for name in MEASURES}
    weight = np.add.reduceat(np.where(near, tokens.weight, 0.0), begin)
    far = np.iinfo(np.int64).max
    first = np.minimum.reduceat(np.where(near, at, far), begin)
    last = np.maximum.reduceat(np.where(near, at, NOWHERE), begin)
    nothing = last < 0
    first = np.where(nothing, 0, first)
    last = np.where(nothing, 0, last)
    count = np.add.reduceat(near.astype(np.int64), begin)
    before = np.r_[False, near[:-1] & (pair[1:] == pair[:-1]) & (at[1:] < at[:-1])]
    return {
        "first": first,
        "last": last,
        "covered": weight / tokens.total,
        "housed": np.add.reduceat(
            np.where(near | (tokens.city & tokens.found), tokens.weight, 0.0), begin
        )
        / tokens.total,
        "translated": np.add.reduceat((near & (reading == TRANSLATED)).astype(np.int64), begin),
        "anywhere": np.add.reduceat(np.where(tokens.found, tokens.weight, 0.0), begin)
        / tokens.total,
        "weight": weight,
        "strongest": np.maximum.reduceat(np.where(near, tokens.weight, 0.0), begin),
        "missing": np.maximum.reduceat(np.where(near, 0.0, tokens.weight), begin),
        "absent": np.add.reduceat((~near).astype(np.int64), begin),
        "gap": np.maximum(last - first + 1 - count, 0),
        "disorder": np.add.reduceat((before & near).astype(np.int64), begin),
        "misspelt": np.add.reduceat((near & (reading == MISSPELT)).astype(np.int64), begin),
        "cut": np.add.reduceat((near & (reading == CUT)).astype(np.int64), begin),
    }
