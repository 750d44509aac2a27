"""What stands where an affiliation should and is no employer, by the list `no_employer`.

Memberships and offices of societies, freelance and retired people, students, words for "not
provided", e-mail addresses and ORCID ids alone, and former employers. Such a string is unknown, or
what it names beside is read without it; how many there are is counted by rule.
"""

import re
from functools import lru_cache

from bibnet.places.address.vocabulary import ADDRESS_HEADS, PRESENT
from bibnet.reference.load import rows

WHOLE, BEGINNING, FORMER = "whole", "beginning", "former"
NOT_PROVIDED = "not_provided"
# A phrase is the whole of an affiliation, or its first part, before a comma or a bracket.
_ENDS = r"(?=\s*(?:$|[,;:()\[\].，；。（）]))"
# Marks before it; a longer run of them is tried at each of its ends, and so at most this many.
MOST_MARKS = 20
_LEAD = rf"^[\s(\[\-*.\"']{{0,{MOST_MARKS}}}"


def no_employer_rule(text: str) -> str | None:
    """The rule by which a string, or what it begins with, is no employer; None if it may be one."""
    found = _pattern().match(text.casefold())
    return next((rule for rule, part in found.groupdict().items() if part), None) if found else None


def without_former(text: str) -> str:
    """The text with former employers blanked out, every other sign where it was.

    One ends where a word says what is now, at a semicolon, at a bracket that closes, or with the
    text: "formerly with A, Beijing, now with B" is B.
    """
    plain = text.casefold()
    if not any(word in plain for word in _former_words()):
        return text
    return _former().sub(_blank, text)


def with_addresses_apart(text: str) -> str:
    """The text with a semicolon for the words before another address, every other sign in place.

    "X (present address: Y)" is at both. A note on the author before the first stop is blanked out.
    """
    plain = text.casefold()
    if any(head in plain for head in ADDRESS_HEADS):
        text = _heads().sub(lambda found: ";" + " " * (len(found.group()) - 1), text)
    if any(word in plain for word in _notes()):
        text = _note().sub(_blank, text, count=1)
    return text


def _blank(found: re.Match[str]) -> str:
    """Blanks in the place of what was found."""
    return " " * len(found.group())


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    heads = "|".join(map(re.escape, sorted(ADDRESS_HEADS)))
    return re.compile(rf"[(\[]?(?<!\w)(?:{heads})(?!\w)[ ]?:?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _notes() -> tuple[str, ...]:
    """Phrases of authors that name no employer, of two words and more."""
    noted = (row["phrase"] for row in rows("no_employer") if row["rule"] == NOT_PROVIDED)
    return tuple(sorted(phrase for phrase in noted if " " in phrase))


@lru_cache(maxsize=1)
def _note() -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?:{'|'.join(map(re.escape, _notes()))})\.(?=\s)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _former_words() -> frozenset[str]:
    """The first word of every phrase of a former employer."""
    return frozenset(phrase.split()[0].casefold() for phrase in _former_phrases())


def _former_phrases() -> list[str]:
    return [row["phrase"] for row in rows("no_employer") if row["rule"] == FORMER]


@lru_cache(maxsize=1)
def _former() -> re.Pattern[str]:
    """A phrase of a former employer that begins the text or stands behind a semicolon.

    Or one with its preposition anywhere ("X University (formerly Y)" is the name it had).
    """
    joined = [r"\s+".join(map(re.escape, phrase.split())) for phrase in _former_phrases()]
    begins = "|".join(sorted(joined, key=len, reverse=True))
    within = "|".join(phrase for phrase in joined if r"\s" in phrase)
    now = "|".join(sorted(PRESENT))
    ends = rf"(?=[;)\]\n]|(?<!\w)(?:{now})(?!\w)|\Z)"
    opens = rf"(?:(?:{_LEAD}|(?<=[;\n])\s*)(?:{begins})|(?<!\w)(?:{within}))(?!\w)"
    return re.compile(rf"{opens}.*?{ends}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """One pattern of all phrases, a named group for each rule; longer phrases first."""
    by_rule: dict[str, list[str]] = {}
    for row in rows("no_employer"):
        ends = _ENDS if row["where"] == WHOLE else r"(?!\w)"
        words = r"\s+".join(map(re.escape, row["phrase"].split()))
        by_rule.setdefault(row["rule"], []).append(words + ends)
    groups = [
        f"(?P<{rule}>{'|'.join(sorted(phrases, key=len, reverse=True))})"
        for rule, phrases in sorted(by_rule.items())
    ]
    mail = r"(?P<e_mail>[^\s@]+@[^\s@]+\.\w+\W*$)"
    orcid = r"(?P<orcid>(?:orcid\W*)?(?:https?://orcid\.org/)?(?:\d{4}-){3}\d{3}[\dx]\W*$)"
    return re.compile(_LEAD + f"(?:{'|'.join([*groups, mail, orcid])})")
