"""What two records of one paper have in common: the title, and who stands first.

Kept as a fingerprint: no name of a person is written.
"""

import hashlib
import html
import re
import unicodedata

DIGITS = 16  # of the hash, in hexadecimal: a billion works share none by chance
TAG = re.compile(r"<[^<>]{1,100}>")
NO_WORD = re.compile(r"[\W_]+")
NO_LETTERS = {sign: None for sign in range(128) if not chr(sign).isalnum()}  # the same of ASCII
# Letters; "Editorial", "Introduction", "Guest editorial" are titles of many works. A letter of a
# script that writes words in one or two signs counts threefold.
SHORTEST_TITLE = 15
WIDE = 0x2E80
WIDE_WEIGHT = 3
INITIALS = re.compile(r"(?:\w\W*){1,3}")


def title_key(title: str | None, first_author: str | None) -> str | None:
    """Fingerprint of a normalised title with the first author's family name.

    None where either is missing, or the title is too short to tell works apart. Case, accents,
    marks, tags and spaces do not count.
    """
    words, family = _letters(title or ""), family_name(first_author or "")
    if not family or _weight(words) < SHORTEST_TITLE:
        return None
    return hashlib.sha256(f"{words}\n{family}".encode()).hexdigest()[:DIGITS]


def family_name(name: str) -> str:
    """Letters of the family name: before a comma, else the last word that is no initial."""
    before, comma, _ = name.partition(",")
    if comma:
        return _letters(before)
    words = name.split()
    while len(words) > 1 and words[-1].endswith(".") and INITIALS.fullmatch(words[-1]):
        words.pop()
    return _letters(words[-1]) if words else ""


def _letters(text: str) -> str:
    if text.isascii() and "<" not in text and "&" not in text:
        return text.lower().translate(NO_LETTERS)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.encode("utf-8", "replace").decode())
    if "<" in text or "&" in text:
        text = TAG.sub("", html.unescape(text))
    return NO_WORD.sub("", text.casefold())


def _weight(words: str) -> int:
    if words.isascii():
        return len(words)
    return sum(WIDE_WEIGHT if ord(letter) >= WIDE else 1 for letter in words)
