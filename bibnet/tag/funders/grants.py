"""Awards whose numbers have the form of one programme: the programme, the number as found.

A form marks an award only as a whole number, and never one whose own funder the list places in
another country than the programme.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bibnet.reference import load

# Forms of award numbers and the entry of each.
Programmes = Sequence[tuple[re.Pattern[str], str]]
# What writers put before a number; none of it is part of any form.
LABEL = re.compile(r"^(?:grants?|awards?|projects?|contracts?|no|nos|number|under)\b[.:#\s]*", re.I)
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class GrantPatterns:
    """Forms of award numbers and the funders they belong to; the default is the packaged list."""

    rows: list[dict[str, str]] = field(default_factory=lambda: load.rows("grant_patterns"))

    def programmes(self, funders: Iterable[Mapping[str, str]]) -> list[tuple[re.Pattern[str], str]]:
        """Each form as a pattern, with the entry_id of its funder, if that is in the list."""
        known = {row["entry_id"] for row in funders}
        return [
            (re.compile(row["pattern"]), row["entry_id"])
            for row in self.rows
            if row["entry_id"] in known
        ]


def plain_number(text: str) -> str:
    """An award number without label and blanks, in capitals: "No. jcky 2018" gives "JCKY2018"."""
    shorter = text.strip()
    while (cut := LABEL.sub("", shorter)) != shorter:
        shorter = cut
    return BLANKS.sub("", shorter).upper()


def programme_of(text: str, programmes: Iterable[tuple[re.Pattern[str], str]]) -> str:
    """The entry_id of the programme whose form a whole award number has; empty if none."""
    number = plain_number(text)
    return next((entry for pattern, entry in programmes if pattern.fullmatch(number)), "")
