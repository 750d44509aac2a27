"""What stands where an affiliation should and is no employer, by the list `no_employer`.

Memberships and offices of societies, freelance and retired people, students, words for "not
provided", e-mail addresses and ORCID ids alone, and former employers. Such a string is unknown, or
what it names beside is read without it; how many there are is counted by rule.
"""

import re
from functools import lru_cache

from bibnet.reference.load import rows

WHOLE, BEGINNING = "whole", "beginning"
# A phrase is the whole of an affiliation, or its first part, before a comma or a bracket.
_ENDS = r"(?=\s*(?:$|[,;:()\[\].，；。（）]))"
_LEAD = r"^[\s(\[\-*.\"']*"


def no_employer_rule(text: str) -> str | None:
    """The rule by which a string, or what it begins with, is no employer; None if it may be one."""
    found = _pattern().match(text.casefold())
    return next((rule for rule, part in found.groupdict().items() if part), None) if found else None


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
