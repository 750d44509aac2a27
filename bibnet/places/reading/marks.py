"""Marks that number the addresses of a string: "1 X University 2 University of Y", "(a) ... (b)".

A list of marks is one where the string begins with a mark and the next marks of its kind follow in
their order, each before a word that begins with a capital.
"""

import re
from collections.abc import Iterator, Sequence

# What opens and closes a mark; a single letter in capitals or a Roman numeral needs the latter.
_OPEN, _CLOSE = r"[*#^]?[(\[{]?", r"[)\]}.:]{1,2}"
_BEFORE, _AFTER = r"(?:(?<=^)|(?<=[\s,;.|]))", r"\s*(?=[^\W\d_a-z])"
_NUMBER = re.compile(rf"{_BEFORE}{_OPEN}(\d{{1,2}})(?:{_CLOSE})?{_AFTER}")
_SMALL = re.compile(rf"{_BEFORE}{_OPEN}([a-z])(?:{_CLOSE}\s*|\s+)(?=[^\W\d_a-z])")
_CAPITAL = re.compile(rf"{_BEFORE}{_OPEN}([A-Z]){_CLOSE}{_AFTER}")
_ROMAN = re.compile(rf"{_BEFORE}{_OPEN}([ivx]{{1,5}}|[IVX]{{1,5}}){_CLOSE}{_AFTER}")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = tuple(map(str, range(100)))
KINDS = ((_NUMBER, _DIGITS), (_ROMAN, _ROMANS), (_SMALL, _LETTERS), (_CAPITAL, _LETTERS))


def list_marks(text: str) -> list[tuple[int, int]]:
    """Offsets of the marks of the list that a text is, in order; empty if it is none."""
    lead = len(text) - len(text.lstrip())
    for pattern, order in KINDS:
        first = pattern.match(text, lead)
        if first and first.group(1).lower() in order:
            found = [first.span(), *_following(text, pattern, order, first)]
            if len(found) > 1:
                return found
    return []


def _following(
    text: str, pattern: re.Pattern[str], order: Sequence[str], first: re.Match[str]
) -> Iterator[tuple[int, int]]:
    """The marks behind the first, each the next one's of the order where that comes first."""
    expected = order.index(first.group(1).lower()) + 1
    for mark in pattern.finditer(text, first.end()):
        if expected < len(order) and mark.group(1).lower() == order[expected]:
            yield mark.span()
            expected += 1
