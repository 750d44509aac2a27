"""Words that stand in an organisation's names, acronyms of words that do not, and scripts."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.normalise import IS_OTHER_SCRIPT
from bibnet.places.address.vocabulary import NATIONS
from bibnet.places.match.geography import contains
from bibnet.places.reading.batch import UNKNOWN, StringBatch
from bibnet.places.reading.reader import FIRST_NATION
from bibnet.places.registry.index import RegistryIndex
from bibnet.places.registry.spelling import CUT

Array = npt.NDArray[Any]
Table = dict[str, Array]
HYPHEN = "-"
NOWHERE = -2  # number of a country without organisations


def is_own(batch: StringBatch, index: RegistryIndex, table: Table, rows: Array) -> Array:
    """Whether a word stands in any name of the organisation."""
    token = batch.token["id"][rows].astype(np.int64)
    key = table["owner"] * len(index.token_idf) + token
    return np.asarray(contains(index.owner_token, key) & (token != UNKNOWN))


def is_own_cut(batch: StringBatch, index: RegistryIndex, table: Table, rows: Array) -> Array:
    """Whether a word stands in any name of the organisation, or is one of its words cut short.

    "Univ Elect Sci" is a university of electronic as well as of electrical science.
    """
    found = is_own(batch, index, table, rows)
    cut = np.flatnonzero(batch.occurrence_reading == CUT)
    at = batch.occurrence_at[cut]
    order = np.argsort(at, kind="stable")
    token = batch.occurrence_key[cut][order] % batch.vocabulary
    low, high = (np.searchsorted(at[order], rows, side) for side in ("left", "right"))
    for one in np.flatnonzero((high > low) & ~found).tolist():
        keys = table["owner"][one] * len(index.token_idf) + token[low[one] : high[one]]
        found[one] = bool(contains(index.owner_token, keys).any())
    return found


def is_of_another_nation(
    batch: StringBatch, index: RegistryIndex, owners: Array, rows: Array
) -> Array:
    """Whether words are adjectives of other countries than those of organisations."""
    nation = batch.token["role"][rows] - FIRST_NATION
    numbers = np.array([index.country_of.get(c, NOWHERE) for _, c in sorted(NATIONS.items())])
    return np.asarray((nation >= 0) & (numbers[np.maximum(nation, 0)] != index.country[owners]))


def in_other_script(batch: StringBatch, rows: Array, asked: Array) -> Array:
    """Whether words are of another script than the Latin, whose words hold their nouns.

    The noun of a name of one word in Hangul is part of the word. Only the rows asked about.
    """
    token, found = batch.token, np.zeros(len(rows), dtype=bool)
    for at in np.flatnonzero(asked).tolist():
        row = int(rows[at])
        text = batch.cleaned[token["string"][row]]
        found[at] = bool(IS_OTHER_SCRIPT.match(text, int(token["start"][row])))
    return found


def abbreviates_another(batch: StringBatch, index: RegistryIndex, table: Table) -> Array:
    """Whether each is an acronym in brackets that abbreviates words which are none of its names.

    "Institute of Advanced Tides (IAT)" is no other IAT.
    """
    found = np.zeros(len(table["first"]), dtype=bool)
    short = (table["first"] == table["last"]) & (batch.token["upper"][table["first"]] > 0)
    for row in np.flatnonzero(short).tolist():
        words = _abbreviated(batch, int(table["string"][row]), int(table["first"][row]))
        if len(words):
            owner = {"owner": np.repeat(table["owner"][row], len(words))}
            found[row] = not is_own(batch, index, owner, words).all()
    return found


def _abbreviated(batch: StringBatch, string: int, at: int) -> Array:
    """Rows of the words before a bracket whose first letters spell the word behind it, or none."""
    text, token = batch.cleaned[string], batch.token
    start, end = int(token["start"][at]), int(token["end"][at])
    letters, none = text[start:end].casefold(), np.empty(0, dtype=np.int64)
    if text[max(start - 1, 0)] != "(":
        return none
    words = np.arange(max(at - 2 * len(letters), batch.first[string]), at)
    begins = token["start"][words]
    # The second word of "Auto-Lagoon" may have no letter of its own.
    led = np.array([text[max(begin - 1, 0)] != HYPHEN for begin in begins.tolist()], dtype=bool)
    for rows in (words[-len(letters) :], words[led][-len(letters) :]):
        spelt = "".join(text[int(token["start"][row])] for row in rows).casefold()
        if spelt == letters:
            return np.arange(rows[0], at)
    return none
