"""Candidates that the words beside their names speak against, wherever the string names them.

A body that is named twice ("Alpha University Tide Research, Alpha University") is meant if the
words beside either of its names let it be: one look at the likelier name would lose it.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.match.housed_names import housed
from bibnet.places.match.inner_words import Words
from bibnet.places.match.leftovers import batch_words, vetoed
from bibnet.places.match.lent_nouns import lent_nouns
from bibnet.places.match.matcher import Ranked
from bibnet.places.registry.index import RegistryIndex
from bibnet.places.registry.names import NameKind

Array = npt.NDArray[Any]
Table = dict[str, Array]
# Names that are the body's own, letter by letter; of one word or in capitals they say too little.
OWN = (NameKind.CURATED, NameKind.DISPLAY, NameKind.ALIAS)
LEAST_WORDS = 2
# How another name of a body stands: whole, and with none of its words changed.
EXACT: dict[str, float] = {
    "whole": True,
    "misspelt": 0,
    "cut": 0,
    "translated": 0,
    "covered": 1,
    "missing": 0,
    "absent": 0,
    "gap": 0,
    "disorder": 0,
}


def without_vetoed(index: RegistryIndex, ranked: Ranked) -> Ranked:
    """The candidates that the words beside their names speak against are left with no score.

    One whose own name stands elsewhere in the string, with nothing against it, is read there. A
    name whose noun is another's leaves its score to that one, and a housed one to the longer.
    """
    words = batch_words(ranked.batch, index)
    lost = vetoed(ranked.batch, index, ranked.table, words)
    ranked, lost = _at_other_names(index, ranked, lost, words)
    score = np.where(lost, 0.0, ranked.score)
    for taken, other in (
        lent_nouns(ranked.batch, index, ranked.table),
        housed(ranked.batch, index, ranked.table),
    ):
        np.maximum.at(score, other, np.where(score[other] > 0, ranked.score[taken], 0.0))
    return replace(ranked, score=score)


def _at_other_names(
    index: RegistryIndex, ranked: Ranked, lost: Array, words: Words
) -> tuple[Ranked, Array]:
    """The candidates, those that are lost read at another name of theirs; which are lost still."""
    row, hit = _other_names(index, ranked, lost)
    if not len(row):
        return ranked, lost
    table = {column: values.copy() for column, values in ranked.table.items()}
    for column, values in (
        ("name", ranked.hits.name),
        ("first", ranked.hits.first),
        ("last", ranked.hits.last),
    ):
        table[column][row] = values[hit]
    for column, value in EXACT.items():
        table[column][row] = value
    # The other candidates of the same strings have their say as well.
    asked = np.flatnonzero(np.isin(table["string"], table["string"][row]))
    part = {column: values[asked] for column, values in table.items()}
    against = np.ones(len(lost), dtype=bool)
    against[asked] = vetoed(ranked.batch, index, part, words)
    stays = np.zeros(len(lost), dtype=bool)
    stays[row] = ~against[row]
    kept = {column: np.where(stays, table[column], old) for column, old in ranked.table.items()}
    return replace(ranked, table=kept), lost & ~stays


def _other_names(index: RegistryIndex, ranked: Ranked, lost: Array) -> tuple[Array, Array]:
    """Rows that are lost, and the hit of another own name of each: the firmest, longest, last."""
    hits, table = ranked.hits, ranked.table
    kind, owner = index.name_kind[hits.name], index.name_owner[hits.name].astype(np.int64)
    own = np.isin(kind, OWN) & ~index.name_capitals[hits.name]
    own &= index.name_length[hits.name] >= LEAST_WORDS
    rows = np.flatnonzero(lost)
    bodies, found = len(index), np.flatnonzero(own)
    asked = table["string"][rows].astype(np.int64) * bodies + table["owner"][rows]
    given = hits.string[found].astype(np.int64) * bodies + owner[found]
    firm = np.lexsort((-hits.first[found], -(hits.last - hits.first)[found], kind[found], given))
    given, found = given[firm], found[firm]
    low, high = np.searchsorted(given, asked, "left"), np.searchsorted(given, asked, "right")
    count = high - low
    row = np.repeat(rows, count)
    ends = np.cumsum(count)
    hit = found[np.arange(len(row)) + np.repeat(low - (ends - count), count)]
    apart = (hits.first[hit] > table["last"][row]) | (hits.last[hit] < table["first"][row])
    row, hit = row[apart], hit[apart]
    first = np.r_[True, row[1:] != row[:-1]] if len(row) else np.empty(0, dtype=bool)
    return row[first], hit[first]
