"""Listed names in the spellings of citation indexes and of hasty typing.

A written name is a listed one if it has the same words in the same order: each equal, cut short
("Univ", "Aeronaut"), contracted by a known form ("Natl", "Engn") or one slip of the keyboard away;
or if both are the same letters, whatever the blanks between them ("Bei hang", "ofTechnology").
Places are never cut or mended: Nanjing and Nanning are one letter apart. No other resemblance
counts, and no word may be missing or left over.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from bibnet.reference import load
from bibnet.tag.name import folded

# Shorter abbreviations are initials, which say too little.
SHORTEST_CUT = 3
# One slip in a shorter word makes another word of it.
SHORTEST_SLIP = 7
# Words that citation indexes leave out. "At" and "in" are none: they join two names.
DROPPED = frozenset({"and", "for", "of", "the"})
# Names of fewer words and letters than these are cut to what other names are cut to as well.
FEWEST_WORDS, FEWEST_LETTERS = 3, 10
# Of two words, the one that is no noun of institutions must be written out, and be this long.
PAIR, SHORTEST_OWN = 2, 5
CONTRACTED = "abbreviation"  # role of words in `address_words`; those with a letter left out inside

Named = tuple[tuple[str, ...], Any]


class SpelledNames:
    """Finds what a name stands for by another spelling of the name.

    `names` are (key, value) pairs with keys as `name_key` makes them; `is_place` says which words
    may be neither cut nor mended, `is_told` of which values a short name may be cut in every word,
    because more than the name must tell them.
    """

    def __init__(
        self,
        names: Iterable[tuple[str, Any]],
        is_place: Callable[[str], bool],
        is_told: Callable[[Any], bool] = lambda value: False,
    ) -> None:
        self._is_place, self._is_told = is_place, is_told
        self._joined: dict[str, list[Any]] = defaultdict(list)
        self._initials: dict[str, list[Named]] = defaultdict(list)
        for key, value in names:
            self._add(key, value)

    def _add(self, key: str, value: Any) -> None:
        if not key.isascii():
            return
        joined, words = key.replace(" ", ""), content_words(key)
        if len(joined) >= FEWEST_LETTERS:
            self._joined[joined].append(value)
        if len(words) >= PAIR:
            self._initials[_initials(words)].append((words, value))

    def find(self, key: str) -> list[Any]:
        """What a written name spells, given its `name_key`; a name of another body gives []."""
        if not key.isascii():
            return []
        words = key.split()
        if not words or words[-1] in DROPPED:
            return []
        joined = self._joined.get("".join(words))
        return joined or list(self._aligned(content_words(key)))

    def _aligned(self, words: tuple[str, ...]) -> Iterator[Any]:
        for listed, value in self._initials.get(_initials(words), ()):
            if len(listed) != len(words) or not all(map(self._is_one, words, listed)):
                continue
            same = all(stem(a) == stem(b) for a, b in zip(words, listed, strict=True))
            told = len(words) >= FEWEST_WORDS or self._is_told(value)
            if same or told or _has_own_word(words, listed):
                yield value

    def _is_one(self, written: str, listed: str) -> bool:
        if written == listed or stem(written) == stem(listed):
            return True
        if self._is_place(listed) or self._is_place(written):
            return False
        short, long = sorted((written, listed), key=len)
        return (len(short) >= SHORTEST_CUT and long.startswith(short)) or _one_slip(short, long)


def content_words(key: str) -> tuple[str, ...]:
    """Words of a key without those that are dropped or added at will ("of", "and")."""
    return tuple(word for word in key.split() if word not in DROPPED)


def _has_own_word(written: Sequence[str], listed: Sequence[str]) -> bool:
    """Whether a word of a short name that is no noun of institutions is written out."""
    own = [n for n, word in enumerate(listed) if word not in _stems() and len(word) >= SHORTEST_OWN]
    return bool(own) and all(written[n] == listed[n] for n in own)


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)


def _one_slip(short: str, long: str) -> bool:
    """Whether two words differ by one letter left out, doubled or changed, or by a swap of two."""
    if len(short) < SHORTEST_SLIP - 1 or len(long) < SHORTEST_SLIP or len(long) - len(short) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    if at is None:
        return True
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1]
    return short[at + 1 :] == long[at + 1 :] or (swapped and short[at + 2 :] == long[at + 2 :])


@cache
def _stems() -> Mapping[str, str]:
    """Contracted ("grp") and foreign forms of generic words -> one form."""
    families = {folded(row["word"]): row["form"] for row in load.rows("word_families")}
    contracted = {
        row["word"]: families.get(row["form"], row["form"])
        for row in load.rows("address_words")
        if row["role"] == CONTRACTED and not row["form"].startswith(row["word"])
    }
    return {**contracted, **families}


def stem(word: str) -> str:
    """The one form of a generic word in every spelling ("Engn", "engineering"), else the word."""
    return _stems().get(word, word)
