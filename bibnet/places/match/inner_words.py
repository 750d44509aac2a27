"""Words amid those of a name, and how many words of a kind a stretch of a batch holds."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.vocabulary import COMPASS_WORDS
from bibnet.places.reading.batch import StringBatch
from bibnet.places.registry.index import RegistryIndex

Array = npt.NDArray[Any]
Table = dict[str, Array]


def running(flags: Array) -> Array:
    """Running count of the words that are flagged, with none before the first."""
    return np.concatenate([[0], np.cumsum(flags)])


def among(sums: Array, first: Array, last: Array) -> Array:
    """How many words from one to another a running count has; none where they cross."""
    counted = sums[last + 1] - sums[np.minimum(first, last + 1)]
    return np.asarray(np.where(last >= first, counted, 0))


def points_elsewhere(batch: StringBatch, index: RegistryIndex, table: Table) -> Array:
    """Whether a word of the compass stands in the place of another of each name.

    "Northern Port Hospital" is not Southern Port Hospital.
    """
    compass = {index.token_of[word] for word in COMPASS_WORDS if word in index.token_of}
    first, last = table["first"], table["last"]
    points = running(np.isin(batch.token["id"], list(compass)))
    found = np.zeros(len(first), dtype=bool)
    for row in np.flatnonzero((among(points, first, last) > 0) & ~table["whole"]).tolist():
        written = set(batch.token["id"][int(first[row]) : int(last[row]) + 1].tolist())
        name = int(table["name"][row])
        own = index.name_token[index.name_start[name] : index.name_start[name + 1]].tolist()
        found[row] = bool((written - set(own)) & compass) and bool((set(own) - written) & compass)
    return found
