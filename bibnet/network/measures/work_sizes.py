"""Pairs by chance where every work keeps its number of units exactly.

Maximum entropy given the size of each work and the mean number of works of each unit: the units of
a work of size n are Bernoulli draws with odds o_i, given that n of them are drawn (conditional
Bernoulli; Chen, Dempster, Liu 1994, Biometrika 81:457). With f the distribution of the number drawn
and f without i, j that of the others:

    P(i on a work of n) = p_i f_without_i(n - 1) / f(n)
    P(i and j on it) = p_i p_j f_without_ij(n - 2) / f(n),   p = o / (1 + o)

The odds are fitted so that P summed over the works is the unit's number of works. A common factor
of all odds changes nothing; it is set so that the largest work is a usual one, which keeps every
number far from rounding. In networks small enough to be randomised exactly the pairs are those of
the randomisation within its error (tests).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate

import numpy as np

from bibnet.network.measures.null_model import Stratum, certain

# Largest relative miss of a unit's works at which the odds count as found.
CLOSE = 1e-7
FITTING_STEPS = 1_000
# A unit is taken out of a distribution by division up to these odds; above them rounding grows,
# and the others are put together anew.
DIVISIBLE_ODDS = 0.5


@dataclass(frozen=True)
class _Open:
    """Classes with a choice: works of each unit (r), units of a class (r); size and number (c)."""

    degree: np.ndarray
    units: np.ndarray
    size: np.ndarray
    works: np.ndarray


@dataclass(frozen=True)
class PairProbabilities:
    """Chances by class of works (c) and of units (r), all works of a class alike.

    `works` (c): how many; `one` (r, c): a unit is on a work; `both` (c, r, r): two different units
    are; `miss`: largest relative miss of a unit's works. A work of one unit has no pair.
    """

    works: np.ndarray
    one: np.ndarray
    both: np.ndarray
    miss: float


def pair_probabilities(stratum: Stratum) -> PairProbabilities:
    """Chances of units and of pairs on the works of a solved stratum."""
    p, open_units, open_works, (left, room) = certain(
        stratum.degree, stratum.units, stratum.size, stratum.works
    )
    single, miss = p, 0.0
    if not (open_units.any() and open_works.any()):
        double = np.einsum("ik,jk->kij", single, single)
        return PairProbabilities(stratum.works, single, double, miss)
    size = room.round().astype("int64")
    free = _Open(left, stratum.units[open_units], size, stratum.works[open_works])
    odds, miss = _odds(free)
    single[np.ix_(open_units, open_works)] = _alone(free, odds)
    double = np.einsum("ik,jk->kij", single, single)
    for place, q in zip(np.flatnonzero(open_works), _together(free, odds), strict=True):
        double[place][np.ix_(open_units, open_units)] = q
    return PairProbabilities(stratum.works, single, double, miss)


def _odds(free: _Open) -> tuple[np.ndarray, float]:
    """Odds of each class, by proportional fitting."""
    odds = free.degree / (free.works.sum() - free.degree + 0.5)
    miss = float("inf")
    for _ in range(FITTING_STEPS):
        odds = _usual(odds, free)
        fit = free.degree / (_alone(free, odds) * free.works).sum(axis=1)
        miss = float(np.abs(1 / fit - 1).max())
        if miss < CLOSE:
            break
        odds = odds * fit
    return odds, miss


def _usual(odds: np.ndarray, free: _Open) -> np.ndarray:
    """The odds times the factor that makes the largest work (or half of all units) the mean."""
    wanted = min(float(free.size.max()), free.units.sum() / 2)
    for _ in range(6):
        odds = odds * (wanted / float((free.units * odds / (1 + odds)).sum()))
    return odds


def _alone(free: _Open, odds: np.ndarray) -> np.ndarray:
    """P(unit on a work) by class and size (r, c)."""
    top = int(free.size.max())
    whole, without = _distributions(odds, free.units, top)
    p = odds / (1 + odds)
    return np.asarray(p[:, None] * without[:, free.size - 1] / whole[free.size])


def _together(free: _Open, odds: np.ndarray) -> Iterator[np.ndarray]:
    """P(both units on a work) by classes, for each size."""
    top = int(free.size.max())
    whole, without = _distributions(odds, free.units, top)
    p = odds / (1 + odds)
    pairs = _without_two(odds, free.units, without)
    for size in free.size:
        if size < 2:
            yield np.zeros((len(p), len(p)))
        else:
            yield np.outer(p, p) * pairs[:, :, size - 2] / whole[size]


def _distributions(odds: np.ndarray, units: np.ndarray, top: int) -> tuple[np.ndarray, np.ndarray]:
    """Distribution of the number drawn, 0 to top, of all units and without one of each class."""
    parts = _binomials(odds, units, top)
    *before, whole = accumulate(parts, _both)
    without = _divided(np.broadcast_to(whole, parts.shape), odds)
    for place in map(int, np.flatnonzero(odds > DIVISIBLE_ODDS)):
        fewer = _one_fewer(parts, odds, units, [place])[place:]
        # What stands before the class is put together as it was.
        without[place] = _joined([before[place - 1], *fewer] if place else fewer)
    return whole, without


def _without_two(odds: np.ndarray, units: np.ndarray, without: np.ndarray) -> np.ndarray:
    """Distributions without a unit of class i and one of class j (r, r, top + 1)."""
    top = without.shape[1] - 1
    found = np.empty((len(odds), len(odds), top + 1))
    for place, odd in enumerate(odds):
        found[:, place] = _divided(without, np.full(len(odds), odd))
    large = np.flatnonzero(odds > DIVISIBLE_ODDS)
    small = np.flatnonzero(odds <= DIVISIBLE_ODDS)
    found[np.ix_(small, large)] = found[np.ix_(large, small)].transpose(1, 0, 2)
    parts = _binomials(odds, units, top)
    for one in large:
        for other in large[large <= one]:
            left = _one_fewer(parts, odds, units, [int(one), int(other)])
            found[one, other] = found[other, one] = _joined(left)
    return found


def _one_fewer(
    parts: np.ndarray, odds: np.ndarray, units: np.ndarray, places: list[int]
) -> np.ndarray:
    fewer = units.copy()
    for place in places:
        # A class of one unit has no pair within itself: what stands there is never read.
        fewer[place] = max(fewer[place] - 1, 0)
    changed = parts.copy()
    changed[places] = _binomials(odds[places], fewer[places], parts.shape[1] - 1)
    return changed


def _binomials(odds: np.ndarray, units: np.ndarray, top: int) -> np.ndarray:
    """Distribution of the number drawn of each class, 0 to top (r, top + 1)."""
    step = np.arange(top)
    growth = np.maximum(units[:, None] - step, 0) / (step + 1) * odds[:, None]
    nothing = np.exp(-units * np.log1p(odds))[:, None]
    return np.asarray(nothing * np.cumprod(np.column_stack([np.ones(len(odds)), growth]), axis=1))


def _joined(parts: Iterable[np.ndarray]) -> np.ndarray:
    """Distribution of the number drawn of several parts together, as far as theirs go."""
    return reduce(_both, parts)


def _both(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.convolve(one, other)[: len(one)]


def _divided(whole: np.ndarray, odds: np.ndarray) -> np.ndarray:
    """Distributions without one draw of these odds, row by row.

    From f(k) = (g(k) + o g(k-1)) / (1 + o), g the distribution without the draw.
    """
    found: np.ndarray = whole * (1 + odds)[:, None]
    for k in range(1, whole.shape[1]):
        found[:, k] -= odds * found[:, k - 1]
    return found
