"""Poisson numbers of mean 1: how often a work counts in a corpus drawn anew."""

import math

import numpy as np

BITS = 32  # of the chance behind a number
# P(at least k), k = 1, 2, ..., of 2^32; beyond the last one it is less than one of them.
AT_LEAST = tuple(
    round(2**BITS * math.exp(-1) * sum(1 / math.factorial(n) for n in range(k, k + 20)))
    for k in range(1, 13)
)


def poisson_numbers(chance: np.random.Generator, size: int) -> np.ndarray:
    """So many independent Poisson numbers of mean 1, as uint8.

    A number is the count of k for which a uniform whole number below 2^32 is less than
    2^32 P(at least k): right to 2^-32 in every probability, at a quarter of the time of a method
    that draws for every mean.
    """
    uniform = chance.integers(0, 2**BITS, size, dtype=np.uint32)
    numbers = np.zeros(size, dtype=np.uint8)
    for bound in AT_LEAST:
        numbers += uniform < bound
    return numbers
