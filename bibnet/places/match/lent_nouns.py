"""Names that share a noun: "X University-New Y" is X University, no University of New Y."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.match.own_words import is_own
from bibnet.places.reading.batch import LEADING, NO_JOINT, StringBatch, part_bounds
from bibnet.places.registry.index import RegistryIndex
from bibnet.places.registry.names import NameKind

Array = npt.NDArray[Any]
Table = dict[str, Array]
HEADS = ("univ", "coll", "acad")  # nouns that end the name of a school


def lent_nouns(batch: StringBatch, index: RegistryIndex, table: Table) -> tuple[Array, Array]:
    """Rows of the names whose first noun ends another's whole name, and the row of that other.

    Both stand in one part of the string; a word of the body's own before the noun is its own name
    ("Newcastle | University Newcastle upon Tyne"). Of several others the one that stands first in
    the table.
    """
    first, last, string = (table[column] for column in ("first", "last", "string"))
    begin, end = part_bounds(batch)
    following = np.minimum(first + 1, len(end) - 1)
    late = holds(batch, index, HEADS)[first] & (first < last) & (end[first] >= following)
    late &= np.isin(batch.token["joint"][following], (NO_JOINT, LEADING))
    late &= batch.token["joint"][first] == NO_JOINT
    late &= ~is_own(batch, index, table, np.maximum(first - 1, 0))
    firm = table["whole"] & (index.name_kind[table["name"]] <= NameKind.FORMER) & (first < last)
    firm &= begin[last] <= first
    others: dict[tuple[int, int], int] = {}
    for row in np.flatnonzero(firm).tolist():
        others.setdefault((int(string[row]), int(last[row])), row)
    rows = np.flatnonzero(late).tolist()
    pairs = [(row, others.get((int(string[row]), int(first[row])))) for row in rows]
    found = [(row, other) for row, other in pairs if other is not None]
    late_rows, other_rows = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return late_rows, other_rows


def holds(batch: StringBatch, index: RegistryIndex, stems: tuple[str, ...]) -> Array:
    """Whether each word of a batch has one of some stems."""
    return np.isin(batch.token["id"], [index.token_of[s] for s in stems if s in index.token_of])
