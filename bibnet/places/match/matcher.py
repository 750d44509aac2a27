"""From a batch of strings to candidates with probabilities: every step in its order.

Strings -> tokens of the registry (`strings`) -> whole names and overlapping names (`phrases`,
`overlap`) -> where each name stands (`alignment`) -> the dozen best organisations (`candidates`) ->
measures of each, alone and against its rivals (`context`, `rivals`, `features`) -> two stages of
boosted trees (`ranker`). No string is remembered; of organisations it is known how often labelled
strings mean them (`prior`).

How well it does, set by set and kind by kind, stands in `bibnet/reference/measured_matcher.md`, as
`bibnet matcher measure` prints it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.match.candidates import candidates
from bibnet.places.match.features import features
from bibnet.places.match.overlap import Overlap
from bibnet.places.match.prior import Prior, prior_measures
from bibnet.places.match.ranker import Ranker
from bibnet.places.match.rivals import Rivals
from bibnet.places.reading.batch import StringBatch
from bibnet.places.reading.phrases import Hits, PlaceHits, find_names, find_places
from bibnet.places.reading.reader import StringReader
from bibnet.places.reading.splitting import Splitter
from bibnet.places.registry.index import RegistryIndex

Array = npt.NDArray[Any]
Table = dict[str, Array]


@dataclass(frozen=True)
class Prepared:
    """Candidates of a batch: their table, their measures against each other, their matrix.

    `hits` are the whole names in its strings, of which each candidate has one.
    """

    batch: StringBatch
    hits: Hits
    places: PlaceHits
    table: Table
    rivals: Rivals
    matrix: Array


@dataclass(frozen=True)
class Ranked:
    """Candidates of a batch with their probabilities, best first in each string.

    `hits` are all whole names in its strings.
    """

    batch: StringBatch
    hits: Hits
    table: Table
    first: Array
    score: Array


class Matcher:
    """Finds and ranks the organisations of one registry in strings.

    Without a `prior` nothing is known of an organisation but what the registry says.
    """

    def __init__(self, index: RegistryIndex, prior: Prior | None = None):
        self.index = index
        self._prior = (prior or Prior()).of(index)
        self._reader = StringReader(index, load_gazetteer())
        self._splitter = Splitter(index, load_gazetteer())
        self._overlap = Overlap(index)

    def prepare(self, texts: Sequence[str]) -> Prepared:
        """Candidates of every address of every string with their measures; no model is asked."""
        batch = self._reader.read(texts)
        hits = find_names(batch, self.index)
        cut = self._splitter.addresses(batch, hits)
        if cut:
            parts = self._reader.read([part for found in cut.values() for part in found])
            batch = batch.replaced(cut, parts)
            hits = find_names(batch, self.index)
        places = find_places(batch, self.index)
        table = candidates(batch, hits, self._overlap, (self.index, places))
        table |= prior_measures(self._prior[table["owner"]])
        return self._prepared(batch, (hits, places), table)

    def without(self, prepared: Prepared, kept: Array) -> Prepared:
        """The same batch with only some of its candidates, measured against each other anew."""
        table = {column: values[kept] for column, values in prepared.table.items()}
        return self._prepared(prepared.batch, (prepared.hits, prepared.places), table)

    def _prepared(
        self, batch: StringBatch, found: tuple[Hits, PlaceHits], table: Table
    ) -> Prepared:
        hits, places = found
        rivals = Rivals(table, self.index)
        matrix = features(batch, self.index, table, (places, rivals))
        return Prepared(batch, hits, places, table, rivals, matrix)

    def rank(self, texts: Sequence[str], ranker: Ranker) -> Ranked:
        """Candidates of every string with their probabilities."""
        prepared = self.prepare(texts)
        first, second = ranker.probabilities(prepared.rivals, prepared.matrix)
        table = prepared.table
        order = np.lexsort((table["owner"], -first, -second, table["string"]))
        ordered = {column: values[order] for column, values in table.items()}
        return Ranked(prepared.batch, prepared.hits, ordered, first[order], second[order])
