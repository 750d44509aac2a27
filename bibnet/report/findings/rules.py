"""The rules by which a finding may say something: counts with shares, verdicts with their test.

- A share stands with what it is of: `21 of 1,205 works (1.7%)`.
- Two shares are compared by the 95% interval of their difference, and only where both are of
  FEW_WORKS works or more. An interval that holds zero allows no word but "cannot be told".
- Mean citations are compared where either group has FEW_WORKS works or more, and a direction is
  told only where both the 95% interval of the difference and the test of exchanged works allow it;
  its p is corrected for the number of comparisons that the page makes.
- A pair is said to have more or fewer works than chance gives only where the run's own test says
  so, at its false discovery rate; whatever is expected is named with what it is expected by.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bibnet.report.content.totals import FEW_WORKS
from bibnet.report.content.wording import count, counted, decimal, is_undefined, minus, share
from bibnet.schema.proportion import difference

MORE, LESS, AS_EXPECTED = "more", "less", "as_expected"
SMALLEST_P = 0.001
# Of all tests of a page together; pairs are told at a false discovery rate, by their verdict.
SIGNIFICANT = 0.05
Interval = tuple[float, float]
NO_INTERVAL: Interval = (math.nan, math.nan)


@dataclass(frozen=True)
class Hits:
    """So many of so many; `undecided` of the others could be hits as well."""

    hits: int
    number: int
    undecided: int = 0

    @property
    def most(self) -> int:
        """Hits with all undecided ones."""
        return self.hits + self.undecided


def part(hits: object, number: object, noun: str, plural: str = "") -> str:
    """Write a share with its counts: `21 of 1,205 works (1.7%)`; of few works without a share."""
    shown = f"{count(hits)} of {counted(number, noun, plural)}"
    whole = float(str(number))
    return f"{shown} ({share(float(str(hits)) / whole)})" if whole >= FEW_WORKS else shown


def named_part(name: str, hits: object, number: object, noun: str) -> str:
    """Write a share of something named: `Germany (7 of 21 joint works, 33.3%)`."""
    told, bracket, within = part(hits, number, noun).partition(" (")
    return f"{name} ({told}{', ' if bracket else ''}{within.removesuffix(')')})"


def difference_of(one: Hits, other: Hits) -> Interval:
    """The 95% interval of share - share of the other, whatever the undecided are.

    NaN where either is of fewer than FEW_WORKS.
    """
    if min(one.number, other.number) < FEW_WORKS:
        return NO_INTERVAL
    low, _ = difference(one.hits, one.number, other.most, other.number)
    _, high = difference(one.most, one.number, other.hits, other.number)
    return low, high


def direction(interval: Interval) -> int:
    """1 = the difference is above zero, -1 = below, 0 = cannot be told (NaN too)."""
    low, high = interval
    return 1 if low > 0 else -1 if high < 0 else 0


def points(interval: Interval) -> str:
    """Write a difference of shares in percentage points; without one, that works are too few."""
    if math.isnan(interval[0]):
        return f"fewer than {FEW_WORKS} works"
    low, high = (f"{100 * end:.1f}" for end in interval)
    return minus(f"95% interval of the difference: {low} to {high} percentage points")


def against_chance(tested: Mapping[str, Any] | None, units: str) -> str:
    """Return what the test against chance says of a pair; `tested` is its row, None without one.

    `units` names what keeps its number of works, for example countries.
    """
    verdict = None if tested is None else tested["verdict"]
    if tested is None or is_undefined(verdict):
        return "Whether that differs from chance cannot be told: the pair is not tested."
    model = (
        f"by chance, works and {units} each keeping their numbers, {decimal(tested['expected'])} "
        f"are expected (ratio {decimal(tested['ratio'])}, {probability('q', tested['q'])})"
    )
    if verdict == AS_EXPECTED:
        return f"Whether that differs from chance cannot be told: {model}."
    return f"That is {'more' if verdict == MORE else 'less'} than expected: {model}."


def probability(name: str, value: object) -> str:
    """Write a p or a q: `p = 0.012`, `q < 0.001`."""
    number = float(str(value))
    return f"{name} < {SMALLEST_P}" if number < SMALLEST_P else f"{name} = {number:.3f}"


def family_wise(p: Sequence[float]) -> list[float]:
    """Each p corrected for all of them, so that one in 20 families says anything by chance.

    NaN is no test. Step-down: the smallest p times the number of tests, the next times one less,
    none below the one before (Holm 1979, Scandinavian Journal of Statistics 6(2):65).
    """
    tested = sorted((value, at) for at, value in enumerate(p) if not math.isnan(value))
    held, corrected = 0.0, [math.nan] * len(p)
    for done, (value, at) in enumerate(tested):
        held = min(1.0, max(held, value * (len(tested) - done)))
        corrected[at] = held
    return corrected
