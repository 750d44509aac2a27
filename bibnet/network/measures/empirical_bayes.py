"""Expected strength of each unit: what it would be if works were drawn again and again for ever.

A corpus is a sample of works. A unit with few works has more or fewer links than it can expect,
and units that no work of the corpus has stand somewhere in the ranking too. Empirical Bayes says
how much of a unit's strength is chance, from all units together (Efron 2014, Statistical Science
29:285):

- Works: each work weighs an exponential draw (Bayesian bootstrap; Rubin 1981, Annals of Statistics
  9:130), so that a unit's expected works are spread as the likelihood of a Poisson number is on the
  logarithmic scale. The density of the expected works of all units, found by EM with smoothing
  (Silverman et al. 1990, Journal of the Royal Statistical Society B 52:271), says how likely each
  draw is. A unit's draws are moved to the quantiles of what is likely, in the order they have: what
  units have in common in a draw, the works that they share, they keep.
- A unit that can expect x works is missing from the corpus with probability exp(-x), so one that is
  there stands for 1 / (1 - exp(-x)).
- Links of a work: the mean of the unit's own works and of `credibility` works of units like it, the
  Buehlmann constant: variance between the works of a unit over variance between units. How far that
  mean may be from the truth is drawn from the works of all units like it, own ones and
  `credibility` together. One work of forty institutions gives each of them 39 links; five small
  works do not say that none will come. Units are alike that have as many works, within a factor of
  two: small units come into a corpus by its large works, and have more links in a work than large
  ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

# Works of like units that a unit's own are averaged with, at least and at most: the estimate is a
# ratio of variances, and wild where units hardly differ.
LEAST_CREDIBILITY, MOST_CREDIBILITY = 1, 250
# Works (one counts for each of its units) that units alike have together, at least: the variances
# of fewer say little.
LEAST_ALIKE = 500
# Sums of works of like units, drawn beforehand: each draw of each unit takes one.
POOLED_SUMS = 2_000
# Works drawn at a time for them; a million corpus works would fill a gigabyte at once. The same
# numbers come, however many at a time.
DRAWN_AT_ONCE = 1_000_000
# Links of a work, at least: a work behind a tie gives one.
LEAST_LINKS = 1.0
# Expected works are told apart on a logarithmic scale of this many steps, smoothed over SMOOTH.
STEPS, SMOOTH = 80, 5
ITERATIONS = 100
# Expected works of a unit, at least and in parts of the most works that one has: a unit that can
# expect fewer is there once in fifty corpora.
LEAST_WORKS, MOST_WORKS = 0.02, 1.5
TINY = 1e-30


@dataclass(frozen=True, eq=False)
class Levels:
    """Draws of the expected strength of each unit that has a tie, all equally likely.

    `level` (unit, draw): links per corpus of this size; `stands_for` (unit, draw): units of that
    level, missing ones too, for each that is there.
    """

    level: np.ndarray
    stands_for: np.ndarray


def expected_levels(
    links: sparse.csr_array, own: np.ndarray, works: np.ndarray, chance: np.random.Generator
) -> Levels:
    """Draws of the units' expected strength from their resampled links and works.

    `links` (unit, work): links that the work gives the unit, nowhere zero for all works. `own` and
    `works` (unit, draw): the unit's links and works where each work weighs an exponential draw.
    """
    likely = _density(np.diff(links.indptr), np.log(works))
    expected = _at_quantiles(works, likely)
    of_a_work = links_of_a_work(links, own, works, chance)
    return Levels(expected * of_a_work, 1 / _there(expected))


def _at_quantiles(value: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Values (unit, draw) moved to the quantiles of the weighted ones, a unit's order kept."""
    order = np.argsort(value, axis=1, kind="stable")
    sorted_, part = (np.take_along_axis(values, order, axis=1) for values in (value, weight))
    upto = np.cumsum(part, axis=1, dtype="float64")
    middle = (upto - part / 2) / upto[:, -1:]
    asked = (np.arange(value.shape[1]) + 0.5) / value.shape[1]
    moved = np.empty_like(value)
    for unit, place in enumerate(order):
        moved[unit, place] = np.interp(asked, middle[unit], sorted_[unit])
    return moved


def credibility(links: sparse.csr_array) -> int:
    """How many works of these units weigh as much as one unit's own: within / between variance.

    Of the links of a work, by analysis of variance (Buehlmann, Straub 1970): where units differ no
    more than chance makes them, the most; where all works are alike, the least.
    """
    works = np.diff(links.indptr).astype("float64")
    total, squares = links.sum(axis=1), links.multiply(links).sum(axis=1)
    number, units = works.sum(), len(works)
    within = float((squares - total**2 / works).sum() / max(number - units, 1))
    mean = total.sum() / number
    spread = float((works * (total / works - mean) ** 2).sum()) - (units - 1) * within
    between = spread / max(number - float((works**2).sum()) / number, 1.0)
    if within <= 0:
        return LEAST_CREDIBILITY
    if between <= within / MOST_CREDIBILITY:
        return MOST_CREDIBILITY
    return max(LEAST_CREDIBILITY, round(float(within / between)))


def links_of_a_work(
    links: sparse.csr_array, own: np.ndarray, works: np.ndarray, chance: np.random.Generator
) -> np.ndarray:
    """Draws of the links that a work gives each unit in the long run (unit, draw).

    `own` and `works` (unit, draw): links and works of the units in each draw, as in
    `expected_levels`. They move the mean of units alike, which is itself not known better; where no
    work of theirs is drawn it is that of all of them.
    """
    number, total = np.diff(links.indptr), np.asarray(links.sum(axis=1))
    found = np.empty(own.shape, dtype="float32")
    for alike in _alike(number):
        theirs, more = links[alike].data, credibility(links[alike])
        weight = (number[alike] + more)[:, None]
        given, drawn = own[alike].sum(axis=0), works[alike].sum(axis=0)
        pooled = np.divide(given, drawn, out=np.full(given.shape, theirs.mean()), where=drawn > 0)
        mean = (total[alike][:, None] + more * pooled) / weight
        off = _means_off(theirs, more + int(np.median(number[alike])), chance)
        part = off[chance.integers(0, POOLED_SUMS, mean.shape)] / np.sqrt(weight)
        found[alike] = np.maximum(mean * (1 + part), LEAST_LINKS)
    return found


def _means_off(links: np.ndarray, works: int, chance: np.random.Generator) -> np.ndarray:
    """How far means of so many of these works are off, in parts of the mean, times root works."""
    at_once = max(DRAWN_AT_ONCE // works, 1)
    means = [
        links[chance.integers(0, len(links), (min(at_once, POOLED_SUMS - start), works))].mean(
            axis=1
        )
        for start in range(0, POOLED_SUMS, at_once)
    ]
    return np.asarray((np.concatenate(means) / links.mean() - 1) * np.sqrt(works))


def _alike(works: np.ndarray) -> Iterator[np.ndarray]:
    """Units with as many works within a factor of two; with fewer ones, to have LEAST_ALIKE."""
    order = np.argsort(-works, kind="stable")
    doubled = np.floor(np.log2(works[order]))
    total, start = np.cumsum(works[order]), 0
    for last in np.flatnonzero(np.append(doubled[1:] != doubled[:-1], True)).tolist():
        left = total[-1] - total[last]
        enough = total[last] - (total[start - 1] if start else 0) >= LEAST_ALIKE
        if last == len(order) - 1 or (enough and left >= LEAST_ALIKE):
            yield order[start : last + 1]
            start = last + 1


def _density(works: np.ndarray, log_expected: np.ndarray) -> np.ndarray:
    """Density of the units by the logarithm of their expected works, at the draws.

    By EM with smoothing from the units' works, which are Poisson numbers above nought.
    """
    number, units = np.unique(works, return_counts=True)
    edges = np.linspace(np.log(LEAST_WORKS), np.log(number[-1] * MOST_WORKS), STEPS + 1)
    middle = (edges[1:] + edges[:-1]) / 2
    expected = np.exp(middle)
    log_chance = number[:, None] * middle - expected - np.log(_there(expected))
    chance = np.exp(log_chance - log_chance.max(axis=1, keepdims=True))
    found = np.full(STEPS, 1 / STEPS)
    for _ in range(ITERATIONS):
        share = units / np.maximum(chance @ found, TINY)
        found = _smoothed(found * (share @ chance) / units.sum())
    # Of all units, those too that the corpus does not hold: as many more as are missing.
    found = found / _there(expected)
    return np.asarray(np.interp(log_expected, middle, found), dtype="float32")


def _there(expected: np.ndarray) -> np.ndarray:
    """Chance that a unit that can expect so many works is in the corpus."""
    return np.asarray(-np.expm1(-np.maximum(expected, LEAST_WORKS)))


def _smoothed(density: np.ndarray) -> np.ndarray:
    padded = np.pad(density, SMOOTH // 2, mode="edge")
    smooth = np.convolve(padded, np.full(SMOOTH, 1 / SMOOTH), "valid")
    return np.asarray(smooth / smooth.sum())
