"""A folded word of a text, and the letter that stands for the noun of a school."""

import re
from typing import NamedTuple

# "U. of X", "X U.", ", U. X": the letter stands for the noun of a school.
_LETTER = re.compile(r"(?<![^\s(,;])U(?:\.?\s+of\s|\.\s[A-Z]|\.?\s*(?:[,;&/)]|$))")
# Marks of footnotes, inside brackets of a pattern: between two names they part without a blank.
FOOTNOTE_MARKS = r"\u2020\u2021\u00a7\u25a0-\u27bf"
SCHOOL_LETTER, SCHOOL = "u", "university"
SHORTEST_SCHOOL = 3  # letters of the word before the letter


class Token(NamedTuple):
    """One folded word of a text.

    `word` is the folded form; `start` and `end` are offsets in the cleaned text; `segment`
    counts the boundaries (comma, semicolon, bracket, newline ...) before it; `joint` is the
    connector ("of", "and" ...) that stands before it in its segment, or empty.
    """

    word: str
    start: int
    end: int
    segment: int
    joint: str


def with_schools(cleaned: str, tokens: list[Token]) -> list[Token]:
    """Tokens with the noun that a letter stands for: before "of", behind a name, or the first."""
    if not _LETTER.search(cleaned):
        return tokens
    parts = [Token("", 0, 0, -1, "")]
    around = zip([*parts, *tokens[:-1]], tokens, [*tokens[1:], *parts], strict=True)
    return [
        one._replace(word=SCHOOL)
        if _LETTER.match(cleaned, one.start) and _is_school(before, one, behind)
        else one
        for before, one, behind in around
    ]


def _is_school(before: Token, one: Token, behind: Token) -> bool:
    if one.word != SCHOOL_LETTER:
        return False
    begins = before.segment != one.segment
    leads = behind.segment == one.segment and (begins or behind.joint == "of")
    ends = behind.segment != one.segment and before.segment == one.segment and not one.joint
    named = before.word.isalpha() and len(before.word) >= SHORTEST_SCHOOL and before.word != "and"
    return leads or (ends and named)
