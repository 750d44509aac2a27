"""How many works two units have in common by chance, where both keep their numbers of works.

In a stratum works are independent draws of units whose number is the work's size (`work_sizes`),
given how many works each unit has. Of X, the works of units i and j, with p the chance of a unit on
a work and q that of both:

    mean = sum of q
    variance = sum of q (1 - q) - c' D^-1 c

where c are the covariances of X with the works of i and of j, sum of q (1 - p), and D those of the
works of both with each other: i and j keep their works, so what a draw gives them another must
lack. Without the last term the variance is 4 to 60 % too large, in small corpora several times.
Against randomisations that keep both sequences it is right within 1 %
(`tests/benchmarks/expectation.csv`).

Strata add up. The tails are those of the hypergeometric distribution with this mean, this variance
and this largest number: an urn of N balls of which D are marked and n are drawn, n the largest
number, mean n D / N. In one stratum of works of one size it is the exact distribution of two units'
works in common; for sums over strata it has the right first moments and end.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, ndtr

from bibnet.network.measures.null_model import Stratum, solve
from bibnet.network.measures.work_sizes import pair_probabilities

# Variances below this part of the mean are what rounding leaves of none.
NO_VARIANCE = 1e-6
# Variance over that of n draws with returning: 1 is the binomial, an urn without end, of which
# floating point keeps no digits.
LARGEST_PART = 1 - 1e-4
# Numbers of balls this close (relative) to a whole number are it: else an urn ends one ball early.
WHOLE = 1e-9
# Standard deviations from the mean beyond which it does not matter that an urn has an end.
ENDS = 6.0
# A tail is summed until a term adds less than this part of it.
ENOUGH = 1e-13
# Chances below it are not told apart.
SMALLEST_P = 1e-12
HYPERGEOMETRIC, NORMAL, CERTAIN = "hypergeometric", "normal", "certain"


@dataclass(frozen=True)
class PairMoments:
    """Works in common by classes of units (r, r), for two different units of a class too.

    `degree` (r): works of a unit of the class. `mean` and `variance` by chance; `most` that there
    can be; `sdsm` the mean if works keep their size on average only; `miss` the largest relative
    miss of a unit's works by the model.
    """

    degree: np.ndarray
    mean: np.ndarray
    variance: np.ndarray
    most: np.ndarray
    sdsm: np.ndarray
    miss: float


def pair_moments(degrees: np.ndarray, sizes: np.ndarray) -> PairMoments:
    """Moments of a stratum of units with these numbers of works, works of these sizes."""
    model = solve(degrees, sizes)
    found = pair_probabilities(model)
    works, one, both = found.works.astype("float64"), found.one, found.both
    mean = np.tensordot(works, both, axes=1)
    return PairMoments(
        degree=model.degree,
        mean=mean,
        variance=_variance(works, one, both, mean),
        most=_most(model),
        sdsm=(model.p * works) @ model.p.T,
        miss=found.miss,
    )


def _most(model: Stratum) -> np.ndarray:
    tied = int(model.works[model.size > 1].sum())
    smaller = np.minimum.outer(model.degree, model.degree)
    return np.asarray(np.minimum(smaller, tied), dtype="float64")


def _variance(works: np.ndarray, one: np.ndarray, both: np.ndarray, mean: np.ndarray) -> np.ndarray:
    free = np.tensordot(works, both * (1 - both), axes=1)
    own = mean - np.einsum("k,ik,kij->ij", works, one, both)
    spread = (works * one * (1 - one)).sum(axis=1)
    with_other = mean - (works * one) @ one.T
    whole = np.outer(spread, spread) - with_other**2
    held = own**2 * spread[None, :] - 2 * own * own.T * with_other + own.T**2 * spread[:, None]
    # Units that are on every work, or that the other's works decide, leave nothing to chance.
    open_to_chance = whole > NO_VARIANCE * np.maximum(np.outer(spread, spread), 1e-300)
    lost = np.divide(held, whole, out=free.copy(), where=open_to_chance)
    return np.asarray(np.maximum(free - lost, 0.0))


@dataclass(frozen=True)
class Tails:
    """`upper` P(X >= works), `lower` P(X <= works), `exactly` P(X = works), and the method."""

    upper: np.ndarray
    lower: np.ndarray
    exactly: np.ndarray
    method: np.ndarray

    @property
    def p(self) -> np.ndarray:
        """Two-sided p: twice the smaller tail, of what is observed a half (mid-p; Lancaster 1961).

        A whole number is never uniform: with the whole of what is observed p would be too large.
        """
        half = self.exactly / 2
        above, below = np.maximum(self.upper - half, half), np.maximum(self.lower - half, half)
        return np.asarray(np.clip(2 * np.minimum(above, below), SMALLEST_P, 1.0))


def tails(works: np.ndarray, mean: np.ndarray, variance: np.ndarray, most: np.ndarray) -> Tails:
    """Tails of the works of pairs with these moments; chances below SMALLEST_P are SMALLEST_P.

    `hypergeometric`; `normal`, with continuity correction, where the ends of the urn are within
    ENDS standard deviations and not those that the works have; `certain` (all tails 1) where
    nothing is left to chance.
    """
    number = works.astype("float64")
    upper, lower, exactly = (np.ones(len(works)) for _ in range(3))
    free = variance > NO_VARIANCE * mean
    urn = np.ones((3, len(works)))
    urn[:, free] = _urn(mean[free], variance[free], most[free])
    fits = free & _wide(urn, mean, np.sqrt(variance))
    upper[fits], lower[fits], exactly[fits] = _hypergeometric(number[fits], urn[:, fits])
    other = free & ~fits
    found = _normal(number[other], mean[other], variance[other])
    upper[other], lower[other], exactly[other] = found
    method = np.select([fits, other], [HYPERGEOMETRIC, NORMAL], CERTAIN).astype(object)
    return Tails(
        np.clip(upper, SMALLEST_P, 1.0),
        np.clip(lower, SMALLEST_P, 1.0),
        np.clip(exactly, 0.0, 1.0),
        method,
    )


def _normal(
    number: np.ndarray, mean: np.ndarray, variance: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    spread = np.sqrt(variance)
    upper, lower = ndtr((mean - number + 0.5) / spread), ndtr((number + 0.5 - mean) / spread)
    return upper, lower, np.minimum(np.maximum(upper + lower - 1, 0.0), np.minimum(upper, lower))


def _urn(mean: np.ndarray, variance: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Balls, marked balls and draws; variance = n a (1 - a) (N - n) / (N - 1), a = D / N."""
    marked = mean / most
    part = np.minimum(variance / (most * marked * (1 - marked)), LARGEST_PART)
    balls = (most - part) / (1 - part)
    return np.stack([_whole(balls), _whole(marked * balls), most])


def _whole(number: np.ndarray) -> np.ndarray:
    nearest = np.round(number)
    return np.where(np.abs(number - nearest) <= WHOLE * nearest, nearest, number)


def _wide(urn: np.ndarray, mean: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """The urn ends where the works do, or so far away that it does not matter."""
    balls, marked, drawn = urn
    above = (marked >= drawn) | (marked > mean + ENDS * spread)
    least = drawn - (balls - marked)
    return np.asarray(above & ((least <= 0) | (least < mean - ENDS * spread)))


def _hypergeometric(
    number: np.ndarray, urn: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    balls, marked, drawn = urn
    ends = drawn - (balls - marked), np.minimum(marked, drawn)
    here = np.where((number >= ends[0]) & (number <= ends[1]), _chance(number, urn, ends), 0.0)
    beyond, before = _sum(number, here, 1, urn), _sum(number, here, -1, urn)
    beyond, before = (
        np.where(number < ends[0], 1.0, beyond),
        np.where(number > ends[1], 1.0, before),
    )
    # The smaller tail is summed, the larger is what is left: of both sums it has the less error.
    above = beyond < before
    upper = np.where(above, beyond + here, 1 - before)
    return upper, np.where(above, 1 - beyond, before + here), here


def _chance(number: np.ndarray, urn: np.ndarray, ends: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """P(X = number), numbers beyond the ends taken for the ends."""
    balls, marked, drawn = urn
    inside = np.clip(number, np.maximum(ends[0], 0), ends[1])
    log = (
        _log_choose(marked, inside)
        + _log_choose(balls - marked, drawn - inside)
        - _log_choose(balls, drawn)
    )
    return np.asarray(np.exp(np.minimum(log, 0.0)))


def _log_choose(whole: np.ndarray, part: np.ndarray) -> np.ndarray:
    """Logarithm of the ways to choose, of real numbers too."""
    return np.asarray(-np.log1p(whole) - betaln(whole - part + 1, part + 1))


def _sum(number: np.ndarray, here: np.ndarray, step: int, urn: np.ndarray) -> np.ndarray:
    """Sum of the chances beyond a number, upwards (step 1) or downwards (-1)."""
    total = np.zeros(len(number))
    left = np.arange(len(number))
    at, term = number, here
    while len(left):
        balls, marked, drawn = urn[:, left]
        low = at if step > 0 else at - 1
        up = (marked - low) * (drawn - low)
        down = (low + 1) * (balls - marked - drawn + low + 1)
        term = term * np.maximum(up / down if step > 0 else down / np.maximum(up, 1e-300), 0.0)
        total[left] += term
        at = at + step
        more = (term > ENOUGH * total[left]) & (at > 0) & (at < drawn)
        left, at, term = left[more], at[more], term[more]
    return total
