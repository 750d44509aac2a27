"""Words amid those of a name, and how many words of a kind a stretch of a batch holds."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.stems import GENERIC
from bibnet.places.address.vocabulary import COMPASS_WORDS, STATUSES
from bibnet.places.match.lent_nouns import holds
from bibnet.places.match.own_words import is_own, is_own_cut
from bibnet.places.reading.batch import NO_JOINT, StringBatch
from bibnet.places.registry.index import TYPES, RegistryIndex

Array = npt.NDArray[Any]
Table = dict[str, Array]
EDUCATION = TYPES.index("education")
FIELDS = ("sci", "tech")  # stems of nouns that end the field of a body
INNER_NAMES = 10  # so many names hold a word that names a subject amid the words of a name
LOOSE = tuple(
    sorted(GENERIC | STATUSES)
)  # stems of nouns and subjects that names have in many forms


@dataclass(frozen=True)
class Words:
    """Every word of a batch: where its part begins and ends, what it is; running counts."""

    begin: Array
    end: Array
    plain: Array
    names: Array
    rare: Array
    head: Array
    noun: Array
    qualifier: Array
    enterprise: Array
    units: Array
    enterprises: Array
    plains: Array
    activities: Array
    countries: Array


def running(flags: Array) -> Array:
    """Running count of the words that are flagged, with none before the first."""
    return np.concatenate([[0], np.cumsum(flags)])


def among(sums: Array, first: Array, last: Array) -> Array:
    """How many words from one to another a running count has; none where they cross."""
    counted = sums[last + 1] - sums[np.minimum(first, last + 1)]
    return np.asarray(np.where(last >= first, counted, 0))


def is_parted(batch: StringBatch, index: RegistryIndex, table: Table, words: Words) -> Array:
    """Whether a qualifier or a subject that is none of its words stands before each one's noun.

    "Okayama | Prefectural University" is not Okayama University, an "Academy of | Rural Sciences"
    no Academy of Sciences; "X University Medical School, Y" may be the University of X in Y.
    """
    first, last = table["first"], table["last"]
    found = np.zeros(len(first), dtype=bool)
    head = np.r_[words.head[1:], False]
    before = words.qualifier & head
    # "X Rural University" is not X University; "Technical" and its like are added at will.
    subject = words.plain & (words.names >= INNER_NAMES) & head & ~holds(batch, index, LOOSE)
    is_school = index.types[table["owner"], EDUCATION] & (words.begin[first] == words.begin[last])
    # A field before "Sciences" or "Technology" is as much of the name as one before its noun.
    field = holds(batch, index, FIELDS) & (batch.token["joint"] == NO_JOINT)
    narrower = words.plain & (words.names >= INNER_NAMES) & np.r_[field[1:], False]
    near = np.minimum(last, words.end[first])
    inside = among(running(before), first, last) > 0
    inside |= is_school & (among(running(subject), first, last) > 0)
    inside |= among(running(narrower), first, near) > 0
    rows = np.flatnonzero(inside & ~table["whole"])
    row, at = words_of(rows, first[rows], last[rows])
    owner = {"owner": table["owner"][row]}
    # Elsewhere than in a school's the name may be one from another language.
    fields = (
        narrower[at] & (at < near[row]) & (is_school[row] | is_own(batch, index, owner, at + 1))
    )
    meant = before[at] | (subject[at] & is_school[row]) | fields
    found[row[meant & ~is_own_cut(batch, index, owner, at)]] = True
    return found


def words_of(rows: Array, first: Array, last: Array) -> tuple[Array, Array]:
    """Each row and each word from its first up to its last, as two columns."""
    number = last - first
    starts = np.cumsum(number) - number
    step = np.arange(int(number.sum())) - np.repeat(starts, number)
    return np.repeat(rows, number), np.repeat(first, number) + step


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
