"""Names that share telling words with a string, by the cosine of their token weights.

score(string, name) = sum of idf^2 over the tokens they share / sqrt(sum of idf^2 of the name); the
string's own length is the same for all its names. The sum over tokens with postings is a sparse
product; the most frequent tokens come from the bit masks of what that product finds.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from bibnet.places.reading.batch import StringBatch
from bibnet.places.registry.index import RegistryIndex

Array = npt.NDArray[Any]
LEAST_COVERAGE = 0.35  # of a name's weight; names that share less are hardly ever meant
COUNTRY_FACTOR = 1.2  # for names of the country that the string states
BITS = 16  # of a mask read at once


class Overlap:
    """Finds names by the words they share with strings of one registry."""

    def __init__(self, index: RegistryIndex):
        self._index = index
        squared = index.token_idf**2
        tokens, names = len(index.token_idf), len(index.name_hash)
        rows = np.repeat(np.arange(tokens), np.diff(index.posting_start))
        # Short names count only where they stand whole and in capitals.
        weight = np.where(index.name_capitals[index.posting_name], 0, squared[rows])
        self._postings = csr_array(
            (weight, index.posting_name, index.posting_start), shape=(tokens, names), copy=True
        )
        self._postings.eliminate_zeros()
        self._norm = np.sqrt(index.name_weight)
        self._tables = _mask_tables(index)
        self._common_weight = _mask_weight(index.name_mask, self._tables)
        self._country = index.country[index.name_owner]

    def find(self, batch: StringBatch, country: Array, most: int) -> tuple[Array, Array]:
        """Return (strings, names): the `most` best names of each string.

        `country` is the number of the country each string states, -1 if none.
        """
        weighted, masks = self._query(batch)
        product = weighted @ self._postings
        string = np.repeat(np.arange(len(batch)), np.diff(product.indptr))
        name, shared = product.indices, product.data
        weight = self._index.name_weight
        kept = shared + self._common_weight[name] >= LEAST_COVERAGE * weight[name]
        string, name, shared = string[kept], name[kept], shared[kept]
        shared = shared + _mask_weight(masks[string] & self._index.name_mask[name], self._tables)
        kept = shared >= LEAST_COVERAGE * weight[name]
        string, name, shared = string[kept], name[kept], shared[kept]
        score = shared / self._norm[name]
        score = np.where(self._country[name] == country[string], score * COUNTRY_FACTOR, score)
        best = best_of(string, score, name, most)
        return string[best], name[best]

    def _query(self, batch: StringBatch) -> tuple[csr_array, Array]:
        size = len(self._index.token_idf)
        keys = np.unique(batch.occurrence_key)
        string, token = keys // size, keys % size
        matrix = csr_array(
            (np.ones(len(keys), dtype=np.float32), (string, token)), shape=(len(batch), size)
        )
        bit = self._index.token_bit[token]
        common = bit >= 0
        masks = np.zeros(len(batch), dtype=np.uint64)
        np.bitwise_or.at(masks, string[common], np.uint64(1) << bit[common].astype(np.uint64))
        return matrix, masks


def _mask_tables(index: RegistryIndex) -> list[Array]:
    """Weight of every pattern of 16 bits at each of the four places of a mask."""
    tables = []
    patterns = np.arange(1 << BITS, dtype=np.uint64)
    for place in range(4):
        table = np.zeros(1 << BITS, dtype=np.float32)
        for bit in range(BITS):
            token = np.flatnonzero(index.token_bit == place * BITS + bit)
            if len(token):
                held = (patterns >> np.uint64(bit)) & np.uint64(1) > 0
                table[held] += index.token_idf[token[0]] ** 2
        tables.append(table)
    return tables


def _mask_weight(masks: Array, tables: list[Array]) -> Array:
    low = np.uint64((1 << BITS) - 1)
    parts = [table[(masks >> np.uint64(place * BITS)) & low] for place, table in enumerate(tables)]
    return np.asarray(parts[0] + parts[1] + parts[2] + parts[3])


def best_of(group: Array, score: Array, tie: Array, most: int) -> Array:
    """Rows of the `most` highest scores of each group, sorted by group and rank.

    Equal scores: the smaller `tie` first.
    """
    order = np.lexsort((tie, -score, group))
    ordered = group[order]
    begins = np.r_[True, ordered[1:] != ordered[:-1]] if len(ordered) else np.empty(0, bool)
    start = np.maximum.accumulate(np.where(begins, np.arange(len(ordered)), 0))
    return np.asarray(order[np.arange(len(ordered)) - start < most])
