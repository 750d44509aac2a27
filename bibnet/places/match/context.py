"""What stands around a name in its part of the address, and what the rest of the string leaves."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.reading.batch import UNKNOWN, StringBatch, part_bounds
from bibnet.places.reading.phrases import LONGEST_PLACE, PlaceHits
from bibnet.places.registry.index import RegistryIndex

Array = npt.NDArray[Any]
Table = dict[str, Array]
UNKNOWN_WEIGHT = 100.0  # squared idf of a word that about 20 names have
NO_NEIGHBOUR = -2


def context(batch: StringBatch, index: RegistryIndex, table: Table, places: PlaceHits) -> Table:
    """Measures of each candidate's span in its string.

    Tokens and weight left of it and right of it in its part (places do not count as weight), the
    share of the part that it explains, what its neighbours are, where in the string it stands.
    """
    first, last = table["first"], table["last"]
    rows = len(batch.token["id"])
    if not rows or not len(first):
        return {name: np.empty(0) for name in COLUMNS}
    begin, end = part_bounds(batch)
    weight = _weights(batch, index, places)
    total = np.concatenate([[0.0], np.cumsum(weight)])
    left_weight = total[first] - total[begin[first]]
    right_weight = total[end[last] + 1] - total[last + 1]
    own = total[last + 1] - total[first]
    string = table["string"]
    start, stop = batch.first[string], batch.first[string + 1]
    segment = batch.token["segment"]
    parts = segment[stop - 1] - segment[start]
    at_left, at_right = first > begin[first], last < end[last]
    joint, kind = batch.token["joint"], batch.token["kind"]
    before, after = np.maximum(first - 1, 0), np.minimum(last + 1, rows - 1)
    return {
        "left": first - begin[first],
        "right": end[last] - last,
        "left_weight": left_weight,
        "right_weight": right_weight,
        "explained": own / np.maximum(own + left_weight + right_weight, 1e-9),
        "left_kind": np.where(at_left, kind[before], -1),
        "right_kind": np.where(at_right, kind[after], -1),
        "left_token": np.where(at_left, _bits(batch, index, before), NO_NEIGHBOUR),
        "right_token": np.where(at_right, _bits(batch, index, after), NO_NEIGHBOUR),
        "left_joint": np.where(at_left, joint[first], -1),
        "right_joint": np.where(at_right, joint[after], -1),
        "crossed": segment[last] - segment[first],
        "part": segment[first] - segment[start],
        "parts_behind": segment[stop - 1] - segment[last],
        "parts": parts,
        "tokens": stop - start,
        "upper": batch.token["upper"][first],
        "share": own / np.maximum(total[stop] - total[start], 1e-9),
        "opening_unit": (kind[begin[first]] == 1) & at_left,
    }


COLUMNS = [
    "left",
    "right",
    "left_weight",
    "right_weight",
    "explained",
    "left_kind",
    "right_kind",
    "left_token",
    "right_token",
    "left_joint",
    "right_joint",
    "crossed",
    "part",
    "parts_behind",
    "parts",
    "tokens",
    "upper",
    "share",
    "opening_unit",
]


def _weights(batch: StringBatch, index: RegistryIndex, places: PlaceHits) -> Array:
    """Squared idf of each token; none for numbers and for places that end their part."""
    ids = batch.token["id"]
    known = index.token_idf[np.maximum(ids, 0)].astype(np.float64) ** 2
    weight = np.where(ids == UNKNOWN, UNKNOWN_WEIGHT, known)
    weight[batch.token["kind"] == 3] = 0.0
    first, last = ending_places(batch, places)
    for offset in range(LONGEST_PLACE):
        row = first + offset
        weight[row[row <= last]] = 0.0
    return weight


def ending_places(batch: StringBatch, places: PlaceHits) -> tuple[Array, Array]:
    """First and last rows of the places that end their part of the address."""
    if not len(batch.token["id"]):
        return places.first, places.last
    _, end = part_bounds(batch)
    ending = places.last == end[places.last]
    return places.first[ending], places.last[ending]


def _bits(batch: StringBatch, index: RegistryIndex, rows: Array) -> Array:
    """Which of the most frequent tokens a token is; -1 for any other."""
    ids = batch.token["id"][rows]
    return np.where(ids == UNKNOWN, -1, index.token_bit[np.maximum(ids, 0)])
