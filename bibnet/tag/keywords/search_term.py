r"""Search terms of the keyword list as regular expressions that RE2 and Java read alike.

No backslashes are used: `\b`, `\s` and case folding differ between the engines (Java's `\b` sees
Chinese characters as letters, RE2's does not), and escapes differ between SQL dialects.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# A term ends where the next character is no Latin letter, digit or underscore.
WORD = "0-9A-Za-z_À-ÖØ-öø-ɏ"
BEFORE = f"(^|[^{WORD}])"
AFTER = f"($|[^{WORD}])"
# The same two for Python, which can look without taking the character.
BEFORE_WORD = f"(?<![{WORD}])"
AFTER_WORD = f"(?![{WORD}])"
# Words of one term are parted by blanks or any hyphen: "machine-learning" is "machine learning".
GAP = "[ \t\n\r\u00a0\u2010\u2011\u2013-]+"
SPECIAL = re.compile(r"[][\\.^$*+?(){}|]")


@dataclass(frozen=True)
class SearchTerm:
    """One term: `pattern` is searched in the text, or in its lower case if `folded`."""

    term: str
    pattern: str
    folded: bool


def search_terms(rows: Iterable[Mapping[str, str]], family: str) -> list[SearchTerm]:
    """Included terms of a family in the keyword list, sorted by term.

    Forms: word (whole words, any case), plural (word, or with s), prefix (begins a word), case
    (whole words, case as written), substring (anywhere, as Chinese has no blanks). Terms of the
    form together (two words in one title) are no search strings and are left out.
    """
    chosen = {
        row["term"]: _search_term(row["term"], row["form"])
        for row in rows
        if row["family"] == family and row["decision"] == "include" and row["form"] != "together"
    }
    return [chosen[term] for term in sorted(chosen)]


def any_of(terms: Iterable[SearchTerm]) -> str:
    """One pattern that holds where any of the patterns holds; no term gives an empty pattern."""
    return "|".join(f"({term.pattern})" for term in terms)


def _search_term(term: str, form: str) -> SearchTerm:
    if form == "case":
        return SearchTerm(term, BEFORE + core(term, form) + AFTER, folded=False)
    written = core(term.lower(), form)
    end = "" if form == "prefix" else AFTER
    pattern = written if form == "substring" else BEFORE + written + end
    return SearchTerm(term, pattern, folded=True)


def core(term: str, form: str) -> str:
    """Return the words of a term as a pattern, without what must stand before and after them."""
    parts = re.split(r"[ -]+", term)
    words = GAP.join(SPECIAL.sub(lambda found: f"[{found.group()}]", part) for part in parts)
    return words + "s?" if form == "plural" else words
