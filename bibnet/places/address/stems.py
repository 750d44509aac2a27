"""Words as names and strings are compared: one stem for each generic word in every language.

Folding (`normalise`) makes words equal that differ in case, marks or spelling; here words become
equal that mean the same: "Universität" and "Univ." are `univ`, "laboratories" is `lab`, "Muenchen"
and "München" are `munchen`. A compound becomes several stems.
"""

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache

from bibnet.places.address.normalise import IS_SIGN, key_words
from bibnet.places.address.vocabulary import ABBREVIATIONS
from bibnet.reference.load import rows

FAMILIES = {row["word"]: tuple(row["form"].split()) for row in rows("word_families")}
_SORTED = sorted(FAMILIES)
SHORTEST_CUT = 5  # letters of the beginning of a generic word; shorter ones begin other words, too
LONGEST_GENERIC = max(map(len, FAMILIES))
GENERIC = frozenset(stem for form in FAMILIES.values() for stem in form)
SHORTEST_PLURAL = 5  # letters; "gas" and "paris" are no plurals
NOT_PLURAL = ("ss", "us", "is", "os")
GLUED_TO = "of"  # a connector that dirty strings write into the noun before it
SHORTEST_MISSPELT = 10  # letters of a generic word that is known with one letter wrong
UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
SHORTEST_UMLAUT = 5  # letters; short words with these pairs are other words
SHORTEST_BEGUN = 6  # letters of one that begins with a pair
# Two words that the registry also writes as one are one ("Jiao Tong", "Deep Mind"), if together
# they are at least this long: short ones meet by chance.
SHORTEST_PAIR = 6


@lru_cache(maxsize=400_000)
def stems(word: str) -> tuple[str, ...]:
    """Stems of one folded word: one, or several for a compound."""
    if word in FAMILIES:
        return FAMILIES[word]
    if word.isascii() and len(word) >= SHORTEST_UMLAUT and word.isalpha():
        word = _plain(word)
        return FAMILIES.get(word) or _dirty(word) or (word,)
    return (word,)


def _dirty(word: str) -> tuple[str, ...]:
    """Stems of a generic word with "of" written into it, or one letter wrong; else none."""
    cut = FAMILIES.get(word.removesuffix(GLUED_TO), ())
    if cut or not SHORTEST_MISSPELT - 1 <= len(word) <= LONGEST_GENERIC + 1:
        return cut
    known = _misspellings()
    return next((known[form] for form in _shorter(word) if form in known), ())


@lru_cache(maxsize=1)
def _misspellings() -> dict[str, tuple[str, ...]]:
    """Stems of long generic words by all their letters, and by all but one."""
    long = [word for word in _SORTED if word.isascii() and len(word) >= SHORTEST_MISSPELT]
    found: dict[str, set[tuple[str, ...]]] = {}
    for word in long:
        for form in _shorter(word):
            found.setdefault(form, set()).add(FAMILIES[word])
    return {form: held.pop() for form, held in found.items() if len(held) == 1}


def _shorter(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _plain(word: str) -> str:
    for pair, letter in UMLAUTS:
        # A short word that begins so is an acronym: one with the E is not the one without.
        if len(word) >= SHORTEST_BEGUN or not word.startswith(pair):
            word = word.replace(pair, letter)
    if len(word) >= SHORTEST_PLURAL and word.endswith("s") and not word.endswith(NOT_PLURAL):
        return word[:-1]
    return word


@lru_cache(maxsize=100_000)
def cut_stems(word: str) -> tuple[str, ...]:
    """Stems that a folded word cut short may stand for: "min" for those of mining and mineral.

    The list `address_words` says so, or all generic words that begin so have one stem.
    """
    listed = ABBREVIATIONS.get(word, "").split()
    if listed:
        return tuple(dict.fromkeys(stem for whole in listed for stem in stems(whole)))
    if len(word) < SHORTEST_CUT or word in FAMILIES:
        return ()
    low, high = bisect_left(_SORTED, word), bisect_left(_SORTED, word + "{")
    forms = {FAMILIES[whole] for whole in _SORTED[low:high]}
    return forms.pop() if len(forms) == 1 else ()


def name_words(name: str) -> list[str]:
    """Folded words of a name."""
    return key_words(name)


def stem_words(words: Iterable[str]) -> list[str]:
    """Stems of folded words, in order, before pairs are joined."""
    return [stem for word in words for stem in stems(word)]


def joined(words: Sequence[str], vocabulary: Container[str]) -> list[str]:
    """Stems of a name with pairs made one that are one word elsewhere, and runs of initials."""
    found: list[str] = []
    open_initials = False
    for word in words:
        initial = len(word) == 1 and word.isascii() and word.isalpha()
        if found and ((initial and open_initials) or is_pair(found[-1], word, vocabulary)):
            found[-1] += word
        else:
            found.append(word)
            open_initials = initial
    return found


def is_pair(first: str, second: str, vocabulary: Container[str]) -> bool:
    """Whether two neighbouring stems are one word of the registry; never two generic ones."""
    return (
        len(first) + len(second) >= SHORTEST_PAIR
        and min(len(first), len(second)) > 1
        and first + second in vocabulary
        and not (first in GENERIC and second in GENERIC)
        and not IS_SIGN.match(first)
    )
