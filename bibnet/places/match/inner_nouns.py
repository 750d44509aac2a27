"""Nouns and fields that stand amid the words of a school's name in the place of its own.

"Lagoon Institute of Management" is no Lagoon Institute of Technology, "Lagoon Academy of Sciences,
New Lagoon" no New Lagoon University.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.match.inner_words import INNER_NAMES, Words, among, running, words_of
from bibnet.places.match.lent_nouns import HEADS, holds
from bibnet.places.match.own_words import is_own, is_own_cut
from bibnet.places.reading.batch import JOINT, StringBatch
from bibnet.places.registry.index import TYPES, RegistryIndex

Array = npt.NDArray[Any]
Table = dict[str, Array]
NOUNS = (*HEADS, "inst")  # stems of nouns that lead to the field of a school
EDUCATION = TYPES.index("education")


def has_another_noun(batch: StringBatch, index: RegistryIndex, table: Table, words: Words) -> Array:
    """Whether a school's noun or field is missing where another stands amid the words of its name.

    Reads the columns string, name, owner, first, last and whole.
    """
    first, last = table["first"], table["last"]
    noun = holds(batch, index, NOUNS)
    asked = index.types[table["owner"], EDUCATION] & ~table["whole"] & (first < last)
    rows = np.flatnonzero(asked & (among(running(noun), first, last) > 0))
    beyond = np.minimum(last + 1, words.end[last])  # the field may stand behind the noun
    row, word = words_of(rows, first[rows], beyond[rows] + 1)
    own = is_own(batch, index, {"owner": table["owner"][row]}, word)
    found = np.zeros(len(first), dtype=bool)
    others = holds(batch, index, HEADS)[word] & ~own & (word <= last[row])
    kept = np.bincount(row[noun[word] & own], minlength=len(first)) > 0
    found[row[others]] = True
    for at in np.flatnonzero(found & ~kept).tolist():
        kept[at] = not _ends_as_school(index, int(table["name"][at]))
    field = words.plain & (words.names >= INNER_NAMES) & (batch.token["joint"] == JOINT)
    return found & ~kept | _has_another_field(batch, index, table, (row, word, own, field[word]))


def _ends_as_school(index: RegistryIndex, name: int) -> bool:
    """Whether a name holds one of the nouns that end the names of schools."""
    words = index.name_token[index.name_start[name] : index.name_start[name + 1]]
    return any(index.texts["token"][word] in HEADS for word in words.tolist())


def _has_another_field(
    batch: StringBatch, index: RegistryIndex, table: Table, words: tuple[Array, ...]
) -> Array:
    """Whether "of" leads from a noun of each name to a word of another, and one of its own is not.

    `words`: rows, their words from the first to the last, whether each is the body's own, and
    whether it may be a field.
    """
    row, at, own, field = words
    found = np.zeros(len(table["first"]), dtype=bool)
    all_own = np.bincount(row[own], minlength=len(found)) >= index.name_length[table["name"]]
    left = np.maximum(at - 1, 0)
    led = field & ~own & ~all_own[row] & (at > table["first"][row])
    led &= holds(batch, index, NOUNS)[left]
    some = np.flatnonzero(led)
    owner = {"owner": table["owner"][row[some]]}
    another = ~is_own_cut(batch, index, owner, at[some])
    another &= is_own(batch, index, owner, left[some])
    found[row[some[another]]] = True
    return found
