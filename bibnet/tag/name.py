"""Names in one plain form, so that spelling habits do not part equal names. No similarity."""

import re
import unicodedata
from collections.abc import Sequence
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
# The part of it that a text of ASCII alone can meet.
ASCII_BREAK = re.compile(r"[,;:|\n\t()\[\]{}/*]|\s-+\s")
# What folding does to the marks of such a text.
ASCII_MARKS = {mark: " " for mark in range(128) if MARKS.match(chr(mark))}
ASCII_MARKS |= {ord("&"): " and ", ord("'"): "", ord("`"): ""}
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
LINE_BREAK, DIGIT = re.compile(r"[;；\n]"), re.compile(r"\d")
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
    words = _words(name)
    if words and words[0] in ARTICLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return unicodedata.normalize("NFC", " ".join(SPELLINGS.get(word, word) for word in words))


def _words(name: str) -> list[str]:
    if name.isascii():
        return name.translate(ASCII_MARKS).lower().split()
    plain = _unaccented(name.replace("&", " and ")).lower()
    return MARKS.sub(" ", APOSTROPHES.sub("", plain)).split()


def _unaccented(name: str) -> str:
    parted = unicodedata.normalize("NFKD", name)
    return "".join(char for char in parted if not unicodedata.combining(char))


def name_key(name: str) -> str:
    """Return the key under which names are compared: their folded segments, joined by a blank.

    A run of segments of an affiliation string has the key of the name it spells, so each segment
    is folded once. A legal form behind a comma is dropped as any other ("Foo Co., Ltd.").
    """
    return _short_key(name) if len(name) <= LONGEST_KEPT else _key(name)


# The resolved institution of many strings is one.
@lru_cache(maxsize=20_000)
def _short_key(name: str) -> str:
    return _key(name)


def _key(name: str) -> str:
    return joined_key([folded(part) for part in segments(name)])


def joined_key(keys: Sequence[str]) -> str:
    """Key of a name from those of its segments, without a legal form that is all of one."""
    others = (key for key in keys[1:] if key not in LEGAL_FORMS)
    return " ".join(filter(None, [*keys[:1], *others]))


def segments(text: str) -> list[str]:
    """Whole segments of an affiliation string, in order, none empty.

    Commas, semicolons, brackets, strokes, spaced dashes and footnote signs part segments, and
    blanks beside a Chinese character.
    """
    signs = ASCII_BREAK if text.isascii() else SEGMENT_BREAK
    parts = signs.split(_without_footnotes(text))
    return [part for part in map(str.strip, parts) if part]


def _without_footnotes(text: str) -> str:
    if LINE_BREAK.search(text):
        text = FOOTNOTE.sub(r"\1", text)
    elif first := FOOTNOTE.match(text):
        text = text[first.end() :]
    return FOOTNOTE_BEHIND.sub("", text) if DIGIT.search(text) else text


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
