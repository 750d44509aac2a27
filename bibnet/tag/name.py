"""Names in one plain form, so that spelling habits do not part equal names. No similarity."""

import re
import unicodedata

# Legal forms at the end of a company's name; commas often cut them off in affiliation strings.
LEGAL_FORMS = frozenset({"co", "inc", "limited", "llc", "ltd"})
ARTICLES = frozenset({"the"})
SPELLINGS = {"centre": "center", "defence": "defense", "programme": "program"}
MARKS = re.compile(r"[^\w\s]|_")
APOSTROPHES = re.compile("['’‘`´]")
HAN = re.compile("[\u4e00-\u9fff]")
# Chinese addresses part their segments by blanks as well, since their names have none.
SEGMENT_BREAK = re.compile(r"[,;，；、|\n]|(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])")
# Acronyms of six letters or fewer are others' too (universities, institutes, companies).
SHORT_NAME = 6
# A Chinese character carries about two letters: four are a full name of a university.
SHORT_NAME_HAN = 3
# A footnote sign before the first name: "1 ", "(2)", "a)". Longer numbers belong to the name.
FOOTNOTE = re.compile(r"(^|[;；\n])\s*(?:\(?\d{1,2}\)?[.\s]+|\(?[a-z]\)\s*|[*†‡§]+\s*)")


def folded(name: str) -> str:
    """Return the name in lower case without accents, marks, article, legal form or extra blanks.

    "The Foo & Bar Co., Ltd." gives "foo and bar"; a name of nothing but marks gives "".
    Apostrophes vanish, other marks part words.
    """
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

    Commas and semicolons part segments, and blanks beside a Chinese character.
    """
    parts = SEGMENT_BREAK.split(FOOTNOTE.sub(r"\1", text))
    return [part.strip() for part in parts if part.strip()]


def without_country(name: str) -> str:
    """Drop the place in brackets that a registry adds to a company: "Foo (Bar)" gives "Foo"."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", name)


def letters(name: str) -> int:
    """Count the letters and digits of a name, without blanks and marks."""
    return sum(char.isalnum() for char in name)


def is_short(name: str) -> bool:
    """Say whether a name is so short that others bear it too: an acronym, a short form."""
    return letters(name) <= (SHORT_NAME_HAN if is_han(name) else SHORT_NAME)


def is_han(name: str) -> bool:
    """Say whether a name is written in Chinese characters (at least one)."""
    return HAN.search(name) is not None
