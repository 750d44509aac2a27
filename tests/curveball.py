"""Exact randomisation of a bipartite network: trades that keep both degree sequences.

Curveball (Strona et al. 2014, Nature Communications 5:4114): two units swap works that only one
of them has, each keeping its number. Uniform over all networks with these degrees (Carstens 2015).
"""

from collections.abc import Iterator

import numpy as np


def mean_pairs(network: np.ndarray, samples: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of the works of every pair; `network` is 0/1, unit x work."""
    total = np.zeros((len(network), len(network)))
    squares = np.zeros_like(total)
    for pairs in drawn_pairs(network, samples, seed):
        total += pairs
        squares += pairs**2
    mean = total / samples
    return mean, np.sqrt(np.maximum(squares / samples - mean**2, 0))


def drawn_pairs(network: np.ndarray, samples: int, seed: int) -> Iterator[np.ndarray]:
    """Works of every pair in each of so many randomised networks."""
    chance = np.random.default_rng(seed)
    held = [set(np.flatnonzero(row).tolist()) for row in network]
    for _ in range(50 * len(held)):
        trade(held, chance)
    for _ in range(samples):
        for _ in range(3 * len(held)):
            trade(held, chance)
        drawn = np.zeros(network.shape, dtype="float32")
        for row, works in enumerate(held):
            drawn[row, list(works)] = 1
        yield (drawn @ drawn.T).astype("float64")


def trade(held: list[set[int]], chance: np.random.Generator) -> None:
    """Let two units deal out again the works that only one of them has."""
    one, other = chance.integers(len(held), size=2)
    if one == other:
        return
    common = held[one] & held[other]
    pool = chance.permutation(sorted(held[one] ^ held[other])).tolist()
    own = len(held[one]) - len(common)
    held[one], held[other] = common | set(pool[:own]), common | set(pool[own:])
