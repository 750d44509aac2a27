"""What stands right behind a name and is no part of it: a department's subject, a new sentence."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.stems import stem_words
from bibnet.places.address.vocabulary import DISCIPLINES, ORGANISATION_NOUNS
from bibnet.places.match.inner_words import among, running
from bibnet.places.match.lent_nouns import holds
from bibnet.places.reading.batch import NO_JOINT, StringBatch
from bibnet.places.reading.written import has_joint
from bibnet.places.registry.index import RegistryIndex

Array = npt.NDArray[Any]
Table = dict[str, Array]
LEADING_STEMS = tuple(sorted(set(stem_words(DISCIPLINES))))
# Stems that go on behind a discipline ("Computer Science and Engineering"); of others, as of
# "Technology", universities have their names.
FURTHER_STEMS = ("eng", "sci")


def names_department(batch: StringBatch, index: RegistryIndex, right: Array, end: Array) -> Array:
    """Whether all words from one to another name a department: "X University Computer Science".

    They are two or more; the first is a discipline that no university is named after where its
    "of" is left out.
    """
    leads = holds(batch, index, LEADING_STEMS)
    fields = running(leads | holds(batch, index, FURTHER_STEMS))
    led = leads[right] & (batch.token["joint"][right] == NO_JOINT) & (right < end)
    return np.asarray(led & (among(fields, right, end) == end - right + 1))


def is_joined(batch: StringBatch, last: Array, right: Array, asked: Array) -> Array:
    """Whether a word that joins bodies stands behind each name, before the word at its right.

    Only the rows asked.
    """
    token, found = batch.token, np.zeros(len(last), dtype=bool)
    for row in np.flatnonzero(asked).tolist():
        text = batch.cleaned[token["string"][int(last[row])]]
        found[row] = has_joint(text[token["end"][last[row]] : token["start"][right[row]]])
    return found


def ends_sentence(batch: StringBatch, last: Array, asked: Array) -> Array:
    """Whether a full stop follows the last word of each name, a whole noun. Only the rows asked.

    "X University. Research done at Y" is at X University, "X Univ. Sci. Technol." may not be.
    """
    token, found = batch.token, np.zeros(len(last), dtype=bool)
    for row in np.flatnonzero(asked).tolist():
        at = int(last[row])
        text, (start, end) = (
            batch.cleaned[token["string"][at]],
            (token["start"][at], token["end"][at]),
        )
        found[row] = text[end : end + 1] == "." and text[start:end].casefold() in ORGANISATION_NOUNS
    return found
