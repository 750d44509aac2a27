"""Names in Chinese script that are a part of a longer one: it alone is meant.

Nothing parts the words of such a string, so that a body's name begins that of its branch.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.registry.index import RegistryIndex

Array = npt.NDArray[Any]
Table = dict[str, Array]


def longer_names(index: RegistryIndex, table: Table) -> tuple[Array, Array]:
    """Rows of the whole names in signs that a longer such name holds, and the row of the longest.

    Reads the columns string, name, first, last and whole. Empty where there is none.
    """
    signs = index.token_sign[index.name_token[index.name_start[table["name"]]]]
    rows = np.flatnonzero(signs & table["whole"])
    spans = list(zip(*(table[c][rows].tolist() for c in ("first", "last", "string")), strict=True))
    found = []
    for row, (first, last, string) in zip(rows.tolist(), spans, strict=True):
        longer = [
            (b - a, -other, other)
            for other, (a, b, of) in zip(rows.tolist(), spans, strict=True)
            if of == string and a <= first and last <= b and b - a > last - first
        ]
        if longer:
            found.append((row, max(longer)[-1]))
    short_rows, long_rows = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return short_rows, long_rows
