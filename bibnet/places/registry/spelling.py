"""Words of a string that no name of the registry has: misspelt, or cut short.

One wrong, missing, doubled or swapped letter is found through a deletion index (every word without
each of its letters; Garbe's symmetric deletion); an abbreviation by its first letters. At most two
readings are kept, those that most names have.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from bibnet.places.address.stems import FAMILIES, cut_stems

SHORTEST_MISSPELT = 5  # letters; shorter words have too many neighbours
SHORTEST_PREFIX = 3
SHORTEST_KNOWN_CUT = 4  # letters of a rare word that may be another one cut short
MOST_READINGS = 2
FAR_MORE = 10  # times the names of a rare word hold the word that it is the beginning of
LONGEST_WORD = 40  # letters; longer ones are no words
MOST_CONTINUATIONS = 400  # words that begin so; with more, the beginning says nothing
EXACT, MISSPELT, CUT, TRANSLATED = 0, 1, 2, 3
SHORTEST_VARIANT = 6  # letters of a known word that may be another one's spelling
MOST_NAMES_OF_VARIANT = 30  # names that have it
# Nouns that are known with two letters wrong: they end most names, and no other word is like them.
FREQUENT = ("univ", "tech")
SHORTEST_FREQUENT, SLIPS = 10, 2  # letters
Reading = tuple[int, int]  # token id and how it was read


def deletions(tokens: Sequence[str]) -> dict[str, npt.NDArray[np.generic]]:
    """Deletion index of the words: sorted hashes and the token of each."""
    hashed = [(code, at) for at, word in enumerate(tokens) for code in sorted(_deleted(word))]
    codes = np.array([code for code, _ in hashed], dtype=np.uint32)
    at = np.array([at for _, at in hashed], dtype=np.int32)
    order = np.lexsort((at, codes))
    return {"delete_hash": codes[order], "delete_token": at[order]}


def _deleted(word: str) -> set[int]:
    if not _is_correctable(word):
        return set()
    return {crc32(short.encode()) for short in _shorter(word)}


def _is_correctable(word: str) -> bool:
    return SHORTEST_MISSPELT <= len(word) <= LONGEST_WORD and _is_word(word)


def _is_word(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _shorter(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


class Speller:
    """Reads words as tokens of a registry; remembers every word it has read."""

    def __init__(
        self,
        tokens: Sequence[str],
        frequency: Sequence[int],
        index: dict[str, npt.NDArray[np.generic]],
    ):
        self._tokens = tokens
        self._frequency = frequency
        self._codes, self._at = index["delete_hash"], index["delete_token"]
        self._at_word = {word: at for at, word in enumerate(tokens)}
        self._others: dict[int, list[int]] = {}
        pairs = zip(index["other_from"].tolist(), index["other_to"].tolist(), strict=True)
        for one, other in pairs:
            self._others.setdefault(one, []).append(other)
        self._known: dict[str, tuple[Reading, ...]] = {}
        self._sorted = tokens  # sorted when the index is built

    def read(self, word: str) -> tuple[Reading, ...]:
        """Tokens that a stem may stand for, the likeliest first; none if it is like no word."""
        found = self._known.get(word)
        if found is None:
            at = self._at_word.get(word)
            found = self._guess(word) if at is None else self._known_word(word, at)
            self._known[word] = found
        return found

    def _known_word(self, word: str, at: int) -> tuple[Reading, ...]:
        """Readings of a word that names have.

        Itself, its like in other languages, and for a rare one the words that differ by one
        letter ("Khaled", "Khalid").
        """
        others = sorted(self._others.get(at, ()), key=lambda n: (-self._frequency[n], n))
        found = [(at, EXACT), *((n, TRANSLATED) for n in others[:MOST_READINGS])]
        rare = self._frequency[at] <= MOST_NAMES_OF_VARIANT
        found += [(n, CUT) for n in self._cut(word, rare=rare) if n != at]
        if len(word) >= SHORTEST_VARIANT and self._frequency[at] <= MOST_NAMES_OF_VARIANT:
            near = [n for n in self._near(word) if n != at] if _is_correctable(word) else []
            found += [(n, MISSPELT) for n in near[:MOST_READINGS]]
        return tuple(found)

    def _guess(self, word: str) -> tuple[Reading, ...]:
        cut = [(at, CUT) for at in self._cut(word, rare=False)]
        near = self._near(word) if _is_correctable(word) else []
        frequent = "" if near or cut else frequent_noun(word)
        if frequent in self._at_word:
            return ((self._at_word[frequent], MISSPELT),)
        if near:
            return (*cut, *((at, MISSPELT) for at in near[:MOST_READINGS] if (at, CUT) not in cut))
        if not cut and SHORTEST_PREFIX <= len(word) <= LONGEST_WORD and _is_word(word):
            return tuple((at, CUT) for at in self._continuations(word)[:MOST_READINGS])
        return tuple(cut)

    def _cut(self, word: str, *, rare: bool) -> list[int]:
        """Tokens of generic words that a word is the beginning of; for a rare one of any word."""
        found = [self._at_word[stem] for stem in cut_stems(word) if stem in self._at_word]
        if found or not rare or not SHORTEST_KNOWN_CUT <= len(word) <= LONGEST_WORD:
            return found
        at = self._at_word[word]
        longer = self._continuations(word) if _is_word(word) else []
        least = FAR_MORE * max(self._frequency[at], 1)
        return [n for n in longer if self._frequency[n] >= least][:MOST_READINGS]

    def _near(self, word: str) -> list[int]:
        codes = np.array(sorted(_deleted(word)), dtype=np.uint32)
        low = np.searchsorted(self._codes, codes, "left")
        high = np.searchsorted(self._codes, codes, "right")
        found = {int(at) for a, b in zip(low, high, strict=True) for at in self._at[a:b].tolist()}
        near = [at for at in found if one_edit(word, self._tokens[at])]
        return sorted(near, key=lambda at: (-self._frequency[at], at))

    def _continuations(self, word: str) -> list[int]:
        low = bisect_left(self._sorted, word)
        high = bisect_left(self._sorted, word + "{")
        if not 0 < high - low <= MOST_CONTINUATIONS:
            return []
        return sorted(range(low, high), key=lambda at: (-self._frequency[at], at))


@lru_cache(maxsize=1)
def _frequent() -> tuple[str, ...]:
    """Long words of the most frequent nouns."""
    of_one = [(stem,) for stem in FREQUENT]
    long = (word for word in sorted(FAMILIES) if len(word) >= SHORTEST_FREQUENT and _is_word(word))
    return tuple(word for word in long if FAMILIES[word] in of_one)


def frequent_noun(word: str) -> str:
    """Stem of a frequent noun that a word is with two letters wrong, the first and last in place.

    Wrong, missing or more, or two neighbours swapped. Empty for every other word.
    """
    if not SHORTEST_FREQUENT - SLIPS <= len(word) <= LONGEST_WORD or not _is_word(word):
        return ""
    alike = (n for n in _frequent() if (n[0], n[-1]) == (word[0], word[-1]))
    return next((FAMILIES[n][0] for n in alike if _within(n, word, SLIPS)), "")


def one_edit(one: str, other: str) -> bool:
    """Whether two words differ by one letter at most, wrong, more or less, or two swapped."""
    return _within(one, other, 1)


def _within(one: str, other: str, edits: int) -> bool:
    return OSA.distance(one, other, score_cutoff=edits) <= edits
