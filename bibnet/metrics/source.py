"""How far the source reaches in time: what tells the years that are still being added to."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SourceTime:
    """The date and the year of the source.

    `date` is None where no file tells it. Then `year` is the last year that the files reach,
    whether its works are kept or not, and None where no work has a year.
    """

    date: date | None
    year: int | None
