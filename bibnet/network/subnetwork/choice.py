"""What part of a run's network is asked for, and whether the question makes sense."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from bibnet.network.levels import MEMBERSHIPS
from bibnet.reference.country_code import country_code, no_country
from bibnet.schema.errors import Fault, UsageError

# Levels whose memberships and ties a run keeps; the others are counted when asked for.
KEPT_LEVELS = ("institution", "country")


class Narrowing(TypedDict, total=False):
    """What `Run.network` takes beside the level; see Choice."""

    country: str | None
    side: str | None
    years: tuple[int, int] | None
    joint: bool
    min_works: int


@dataclass(frozen=True)
class Choice:
    """Which network: its level, whose ties, of which works.

    country, side: the ties of the units there with anybody; partners from elsewhere are nodes
    too (`inside` is false), ties between two partners are left out. years: first and last,
    both included. joint: joint works only. min_works: ties of fewer works are left out, and
    with them nodes that keep none.
    """

    level: str = "institution"
    country: str | None = None
    side: str | None = None
    years: tuple[int, int] | None = None
    joint: bool = False
    min_works: int = 1

    @property
    def is_whole(self) -> bool:
        """Nothing is left out."""
        return self == self.whole

    @property
    def whole(self) -> "Choice":
        """The network of all works at the same level."""
        return Choice(self.level)

    def words(self) -> str:
        """What was chosen, in words."""
        years = f"years {self.years[0]} to {self.years[1]}" if self.years else ""
        parts = (
            f"{self.level} level",
            f"ties of {self.country}" if self.country else "",
            f"ties of the side {self.side}" if self.side else "",
            years,
            "joint works only" if self.joint else "",
            f"ties of at least {self.min_works} works" if self.min_works > 1 else "",
        )
        return ", ".join(part for part in parts if part)

    def name(self) -> str:
        """What was chosen, for the name of a file."""
        parts = (
            self.level,
            self.country or "",
            re.sub(r"\W+", "_", self.side or ""),
            f"{self.years[0]}-{self.years[1]}" if self.years else "",
            "joint" if self.joint else "",
            f"min{self.min_works}" if self.min_works > 1 else "",
        )
        return "-".join(part for part in parts if part)


def checked(choice: Choice, sides: Mapping[str, Sequence[str]]) -> Choice:
    """The choice with the code of its country; raises UsageError with every fault."""
    faults = list(_faults(choice, sides))
    if faults:
        raise UsageError(faults)
    return Choice(**{**vars(choice), "country": country_code(choice.country)})


def _faults(choice: Choice, sides: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    if choice.level not in MEMBERSHIPS:
        known = ", ".join(MEMBERSHIPS)
        yield Fault(f"there is no network level {choice.level!r}", "level", f"one of: {known}")
    if choice.level == "author" and (choice.country or choice.side):
        remedy = "leave out country and side, or ask for the level institution"
        yield Fault("an author has no country of their own", "level author", remedy)
    if choice.country is not None and not country_code(choice.country):
        yield no_country(choice.country)
    if choice.side is not None and choice.side not in sides:
        yield Fault(f"the query has no side {choice.side!r}", "side", f"one of: {', '.join(sides)}")
    if choice.years is not None and not _are_years(choice.years):
        yield Fault(
            f"{choice.years!r} is not a first and a last year",
            "years",
            "two whole numbers, the first not after the last, for example (2018, 2022)",
        )
    if choice.min_works < 1:
        yield Fault(f"{choice.min_works} is no number of works", "min_works", "1 or more")


def _are_years(years: object) -> bool:
    whole = isinstance(years, tuple | list) and all(type(year) is int for year in years)
    return whole and len(years) == 2 and years[0] <= years[1]  # type: ignore[arg-type,index]
