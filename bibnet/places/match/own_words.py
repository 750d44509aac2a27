"""Words that stand in an organisation's names, acronyms of words that do not, and scripts."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.normalise import IS_OTHER_SCRIPT, key_words
from bibnet.places.address.stems import stem_words
from bibnet.places.address.vocabulary import NATIONS
from bibnet.places.match.geography import contains
from bibnet.places.reading.batch import UNKNOWN, StringBatch
from bibnet.places.reading.reader import FIRST_NATION
from bibnet.places.registry.index import RegistryIndex
from bibnet.places.registry.spelling import CUT, one_edit

Array = npt.NDArray[Any]
Table = dict[str, Array]
HYPHEN = "-"
SHORTEST_LOOSE = 3  # letters of an acronym that may pass over words
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


def is_behind_another_country(
    batch: StringBatch, index: RegistryIndex, table: Table, begin: Array, asked: Array
) -> Array:
    """Whether all that stands before each name in its part is the name of another country.

    `begin` is the row where the part of each word begins. Only the rows asked, before which the
    name of some country stands.
    """
    token, known = batch.token, load_gazetteer().countries
    found = np.zeros(len(asked), dtype=bool)
    for row in np.flatnonzero(asked).tolist():
        at = int(table["first"][row])
        text = batch.cleaned[token["string"][at]]
        before = text[token["start"][begin[at]] : token["end"][at - 1]]
        country = known.get(" ".join(key_words(before)))
        own = index.texts["country"][int(table["owner"][row])]
        found[row] = bool(country and own) and country != own
    return found


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

    "Institute of Advanced Tides (IAT)" is no other IAT, nor "Institute of Advanced Marine Tides
    (IAT)"; "Institut of Adv. Tides (IAT)" may be one that is called so.
    """
    found = np.zeros(len(table["first"]), dtype=bool)
    short = (table["first"] == table["last"]) & (batch.token["upper"][table["first"]] > 0)
    for row in np.flatnonzero(short).tolist():
        words = _abbreviated(batch, int(table["string"][row]), int(table["first"][row]))
        if len(words):
            owner = {"owner": np.repeat(table["owner"][row], len(words))}
            others = words[~is_own(batch, index, owner, words)]
            found[row] = not _resemble_own(batch, index, int(table["owner"][row]), others)
    return found


def _resemble_own(batch: StringBatch, index: RegistryIndex, owner: int, rows: Array) -> bool:
    """Whether all words are words of an organisation's names cut short or with a letter wrong."""
    if not len(rows):
        return True
    size = len(index.token_idf)
    low, high = np.searchsorted(index.owner_token, [owner * size, (owner + 1) * size])
    own = [index.texts["token"][key % size] for key in index.owner_token[low:high].tolist()]
    token, text = batch.token, batch.cleaned[batch.token["string"][rows[0]]]
    written = [text[token["start"][row] : token["end"][row]] for row in rows.tolist()]
    stems = [stem for word in written for stem in stem_words(key_words(word))]
    return all(
        any(one_edit(stem, word) or (len(stem) > 1 and word.startswith(stem)) for word in own)
        for stem in stems
    )


def _abbreviated(batch: StringBatch, string: int, at: int) -> Array:
    """Rows of the words before a bracket that the word behind it abbreviates, or none.

    Its letters are the first of the words, or of some of them within one part of the string, the
    first and the last among them.
    """
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
    part = words[token["segment"][words] == token["segment"][at - 1]] if len(words) else words
    initials = "".join(text[int(token["start"][row])] for row in part).casefold()
    begin = _begin_of(letters, initials) if len(letters) >= SHORTEST_LOOSE else -1
    return part[begin:] if begin >= 0 else none


def _begin_of(letters: str, initials: str) -> int:
    """Where the shortest stretch to the end begins that has letters in order, both ends theirs."""
    at = len(initials)
    for number, letter in enumerate(reversed(letters)):
        at = initials.rfind(letter, 0, at)
        if at < 0 or (not number and at != len(initials) - 1):
            return -1
    return at
