"""Whole names in strings: every run of tokens that is a name of the registry or of its places."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.reading.batch import UNKNOWN, StringBatch
from bibnet.places.registry.index import LONGEST_NAME, RegistryIndex
from bibnet.places.registry.token_hash import extend_hash

Array = npt.NDArray[Any]
LONGEST_PLACE = 5


@dataclass(frozen=True)
class Hits:
    """Names found: string, name (row of the index), first and last row of its tokens."""

    string: Array
    name: Array
    first: Array
    last: Array


@dataclass(frozen=True)
class PlaceHits:
    """Places found: key string * size + place, first and last row of the tokens; sorted."""

    key: Array
    first: Array
    last: Array
    size: int


def find_names(batch: StringBatch, index: RegistryIndex) -> Hits:
    """Every whole name in every string; short names only where they stand in capitals."""
    first, last, low, high = _runs(batch, index.name_hash, LONGEST_NAME, index.name_length)
    count = high - low
    name = _spread(low, count)
    first, last = np.repeat(first, count), np.repeat(last, count)
    upper = batch.token["upper"][first] > 0
    kept = upper | ~index.name_capitals[name] | index.name_small[name]
    first, last, name = first[kept], last[kept], name[kept]
    return Hits(batch.token["string"][first], name, first, last)


def find_places(batch: StringBatch, index: RegistryIndex) -> PlaceHits:
    """Every name of a city or province of the registry's organisations in every string."""
    first, last, low, high = _runs(batch, index.place_hash, LONGEST_PLACE, index.place_length)
    count = high - low
    place = index.place_number[_spread(low, count)]
    first, last = np.repeat(first, count), np.repeat(last, count)
    places = int(index.place_number.max(initial=0)) + 1
    key = batch.token["string"][first].astype(np.int64) * places + place
    order = np.lexsort((first, key))
    return PlaceHits(key[order], first[order], last[order], places)


def find_countries(batch: StringBatch, index: RegistryIndex) -> tuple[Array, Array]:
    """First and last rows of every name of a country in every string."""
    longest = int(index.country_length.max(initial=0))
    first, last, _, _ = _runs(batch, index.country_hash, longest, index.country_length)
    return first, last


def _runs(
    batch: StringBatch, hashes: Array, longest: int, lengths: Array
) -> tuple[Array, Array, Array, Array]:
    """First and last token of the runs that stand in `hashes`, and the rows they stand in."""
    ids, string = batch.token["id"], batch.token["string"]
    start = np.flatnonzero(ids != UNKNOWN)
    hashed = np.zeros(len(start), dtype=np.uint64)
    present = np.bincount(lengths, minlength=longest + 1)
    parts = []
    for length in range(1, longest + 1):
        end = start + length - 1
        inside = end < len(ids)
        start, hashed, end = start[inside], hashed[inside], end[inside]
        inside = (string[end] == string[start]) & (ids[end] != UNKNOWN)
        start, end = start[inside], end[inside]
        hashed = extend_hash(hashed[inside], ids[end])
        if not len(start):
            break
        if present[length]:
            low = np.searchsorted(hashes, hashed, "left")
            found = hashes[np.minimum(low, len(hashes) - 1)] == hashed
            high = np.searchsorted(hashes, hashed[found], "right")
            parts.append((start[found], end[found], low[found], high))
    empty = np.empty(0, dtype=np.int64)
    columns = zip(*parts, strict=True) if parts else [[empty]] * 4
    first, last, low, high = (np.concatenate(column).astype(np.int64) for column in columns)
    return first, last, low, high


def _spread(low: Array, count: Array) -> Array:
    """Rows low, low + 1 ... of each range, one after another."""
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) + np.repeat(low - (ends - count), count))
