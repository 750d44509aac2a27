"""Ties more and less frequent than chance gives, among units with the same numbers of works.

Inside every stratum (a year, or a year and field) units keep their numbers of works and works
their numbers of units; see work_sizes. Observed works of a pair are a sum of independent yes/no
draws, one for each work (Poisson-binomial): P(observed or more) and P(observed or fewer) are exact
where the variance is at most 100, else by the normal distribution with continuity correction.
p = twice the smaller of the two; q by Benjamini and Hochberg (1995) over every pair of units with
five works or more each, those too that are not shown (units with fewer can have no tie of five
works, whatever chance does, so leaving them out favours no result). A tie is `more` or `less` at
q <= 0.05.

Units are institutions or countries; a work of one unit gives no tie but counts in the units' works,
so a unit that mostly works alone is expected to have more ties than it has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
import pandas as pd

from bibnet.network.measures.null_model import solve
from bibnet.network.measures.work_sizes import pair_probabilities

# Pairs with fewer works, observed and expected, are not shown: one work more would change them.
FLOOR_WORKS = 5
FALSE_DISCOVERY = 0.05
# Skewness of the sum is below 1/10 above this variance; the normal tail is then close enough.
EXACT_VARIANCE = 100.0
# Rounding of the transform: tails below it are not told apart.
SMALLEST_P = 1e-12
# Units compared pair by pair at most; the pairs of more would not fit into memory.
MOST_UNITS = 5_000
PAIRS_AT_ONCE = 1_000
MORE, LESS, AS_EXPECTED = "more", "less", "as_expected"


@dataclass(frozen=True)
class Expected:
    """The tested pairs and what was done.

    `rows`: unit_a, unit_b (a < b), works, expected, expected_sdsm, ratio, z, p_upper, p_lower, q,
    verdict, method. `units` are those compared, `pairs` theirs, `least_works` the works a compared
    unit has at least, `miss` the largest relative miss of a unit's works
    by the model.
    """

    rows: pd.DataFrame
    units: int
    pairs: int
    least_works: int
    miss: float


@dataclass(frozen=True)
class _Strata:
    """Solved strata one after the other: class of each unit (-1 = not in it), q by class."""

    classes: list[np.ndarray]
    works: list[np.ndarray]
    held: list[np.ndarray]
    free: list[np.ndarray]
    miss: float


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
    ordered = _judged(rows, pairs).sort_values(["unit_a", "unit_b"], ignore_index=True)
    return Expected(ordered, len(names), pairs, least, strata.miss)


def _least_works(works: np.ndarray) -> int:
    """Works that a compared unit has at least: the floor, more where units are too many."""
    if (works >= FLOOR_WORKS).sum() <= MOST_UNITS:
        return FLOOR_WORKS
    return int(np.sort(works)[::-1][MOST_UNITS]) + 1


def _solved(members: pd.DataFrame, names: np.ndarray) -> _Strata:
    classes, works, held, free, miss = [], [], [], [], 0.0
    for _, rows in members.groupby("stratum", sort=True):
        degrees, sizes = rows["unit"].value_counts(), rows["work_key"].value_counts()
        model = solve(degrees.to_numpy(), sizes.to_numpy())
        degree = degrees.reindex(names).to_numpy("float64")
        place = np.searchsorted(model.degree, np.nan_to_num(degree, nan=0))
        classes.append(np.where(np.isnan(degree), -1, place))
        parts, missed = pair_probabilities(model)
        works.append(model.works)
        held.append(np.stack([q for _, q in parts]))
        free.append(np.einsum("ik,jk->kij", model.p, model.p))
        miss = max(miss, missed)
    return _Strata(classes, works, held, free, miss)


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
    strata: _Strata, observed: pd.Series, units: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    total, seen = np.zeros((units, units), "float32"), np.zeros((units, units), "int32")
    for classes, works, held in zip(strata.classes, strata.works, strata.held, strict=True):
        mean = np.tensordot(works.astype("float64"), held, axes=1)
        there = np.flatnonzero(classes >= 0)
        total[np.ix_(there, there)] += mean[np.ix_(classes[there], classes[there])]
    if len(observed):
        seen[observed.index.get_level_values(0), observed.index.get_level_values(1)] = observed
    # A hair below the floor: the exact mean is compared once more where it is computed.
    first, second = np.nonzero(np.triu((total >= FLOOR_WORKS - 0.01) | (seen >= FLOOR_WORKS), 1))
    return first, second, seen[first, second].astype("int64")


def _tested(
    strata: _Strata, first: np.ndarray, second: np.ndarray, works: np.ndarray
) -> pd.DataFrame:
    number = np.concatenate([*strata.works, np.zeros(0, int)]).astype("float64")
    parts = [
        _tested_chunk(strata, number, first[at], second[at], works[at])
        for at in _chunks(len(first))
    ]
    columns = ["works", "expected", "expected_sdsm", "z", "p_upper", "p_lower", "method"]
    return pd.concat([pd.DataFrame(columns=columns), *parts]) if not parts else pd.concat(parts)


def _chunks(number: int) -> Iterator[slice]:
    return (slice(at, at + PAIRS_AT_ONCE) for at in range(0, number, PAIRS_AT_ONCE))


def _tested_chunk(
    strata: _Strata, number: np.ndarray, first: np.ndarray, second: np.ndarray, works: np.ndarray
) -> pd.DataFrame:
    q = _probabilities(strata.held, strata.classes, first, second)
    mean = (q * number).sum(axis=1)
    variance = (q * (1 - q) * number).sum(axis=1)
    exact = variance <= EXACT_VARIANCE
    upper, lower = _normal_tails(works, mean, variance)
    if exact.any():
        upper[exact], lower[exact] = exact_tails(q[exact], number, works[exact])
    spread = np.sqrt(variance)
    return pd.DataFrame(
        {
            "works": works,
            "expected": mean,
            "expected_sdsm": _probabilities(strata.free, strata.classes, first, second) @ number,
            "z": np.divide(works - mean, spread, out=np.full(len(q), np.nan), where=spread > 0),
            "p_upper": np.clip(upper, SMALLEST_P, 1.0),
            "p_lower": np.clip(lower, SMALLEST_P, 1.0),
            "method": np.where(exact, "exact", "normal"),
        }
    )


def _probabilities(
    by_class: list[np.ndarray], classes: list[np.ndarray], first: np.ndarray, second: np.ndarray
) -> np.ndarray:
    """The q of each pair for each class of works of each stratum; 0 where a unit is not in it."""
    columns = []
    for held, place in zip(by_class, classes, strict=True):
        one, other = place[first], place[second]
        there = (one >= 0) & (other >= 0)
        columns.append(np.where(there, held[:, one, other], 0.0).T)
    return np.concatenate(columns, axis=1)


def exact_tails(
    q: np.ndarray, number: np.ndarray, works: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """P(X >= works) and P(X <= works), X the sum of `number` draws with each probability q.

    From the characteristic function on enough points that what lies beyond them is below
    rounding (Hong 2013, Computational Statistics & Data Analysis 59:41).
    """
    mean, spread = q @ number, np.sqrt((q * (1 - q)) @ number)
    reach = float(np.max(np.maximum(mean + 12 * spread, works) + 20))
    points = 1 << int(np.ceil(np.log2(reach + 1)))
    turn = np.exp(-2j * np.pi * np.arange(points // 2 + 1) / points)
    used = q.any(axis=0)
    logs = np.zeros((len(q), len(turn)), complex)
    for probability, times in zip(q[:, used].T, number[used], strict=True):
        factor = 1 + probability[:, None] * (turn - 1)[None, :]
        # A factor of nought (q = 1/2 at the half turn) stays nought in the product.
        logs += times * np.log(np.where(factor == 0, 1e-300, factor))
    chances = np.clip(np.fft.irfft(np.exp(logs), n=points, axis=1), 0.0, 1.0)
    below = np.cumsum(chances, axis=1)
    at = np.arange(len(q))
    # Summed from the far end: 1 - below would lose the small tails.
    above = np.cumsum(chances[:, ::-1], axis=1)[:, ::-1]
    return above[at, works], below[at, works]


_ERFC = np.vectorize(erfc, otypes=[float])


def _normal_tails(
    works: np.ndarray, mean: np.ndarray, variance: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    spread = np.sqrt(np.maximum(variance, 1e-300)) * sqrt(2)
    return _ERFC((works - 0.5 - mean) / spread) / 2, _ERFC((mean - works - 0.5) / spread) / 2


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


def _judged(rows: pd.DataFrame, pairs: int) -> pd.DataFrame:
    upper, lower = rows["p_upper"].to_numpy("float64"), rows["p_lower"].to_numpy("float64")
    q = false_discovery(np.minimum(2 * np.minimum(upper, lower), 1.0), pairs)
    found = np.where(q > FALSE_DISCOVERY, AS_EXPECTED, np.where(upper < lower, MORE, LESS))
    expected = rows["expected"].to_numpy("float64")
    works = rows["works"].to_numpy("float64")
    judged = rows.assign(
        q=q,
        verdict=found,
        ratio=np.divide(works, expected, out=np.full(len(q), np.nan), where=expected > 0),
    )
    return judged[(works >= FLOOR_WORKS) | (expected >= FLOOR_WORKS)].copy()
