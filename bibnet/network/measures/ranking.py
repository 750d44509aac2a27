"""Ranks with ties, and values that differ only by the noise of floating point."""

import numpy as np
import pandas as pd

# Two values this close (relative) are one value: solvers and sums agree to about 1e-12, while
# values of different places in a network of a million nodes lie farther apart.
TIE = 1e-11


def ranks(values: np.ndarray) -> np.ndarray:
    """Rank of each value, the largest first; ties share the smallest rank; NaN has no rank.

    Whole numbers as int64; floats (NaN where undefined) if a value is undefined.
    """
    found = pd.Series(values).rank(ascending=False, method="min").to_numpy()
    return found if np.isnan(found).any() else found.astype("int64")


def settled(values: np.ndarray, noise: float = 0.0) -> np.ndarray:
    """The values with near-equal ones made equal (to the largest of them), undefined ones kept.

    Near-equal: neighbours in falling order that differ by TIE of the larger one, or by
    `noise`. Nodes in equal places of a network then have equal values and one rank, whatever
    the order in which their parts were summed.
    """
    found = np.array(values, dtype="float64")
    known = np.flatnonzero(~np.isnan(found))
    order = known[np.argsort(-found[known], kind="stable")]
    falling = found[order]
    gap = falling[:-1] - falling[1:]
    new = np.concatenate([[True], gap > np.maximum(TIE * np.abs(falling[:-1]), noise)])
    group = np.cumsum(new[: len(order)]) - 1
    found[order] = falling[new[: len(order)]][group] if len(order) else falling
    return found
