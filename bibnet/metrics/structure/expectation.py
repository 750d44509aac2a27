"""Ties more and less frequent than chance gives, among units with the same numbers of works.

Inside every stratum (a year, or a year and field) units keep their numbers of works and works
their numbers of units; `work_sizes` has the mean of a pair's works in common, `chance_of_pairs` the
variance and the tails. p is two-sided, of what is observed a half (mid-p), and uniform under chance
(`tests/benchmarks/expectation.csv`).

A tie is `more` or `less` at a false discovery rate of 5 % (Benjamini, Hochberg 1995), half for
either side. `more` is one of all pairs of units with five works or more each, those too that are
not shown (units with fewer can have no tie of five works, whatever chance does, so leaving them out
favours no result). `less` is one of the pairs of which five works or more are expected: which they
are the data do not decide, and no other pair can have too few (independent filtering; Bourgon,
Gentleman, Huber 2010, PNAS 107:9546). How many works must be expected of a pair that has none
before it is `less` is printed (`less_from`).

Units are institutions or countries; a work of one unit gives no tie but counts in the units' works,
so a unit that mostly works alone is expected to have more ties than it has.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bibnet.network.measures.chance_of_pairs import (
    NO_VARIANCE,
    PairMoments,
    pair_moments,
    tails,
)

# Pairs with fewer works, observed and expected, are not shown: one work more would change them.
FLOOR_WORKS = 5
FALSE_DISCOVERY = 0.05
# Units compared pair by pair at most; the pairs of more would not fit into memory.
MOST_UNITS = 5_000
PAIRS_AT_ONCE = 100_000
MORE, LESS, AS_EXPECTED = "more", "less", "as_expected"


@dataclass(frozen=True)
class Expected:
    """The tested pairs and what was done.

    `rows`: unit_a, unit_b (a < b), works, expected, expected_sdsm, ratio, z, p_upper, p_lower, p,
    q, verdict, method. `units` are those compared, `pairs` theirs, `least_works` the works a
    compared unit has at least, `miss` the largest relative miss of a unit's works by the model.
    """

    rows: pd.DataFrame
    units: int
    pairs: int
    least_works: int
    miss: float

    @property
    def expected_pairs(self) -> int:
        """Pairs of which as many works are expected that they can have too few."""
        return int((self.rows["expected"] >= FLOOR_WORKS).sum())

    @property
    def less_from(self) -> float:
        """Works that must be expected of a pair that has none before it is `less`; NaN if no pair.

        About: by the Poisson distribution p of such a pair is exp(-x).
        """
        found = int((self.rows["verdict"] == LESS).sum())
        if not self.expected_pairs:
            return float("nan")
        level = FALSE_DISCOVERY * (found + 1) / self.expected_pairs
        return max(float(-np.log(min(level, 1.0))), float(FLOOR_WORKS))


@dataclass(frozen=True)
class _Stratum:
    """The moments by class, and the class of each compared unit; -1 = not in the stratum."""

    place: np.ndarray
    moments: PairMoments


def expectation(members: pd.DataFrame) -> Expected:
    """Test every pair of units.

    `members` has stratum, work_key, unit: each unit of each work once. Pairs are shown where works
    or expected reach FLOOR_WORKS. Without members there are no rows.
    """
    counted = members["unit"].value_counts()
    least = _least_works(counted.to_numpy())
    names = np.array(sorted(counted.index[counted >= least]), dtype=object)
    strata = _solved(members, names)
    observed = _observed(members, names)
    first, second, works = _shown(strata, observed, len(names))
    rows = _tested(strata, first, second, works)
    pairs = len(names) * (len(names) - 1) // 2
    rows.insert(0, "unit_b", names[second])
    rows.insert(0, "unit_a", names[first])
    ordered = judged(rows, pairs).sort_values(["unit_a", "unit_b"], ignore_index=True)
    miss = max((stratum.moments.miss for stratum in strata), default=0.0)
    return Expected(ordered, len(names), pairs, least, miss)


def _least_works(works: np.ndarray) -> int:
    """Works that a compared unit has at least: the floor, more where units are too many."""
    if (works >= FLOOR_WORKS).sum() <= MOST_UNITS:
        return FLOOR_WORKS
    return int(np.sort(works)[::-1][MOST_UNITS]) + 1


def _solved(members: pd.DataFrame, names: np.ndarray) -> list[_Stratum]:
    unit, units = pd.factorize(members["unit"].to_numpy(object))
    stratum, strata = pd.factorize(members["stratum"].to_numpy(object), sort=True)
    compared = pd.Index(units).get_indexer(names)
    order = np.argsort(stratum, kind="stable")
    starts = np.searchsorted(stratum[order], np.arange(1, len(strata)))
    work = members["work_key"].to_numpy()
    parts = np.split(order, starts) if len(strata) else []
    return [_one(unit[rows], work[rows], compared) for rows in parts]


def _one(unit: np.ndarray, work: np.ndarray, compared: np.ndarray) -> _Stratum:
    """A stratum of units on works, row by row; `compared` are the units that are tested."""
    degrees = np.bincount(unit, minlength=int(compared.max(initial=-1)) + 1)
    moments = pair_moments(degrees[degrees > 0], np.unique(work, return_counts=True)[1])
    degree = degrees[compared]
    return _Stratum(np.where(degree > 0, np.searchsorted(moments.degree, degree), -1), moments)


def _observed(members: pd.DataFrame, names: np.ndarray) -> pd.Series:
    """Works of each pair that has any, by the places of its units (a < b)."""
    place = pd.Series(np.arange(len(names)), index=names)
    known = members[members["unit"].isin(place.index)]
    rows = pd.DataFrame(
        {"work": known["work_key"].to_numpy(), "at": place[known["unit"]].to_numpy()}
    )
    both = rows.merge(rows, on="work")
    both = both[both["at_x"] < both["at_y"]]
    return both.groupby(["at_x", "at_y"]).size()


def _shown(
    strata: list[_Stratum], observed: pd.Series, units: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    total, seen = np.zeros((units, units), "float32"), np.zeros((units, units), "int32")
    for stratum in strata:
        there = np.flatnonzero(stratum.place >= 0)
        classes = stratum.place[there]
        total[np.ix_(there, there)] += stratum.moments.mean[np.ix_(classes, classes)]
    if len(observed):
        seen[observed.index.get_level_values(0), observed.index.get_level_values(1)] = observed
    # A hair below the floor: the exact mean is compared once more where it is computed.
    first, second = np.nonzero(np.triu((total >= FLOOR_WORKS - 0.01) | (seen >= FLOOR_WORKS), 1))
    return first, second, seen[first, second].astype("int64")


def _tested(
    strata: list[_Stratum], first: np.ndarray, second: np.ndarray, works: np.ndarray
) -> pd.DataFrame:
    # One chunk of no pair, so that the columns are there.
    chunks = list(_chunks(len(first))) or [slice(0, 0)]
    return pd.concat(_tested_chunk(strata, first[at], second[at], works[at]) for at in chunks)


def _chunks(number: int) -> Iterator[slice]:
    return (slice(at, at + PAIRS_AT_ONCE) for at in range(0, number, PAIRS_AT_ONCE))


def _tested_chunk(
    strata: list[_Stratum], first: np.ndarray, second: np.ndarray, works: np.ndarray
) -> pd.DataFrame:
    mean, variance, most, sdsm = _summed(strata, first, second)
    spread, found = np.sqrt(variance), tails(works, mean, variance, most)
    return pd.DataFrame(
        {
            "works": works,
            "expected": mean,
            "expected_sdsm": sdsm,
            "z": _over(works - mean, spread),
            "p_upper": found.upper,
            "p_lower": found.lower,
            "p": found.p,
            "method": found.method,
        }
    )


def _summed(
    strata: list[_Stratum], first: np.ndarray, second: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Mean, variance, largest number and SDSM of each pair: sums over strata with both units."""
    mean, variance, most, sdsm = (np.zeros(len(first)) for _ in range(4))
    for stratum in strata:
        one, other = stratum.place[first], stratum.place[second]
        both = np.flatnonzero((one >= 0) & (other >= 0))
        cell, moments = (one[both], other[both]), stratum.moments
        mean[both] += moments.mean[cell]
        variance[both] += moments.variance[cell]
        most[both] += moments.most[cell]
        sdsm[both] += moments.sdsm[cell]
    variance[variance <= NO_VARIANCE * mean] = 0.0
    return mean, variance, most, sdsm


def _over(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    nothing = np.full(len(part), np.nan)
    return np.asarray(np.divide(part, whole, out=nothing, where=whole > 0))


def false_discovery(p: np.ndarray, tests: int) -> np.ndarray:
    """The q of each p among `tests` tests, of which those not given count as p = 1.

    Benjamini, Hochberg 1995, Journal of the Royal Statistical Society B 57(1):289.
    """
    order = np.argsort(p, kind="stable")
    scaled = p[order] * tests / np.arange(1, len(p) + 1)
    lowest = np.minimum.accumulate(scaled[::-1])[::-1]
    q = np.empty(len(p))
    q[order] = np.minimum(lowest, 1.0)
    return q


def judged(rows: pd.DataFrame, pairs: int) -> pd.DataFrame:
    """Rows of works, expected and p with their q, verdict and ratio; those above the floor."""
    works, expected = rows["works"].to_numpy("float64"), rows["expected"].to_numpy("float64")
    p, above = rows["p"].to_numpy("float64"), works > expected
    enough = expected >= FLOOR_WORKS
    more = false_discovery(np.where(above, p, 1.0), pairs)
    less = np.ones(len(rows))
    less[enough] = false_discovery(np.where(above, 1.0, p)[enough], int(enough.sum()))
    q = np.where(above, more, less)
    side = np.where(above, MORE, LESS)
    judged = rows.assign(
        q=q,
        verdict=np.where(q > FALSE_DISCOVERY, AS_EXPECTED, side),
        ratio=_over(works, expected),
    )
    return judged[(works >= FLOOR_WORKS) | enough].copy()
