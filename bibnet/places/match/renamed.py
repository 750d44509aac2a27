"""Words behind a whole name that make another name of it, though no noun of it leads to them.

"X University of the Arts" is not X University, "University of South Y Sea Studies" not that of
South Y: the sea has a name of its own, "X College Healthcare NHS Trust" is a trust of hospitals.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.vocabulary import SEAS
from bibnet.places.match.geography import contains
from bibnet.places.match.inner_words import among, running
from bibnet.places.match.lent_nouns import HEADS, holds
from bibnet.places.match.own_words import is_own
from bibnet.places.reading.batch import (
    CONJUNCTION,
    JOINT,
    LEADING,
    NO_JOINT,
    StringBatch,
    part_bounds,
)
from bibnet.places.registry.index import TYPES, RegistryIndex

Array = npt.NDArray[Any]
Table = dict[str, Array]
OF = "of "  # "University of the Arts" goes on, "University at the Lake" may not
EDUCATION = TYPES.index("education")
HEALTH_SERVICES = ("nhs",)  # stems of words behind which a name is that of a body of hospitals
SUBJECT_NAMES = 40  # names of the registry that hold a word which may name a subject


def renamed(batch: StringBatch, index: RegistryIndex, table: Table) -> Array:
    """Whether the words behind each name say that another body is meant.

    Reads the columns string, name, owner, first, last and whole.
    """
    found = _goes_on(batch, index, table) | _is_in_sea(batch, table)
    return found | _is_health_service(batch, index, table)


def _behind(batch: StringBatch, table: Table) -> tuple[Array, Array]:
    """The word behind each name, and whether it stands in the name's part."""
    _, end = part_bounds(batch)
    last = table["last"]
    right = np.minimum(last + 1, len(end) - 1)
    return right, last < end[last]


def _goes_on(batch: StringBatch, index: RegistryIndex, table: Table) -> Array:
    """Whether "of the" and the name of a subject stand behind a name that ends as a school's."""
    token, (right, inside) = batch.token, _behind(batch, table)
    found = inside & holds(batch, index, HEADS)[table["last"]] & (token["joint"][right] == LEADING)
    found &= index.token_names[np.maximum(token["id"][right], 0)] >= SUBJECT_NAMES
    found &= ~is_own(batch, index, table, right)
    # "of the Arts" or "of the Arts and Trades", but not "of the Ministry of Tides".
    beyond, (_, end) = np.minimum(right + 1, len(token["joint"]) - 1), part_bounds(batch)
    found &= (right == end[table["last"]]) | (token["joint"][beyond] == CONJUNCTION)
    text = batch.cleaned
    for row in np.flatnonzero(found).tolist():
        gap = slice(token["end"][table["last"][row]], token["start"][right[row]])
        found[row] = text[int(table["string"][row])][gap].casefold().lstrip().startswith(OF)
    return np.asarray(found)


def _is_in_sea(batch: StringBatch, table: Table) -> Array:
    """Whether the last words of each name and the next one are the name of a sea."""
    token, (right, inside) = batch.token, _behind(batch, table)
    found = inside & (token["joint"][right] == NO_JOINT) & (table["first"] < table["last"])
    for row in np.flatnonzero(found).tolist():
        start, stop = token["start"][table["first"][row]], token["end"][right[row]]
        words = batch.cleaned[int(table["string"][row])][start:stop].casefold()
        found[row] = words.endswith(SEAS)
    return np.asarray(found)


def _is_health_service(batch: StringBatch, index: RegistryIndex, table: Table) -> Array:
    """Whether each is a school's name in that of a health service's body, and it has no such name.

    The word for the service stands amid its words, or behind them and no word that joins.
    """
    school = index.types[table["owner"], EDUCATION] & ~_has_word(index, table, HEALTH_SERVICES)
    joints = running(np.isin(batch.token["joint"], (CONJUNCTION, JOINT, LEADING)))
    services = running(holds(batch, index, HEALTH_SERVICES))
    right, inside = _behind(batch, table)
    end = part_bounds(batch)[1][table["last"]]
    behind = inside & (among(services, right, end) > 0) & (among(joints, right, end) == 0)
    amid = ~table["whole"] & (among(services, table["first"], table["last"]) > 0)
    return np.asarray(school & (behind | amid))


def _has_word(index: RegistryIndex, table: Table, stems: tuple[str, ...]) -> Array:
    """Whether a name of each organisation holds one of some stems."""
    keys = [
        contains(index.owner_token, table["owner"] * len(index.token_idf) + index.token_of[stem])
        for stem in stems
        if stem in index.token_of
    ]
    return np.asarray(np.any(keys, axis=0) if keys else np.zeros(len(table["owner"]), dtype=bool))
