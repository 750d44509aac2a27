"""Hashes of sequences of token ids: equal sequences, equal hashes."""

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
HASH_BASE = np.uint64(0x9E3779B97F4A7C15)  # an odd number with mixed bits


def sequence_hash(ids: Array, lengths: Array) -> Array:
    """Hash of each sequence of token ids; `ids` holds the sequences one after another."""
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
    hashed = np.zeros(len(lengths), dtype=np.uint64)
    for at in range(int(lengths.max(initial=0))):
        longer = lengths > at
        hashed[longer] = extend_hash(hashed[longer], ids[starts[longer] + at])
    return hashed


def extend_hash(hashed: Array, ids: Array) -> Array:
    """Hash of sequences that are one token longer."""
    with np.errstate(over="ignore"):
        mixed = (ids.astype(np.uint64) + np.uint64(1)) * HASH_BASE
        mixed ^= mixed >> np.uint64(29)
        grown = (hashed ^ mixed) * np.uint64(0xBF58476D1CE4E5B9)
        return np.asarray(grown ^ (grown >> np.uint64(32)))
