"""Stability intervals: how much a mean moves when the works are drawn anew, with replacement.

1,000 samples of as many works, 2.5 and 97.5 percentiles of the weighted mean, as in the CWTS
Leiden Ranking. They are no sampling error of a census: they say how much a number hangs on single
works.
"""

from zlib import crc32

import numpy as np

SAMPLES = 1_000
PERCENTILES = (2.5, 97.5)
# From one work every sample is that work: the interval would look sure of itself.
FEWEST_WORKS = 2
# Draws held at once, so that a million works need no more memory than a thousand.
DRAWS_AT_ONCE = 4_000_000


def weighted_mean(values: np.ndarray, weights: np.ndarray) -> float:
    """Sum of weight * value / sum of weight over the defined values; NaN where there is none.

    The same for every order of the rows.
    """
    known = ~np.isnan(values)
    order = np.lexsort((weights[known], values[known]))
    chosen, parts = values[known][order], weights[known][order]
    whole = float(parts.sum())
    return float((chosen * parts).sum()) / whole if whole > 0 else float("nan")


def stability_interval(
    values: np.ndarray, weights: np.ndarray, *, seed: int, name: str
) -> tuple[float, float]:
    """Bootstrap interval of the weighted mean over the defined values.

    `name` tells the samples of one number from those of another, so that a number's interval does
    not depend on which others are computed. NaN from fewer than two defined values.
    """
    known = ~np.isnan(values)
    if known.sum() < FEWEST_WORKS:
        return float("nan"), float("nan")
    order = np.lexsort((weights[known], values[known]))
    means = resampled_means(values[known][order], weights[known][order], generator(seed, name))
    low, high = np.percentile(means[~np.isnan(means)], PERCENTILES)
    return float(low), float(high)


def generator(seed: int, name: str) -> np.random.Generator:
    """A stream of chance of its own for a named number."""
    return np.random.default_rng([seed, crc32(name.encode())])


def resampled_means(
    values: np.ndarray, weights: np.ndarray, chance: np.random.Generator
) -> np.ndarray:
    """Weighted means of SAMPLES samples with replacement; NaN where a sample weighs nothing."""
    number = len(values)
    at_once = max(1, DRAWS_AT_ONCE // number)
    products, means = values * weights, []
    for start in range(0, SAMPLES, at_once):
        draw = chance.integers(number, size=(min(at_once, SAMPLES - start), number))
        whole = weights[draw].sum(axis=1)
        total = products[draw].sum(axis=1)
        means.append(np.divide(total, whole, out=np.full(len(draw), np.nan), where=whole > 0))
    return np.concatenate(means)
