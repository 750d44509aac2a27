"""What a string says of places, against where an organisation is."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.reading.batch import StringBatch
from bibnet.places.reading.phrases import PlaceHits
from bibnet.places.registry.index import RegistryIndex

Array = npt.NDArray[Any]
NO_COUNTRY = -1


@dataclass(frozen=True)
class Stated:
    """Countries stated: the one the end of each string gives, how firmly, and every one named."""

    country: Array
    strength: Array
    named_key: Array
    named: Array
    city: Array


def stated(batch: StringBatch, index: RegistryIndex) -> Stated:
    """Countries and cities that the strings of a batch state.

    `country` is the number of the country in the registry, -1 for none, `len(country_code)` for one
    without organisations; `named_key` = string * (countries + 1) + country.
    """
    other = len(index.texts["country_code"])
    number = index.country_of
    country = [number.get(p.country, other) if p else NO_COUNTRY for p in batch.places]
    strength = [p.strength if p else 0 for p in batch.places]
    named = [
        at * (other + 1) + number.get(code, other)
        for at, codes in enumerate(batch.named)
        for code in codes
    ]
    return Stated(
        country=np.array(country, dtype=np.int64),
        strength=np.array(strength, dtype=np.int64),
        named_key=np.unique(np.array(named, dtype=np.int64)),
        named=np.array([len(codes) for codes in batch.named], dtype=np.int64),
        city=np.array([bool(p and p.city) for p in batch.places], dtype=bool),
    )


def country_agreement(said: Stated, index: RegistryIndex, pairs: tuple[Array, Array]) -> Array:
    """1 where the string names the organisation's country, -1 where it names others, else 0."""
    string, owner = pairs
    country = index.country[owner].astype(np.int64)
    size = len(index.texts["country_code"]) + 1
    named = contains(said.named_key, string * size + country)
    agrees = (said.country[string] == country) | named
    denies = (said.country[string] != NO_COUNTRY) | (said.named[string] > 0)
    return np.where(agrees, 1, np.where(denies, -1, 0))


def place_agreement(
    hits: PlaceHits, place: Array, pairs: tuple[Array, Array], span: tuple[Array, Array]
) -> tuple[Array, Array]:
    """Whether the string names a place outside a span of tokens, and inside it.

    `place` is the place of every organisation, -1 for unknown.
    """
    string, owner = pairs
    first, last = span
    key = string.astype(np.int64) * hits.size + place[owner]
    low = np.searchsorted(hits.key, key, "left")
    high = np.searchsorted(hits.key, key, "right")
    found = (high > low) & (place[owner] >= 0)
    outside = np.zeros(len(string), dtype=bool)
    inside = np.zeros(len(string), dtype=bool)
    if not len(hits.key):
        return outside, inside
    for which in (low, high - 1):
        row = np.clip(which, 0, len(hits.key) - 1)
        within = (hits.first[row] >= first) & (hits.last[row] <= last)
        outside |= found & ~within
        inside |= found & within
    return outside, inside


def contains(sorted_keys: Array, keys: Array) -> Array:
    """Whether each key stands among sorted keys."""
    if not len(sorted_keys):
        return np.zeros(len(keys), dtype=bool)
    at = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    return np.asarray(sorted_keys[at] == keys)
