"""Names in one plain form, so that spelling habits do not part equal names. No similarity."""

import re
import unicodedata
from functools import lru_cache

# Legal forms at the end of a company's name; commas often cut them off in affiliation strings.
LEGAL_FORMS = frozenset({"co", "inc", "limited", "llc", "ltd"})
ARTICLES = frozenset({"the"})
# "R&D", "S & T": pairs of words that are written as two letters.
PAIRS = (
    (re.compile(r"\bR\s?&\s?D\b"), "Research and Development"),
    (re.compile(r"\bS\s?&\s?T\b"), "Science and Technology"),
)
SPELLINGS = {"centre": "center", "defence": "defense", "programme": "program"}
MARKS = re.compile(r"[^\w\s]|_")
APOSTROPHES = re.compile("['’‘`´]")
HAN = re.compile("[\u4e00-\u9fff]")
# Chinese and Korean names have no blanks: a blank beside one of their signs parts segments, and so
# does a change between them and Latin letters.
SIGNS = "\u4e00-\u9fff\uac00-\ud7af"
SEGMENT_BREAK = re.compile(
    r"[,;:|\n\t()\[\]{}/\uff0c\uff1b\u3001\uff08\uff09\u2022\u00b7\u2020\u2021\u00a7\u266d\u266f\u2666*]"
    r"|\s[-\u2013\u2014]+\s"
    rf"|(?<=[{SIGNS}])\s+|(?<!\s)\s+(?=[{SIGNS}])|(?<=[A-Za-z])(?=[{SIGNS}])|(?<=[{SIGNS}])(?=[A-Za-z])"
)
# Letters of the longest texts whose folded form is kept.
LONGEST_KEPT = 200
# Acronyms of six letters or fewer are others' too (universities, institutes, companies).
SHORT_NAME = 6
# A Chinese character carries about two letters: four are a full name of a university.
SHORT_NAME_HAN = 3
# A footnote sign before a name ("1 ", "(2)", "a)", "2State") or behind it ("University3"). Longer
# numbers belong to the name.
FOOTNOTE = re.compile(
    r"(^|[;；\n])[^\S\n]*(?:\(?\d{1,2}\)?(?:[.\s]+|(?=[A-Z][a-z]))|\(?[a-z]\)\s*|[*†‡§]+\s*)"
)
FOOTNOTE_BEHIND = re.compile(r"(?<=[a-z]{3})\d{1,2}(?=\s*(?:[,;；\n]|$))")


def folded(name: str) -> str:
    """Return the name in lower case without accents, marks, article, legal form or extra blanks.

    "The Foo & Bar Co., Ltd." gives "foo and bar"; a name of nothing but marks gives "".
    Apostrophes vanish, other marks part words.
    """
    return _short_folded(name) if len(name) <= LONGEST_KEPT else _folded(name)


# Words and segments repeat over and over.
@lru_cache(maxsize=100_000)
def _short_folded(name: str) -> str:
    return _folded(name)


def _folded(name: str) -> str:
    for written, pair in PAIRS if "&" in name else ():
        name = written.sub(pair, name)
    plain = _unaccented(name.replace("&", " and ")).lower()
    words = MARKS.sub(" ", APOSTROPHES.sub("", plain)).split()
    if words and words[0] in ARTICLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return unicodedata.normalize("NFC", " ".join(SPELLINGS.get(word, word) for word in words))


def _unaccented(name: str) -> str:
    if name.isascii():
        return name
    parted = unicodedata.normalize("NFKD", name)
    return "".join(char for char in parted if not unicodedata.combining(char))


def name_key(name: str) -> str:
    """Return the key under which names are compared: their folded segments, joined by a blank.

    A run of segments of an affiliation string has the key of the name it spells, so each segment
    is folded once.
    """
    return " ".join(filter(None, map(folded, segments(name))))


def segments(text: str) -> list[str]:
    """Whole segments of an affiliation string, in order, none empty.

    Commas, semicolons, brackets, strokes, spaced dashes and footnote signs part segments, and
    blanks beside a Chinese character.
    """
    parts = SEGMENT_BREAK.split(FOOTNOTE_BEHIND.sub("", FOOTNOTE.sub(r"\1", text)))
    return [part.strip() for part in parts if part.strip()]


def without_country(name: str) -> str:
    """Drop the place in brackets that a registry adds to a company: "Foo (Bar)" gives "Foo"."""
    return re.sub(r"(?<!\s)\s*\([^()]*\)\s*$", "", name)


def letters(name: str) -> int:
    """Count the letters and digits of a name, without blanks and marks."""
    return sum(char.isalnum() for char in name)


def is_short(name: str) -> bool:
    """Say whether a name is so short that others bear it too: an acronym, a short form."""
    return letters(name) <= (SHORT_NAME_HAN if is_han(name) else SHORT_NAME)


def is_han(name: str) -> bool:
    """Say whether a name is written in Chinese characters (at least one)."""
    return HAN.search(name) is not None
