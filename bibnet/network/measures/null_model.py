"""Chance in a bipartite network (unit x work) of which only the degrees are known.

The maximum-entropy model that keeps both degree sequences on average (BiCM; Saracco et al. 2015,
Scientific Reports 5:10595; as a null model of projections: SDSM, Neal 2014, Social Networks 39:84):
p_ik = x_i y_k / (1 + x_i y_k), sum over k of p_ik = works of i, sum over i of p_ik = units of k.
Units of equal degree share x and works of equal size share y, so a stratum of any size has a few
hundred unknowns, solved by Newton's method.

Its pairs, E = sum over k of p_ik p_jk, are those of works whose size varies: a work of two may have
none or five. Summed over all pairs E is then about twice the ties there
are where most works have two units. `work_sizes` keeps the sizes exactly, and is what ties are
compared with; the SDSM stands beside it.
"""

from dataclasses import dataclass

import numpy as np

# Largest relative miss of a degree at which the model counts as solved.
TOLERANCE = 1e-9
NEWTON_STEPS = 200
# A step in the logarithm of x: more is a jump out of where the quadratic model holds.
LONGEST_STEP = 4.0
RIDGE = 1e-10


@dataclass(frozen=True)
class Stratum:
    """The solved model of one stratum, by classes of equal degree.

    `degree` (r) of the classes of units and `units` (r) how many they are; `size` (c) of the
    classes of works and `works` (c) how many; `p` (r, c); `miss` the largest relative miss of a
    degree.
    """

    degree: np.ndarray
    units: np.ndarray
    size: np.ndarray
    works: np.ndarray
    p: np.ndarray
    miss: float


def solve(degrees: np.ndarray, sizes: np.ndarray) -> Stratum:
    """The model for units with these numbers of works and works with these numbers of units."""
    degree, units = np.unique(degrees, return_counts=True)
    size, works = np.unique(sizes, return_counts=True)
    p, free_units, free_works, rest = certain(degree, units, size, works)
    if free_units.any() and free_works.any():
        block = np.ix_(free_units, free_works)
        p[block] = _newton(*rest, units[free_units], works[free_works])
    missed = [
        np.abs(p @ works - degree) / np.maximum(degree, 1),
        np.abs(units @ p - size) / np.maximum(size, 1),
    ]
    return Stratum(degree, units, size, works, p, float(max(part.max() for part in missed)))


def certain(
    degree: np.ndarray, units: np.ndarray, size: np.ndarray, works: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Settle what has no choice: units on every work or on none, works with every unit or none.

    Returns p with 0 and 1 where settled, the classes still free, and what is left of their degrees.
    """
    p = np.zeros((len(degree), len(size)))
    left, room = degree.astype("float64"), size.astype("float64")
    open_units, open_works = np.ones(len(degree), bool), np.ones(len(size), bool)
    while True:
        number_works, number_units = works[open_works].sum(), units[open_units].sum()
        everywhere = open_units & (left == number_works)
        nowhere = open_units & (left == 0)
        if (everywhere | nowhere).any():
            p[np.ix_(everywhere, open_works)] = 1.0
            room[open_works] -= units[everywhere].sum()
            open_units &= ~(everywhere | nowhere)
            continue
        full, bare = open_works & (room == number_units), open_works & (room == 0)
        if not (full | bare).any():
            return p, open_units, open_works, (left[open_units], room[open_works])
        p[np.ix_(open_units, full)] = 1.0
        left[open_units] -= works[full].sum()
        open_works &= ~(full | bare)


def _newton(
    degree: np.ndarray, size: np.ndarray, units: np.ndarray, works: np.ndarray
) -> np.ndarray:
    """Solve the classes' p from the concave likelihood: Newton, a step halved where it fails."""
    links = float((degree * units).sum())
    point = np.concatenate([np.log(degree), np.log(size) - np.log(links)])
    weight = np.outer(units, works)
    wanted = np.concatenate([degree * units, size * works])
    rows = len(degree)
    for _ in range(NEWTON_STEPS):
        p = _odds(point, rows)
        held = weight * p
        gradient = wanted - np.concatenate([held.sum(axis=1), held.sum(axis=0)])
        if np.abs(gradient / wanted).max() < TOLERANCE:
            break
        step = _step(held * (1 - p), gradient)
        point = _uphill(point, step, wanted, weight)
    return _odds(point, rows)


def _odds(point: np.ndarray, rows: int) -> np.ndarray:
    total = point[:rows, None] + point[None, rows:]
    return np.asarray(1 / (1 + np.exp(-np.clip(total, -700, 700))))


def _step(spread: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    by_row, by_column = spread.sum(axis=1), spread.sum(axis=0)
    curve = np.block([[np.diag(by_row), spread], [spread.T, np.diag(by_column)]])
    # A constant moved from x to y changes nothing: the ridge takes that freedom away.
    curve[np.diag_indices_from(curve)] *= 1 + RIDGE
    curve[np.diag_indices_from(curve)] += RIDGE * max(float(curve.max()), 1e-300)
    step = np.linalg.solve(curve, gradient)
    return step * min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), 1e-300))


def _uphill(
    point: np.ndarray, step: np.ndarray, wanted: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    start = _likelihood(point, wanted, weight)
    length = 1.0
    while length > 1e-6 and _likelihood(point + length * step, wanted, weight) < start:
        length /= 2
    return point + length * step


def _likelihood(point: np.ndarray, wanted: np.ndarray, weight: np.ndarray) -> float:
    total = point[: weight.shape[0], None] + point[None, weight.shape[0] :]
    return float(wanted @ point - (weight * np.logaddexp(0, total)).sum())
