"""Does a claim of change hold: real, or made by sources that were added.

A funder's share of the works that disclose a funder may rise because it pays for more, or because
the source learned more of what it pays for. Three views of two years stand side by side:

- the share among disclosed works, and among all with its bounds (as if no undisclosed work had
  the funder, and as if every one had);
- the share at constant disclosure: only venues that disclose in both years, each with the same
  weight in both, and only funders whose award registries cover both years or neither. The
  difference is that of Mantel and Haenszel over the venues, with the variance of Sato (1989,
  Biometrics 45:1323); it takes works of one venue and year as independent draws;
- the dates at which sources and registries were added.

Verdict: `survives` where the change at constant disclosure is in the claimed direction at the
one-sided level of LEVEL; `coverage artefact` where the claimed direction shows in the share of
disclosed works, not at constant disclosure, and the 95% interval there rules out a change as
large; else `undecidable`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

SURVIVES, ARTEFACT, UNDECIDABLE = "survives", "coverage artefact", "undecidable"
LEVEL = 0.01  # one claim in a hundred about a share that stayed the same survives
Z_LEVEL = 2.3263478740408408  # of the normal distribution, one-sided, for LEVEL
Z_95 = 1.959963984540054
# Below it, in either year, the normal approximation and the venues say little.
LEAST_WORKS = 30
COLUMNS = ("is_last", "venue", "disclosed", "paid", "constant", "constant_paid")


@dataclass(frozen=True)
class Year:
    """What one of the two years shows; shares are None where nothing can be shared."""

    works: int
    disclosed: int
    paid: int

    @property
    def share(self) -> float | None:
        """Works that the funder pays for, of the disclosed ones."""
        return self.paid / self.disclosed if self.disclosed else None

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The share of all works if no undisclosed work had the funder, and if every one had."""
        if not self.works:
            return None, None
        low = self.paid / self.works
        return low, low + (self.works - self.disclosed) / self.works


@dataclass(frozen=True)
class Constant:
    """The change at constant disclosure: works in either year, difference, 95% interval, z.

    `venues` are those that disclose in both years. Undefined numbers are NaN.
    """

    venues: int
    first: tuple[int, int]
    last: tuple[int, int]
    difference: float
    low: float
    high: float
    z: float

    @property
    def is_thin(self) -> bool:
        """Say whether there are too few works in either year to tell anything."""
        return min(self.first[0], self.last[0]) < LEAST_WORKS or math.isnan(self.z)


@dataclass(frozen=True)
class Judgement:
    """The verdict on a claim with what it rests on; `sentence` says it for a reader."""

    verdict: str
    sentence: str
    years: tuple[Year, Year]
    constant: Constant


def judge(works: pd.DataFrame, *, rose: bool) -> Judgement:
    """The verdict on the claim that a share rose (or fell) from one year to another.

    `works` has a row for each work of the two years and COLUMNS: whether it is of the last
    year, its venue (missing = one venue of its own), whether it discloses a funder, whether
    the funder pays for it, and the last two by funders of constant sources only.
    """
    first, last = (_year(works[works["is_last"] == at]) for at in (False, True))
    constant = constant_disclosure(works)
    crude = _difference(first.share, last.share)
    sign = 1 if rose else -1
    verdict = _verdict(crude, constant, sign)
    return Judgement(verdict, _sentence(verdict, crude, constant, sign), (first, last), constant)


def _year(works: pd.DataFrame) -> Year:
    return Year(len(works), int(works["disclosed"].sum()), int(works["paid"].sum()))


def _difference(first: float | None, last: float | None) -> float:
    return math.nan if first is None or last is None else last - first


def constant_disclosure(works: pd.DataFrame) -> Constant:
    """The change of the share over venues and funders that are disclosed in both years."""
    base = works[works["constant"]].assign(venue=lambda rows: rows["venue"].fillna(""))
    sides = [base[base["is_last"] == at].groupby("venue")["constant_paid"] for at in (False, True)]
    sized, hit = ([side.agg(how).to_dict() for side in sides] for how in ("size", "sum"))
    strata = [
        (sized[0][venue], sized[1][venue], int(hit[0][venue]), int(hit[1][venue]))
        for venue in sorted(set(sized[0]) & set(sized[1]), key=str)
    ]
    sizes = (sum(row[0] for row in strata), sum(row[1] for row in strata))
    paid = (sum(row[2] for row in strata), sum(row[3] for row in strata))
    difference, error = mantel_haenszel(strata)
    z = difference / error if error > 0 else math.nan
    return Constant(
        venues=len(strata),
        first=(sizes[0], paid[0]),
        last=(sizes[1], paid[1]),
        difference=difference,
        low=difference - Z_95 * error,
        high=difference + Z_95 * error,
        z=z,
    )


def mantel_haenszel(strata: Sequence[tuple[int, int, int, int]]) -> tuple[float, float]:
    """Difference of two shares over strata and its standard error (Sato 1989); NaN for none.

    A stratum is (size of the first, size of the last, hits of the first, hits of the last).
    """
    weights = sum(m * n / (m + n) for m, n, _, _ in strata if m + n)
    if not weights:
        return math.nan, math.nan
    difference = sum((b * m - a * n) / (m + n) for m, n, a, b in strata if m + n) / weights
    p = sum((n * n * a - m * m * b + m * n * (m - n) / 2) / (m + n) ** 2 for m, n, a, b in strata)
    q = sum((b * (m - a) + a * (n - b)) / (2 * (m + n)) for m, n, a, b in strata)
    variance = (difference * p + q) / weights**2
    return difference, math.sqrt(variance) if variance > 0 else 0.0


def _verdict(crude: float, constant: Constant, sign: int) -> str:
    if constant.is_thin or math.isnan(crude):
        return UNDECIDABLE
    if sign * constant.z > Z_LEVEL:
        return SURVIVES
    rises = sign * crude > 0
    ruled_out = (constant.high < crude) if sign > 0 else (constant.low > crude)
    return ARTEFACT if rises and ruled_out else UNDECIDABLE


def _sentence(verdict: str, crude: float, constant: Constant, sign: int) -> str:
    if math.isnan(crude) or constant.is_thin:
        return (
            f"Undecidable: fewer than {LEAST_WORKS} works of one of the years are disclosed by "
            "sources that disclose in both."
        )
    points, apart = f"{100 * constant.difference:+.1f}", f"{100 * crude:+.1f}"
    interval = f"95% interval {100 * constant.low:+.1f} to {100 * constant.high:+.1f}"
    here = f"{points} percentage points at constant disclosure ({interval}), {apart} in all"
    if verdict == SURVIVES:
        in_part = sign * crude > sign * (constant.high if sign > 0 else constant.low)
        rest = " Part of the change is coverage." if in_part else ""
        return f"The claim survives: {here}.{rest}"
    if verdict == ARTEFACT:
        return f"Coverage artefact: {here}. Sources that disclose in both years do not show it."
    if sign * crude <= 0:
        return f"Undecidable: {here}. The change that is claimed shows in neither."
    return f"Undecidable: {here}. The works disclosed in both years are too few to tell."
