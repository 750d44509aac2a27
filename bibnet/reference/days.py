"""Days as lists write them: a day, a month or a year, each as its first and its last day."""

import re
from calendar import monthrange
from datetime import date

Span = tuple[date, date]
FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def read_days(text: str) -> Span | None:
    """First and last day that a text may mean; None if it is no day, month or year.

    "2024" gives all of the year, "2024-02" the month, "2024-02-29" one day twice.
    """
    match = FORM.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        first = date(year, month or 1, day or 1)
        return first, date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None
