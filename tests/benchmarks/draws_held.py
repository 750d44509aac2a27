"""How many of a unit's drawn ranks its interval holds, and how few an interval could hold.

Ranks are whole numbers: where a single rank has more than 95 % of the draws no interval holds less.
"""

import numpy as np
import pandas as pd

from bibnet.network.measures import resampling
from bibnet.network.measures.middle_ranks import middle_ranks
from bibnet.network.measures.resampling import RANKED, TieWorks, rank_intervals
from bibnet.network.measures.weighted import WeightedNetwork

Draws = dict[str, np.ndarray]


def with_draws(network: WeightedNetwork, ties: TieWorks) -> tuple[pd.DataFrame, Draws]:
    """The intervals, and by measure the drawn ranks (unit, draw).

    Of the units with FEWEST_WORKS, as `rank_intervals` hands them to `middle_ranks`.
    """
    seen: list[np.ndarray] = []

    def looked_at(rank: np.ndarray) -> np.ndarray:
        seen.append(rank)
        return middle_ranks(rank)

    resampling.middle_ranks = looked_at
    try:
        found = rank_intervals(network, ties, seed=1)
    finally:
        resampling.middle_ranks = middle_ranks
    return found, dict(zip(RANKED, seen or [np.zeros((0, 0))] * len(RANKED), strict=True))


def parts_held(
    rank: np.ndarray,
    own: np.ndarray,
    ends: tuple[np.ndarray, np.ndarray],
    least: float,
) -> dict[str, np.ndarray]:
    """`held`: part of each unit's draws in its interval; `least_held`: the least one can hold.

    The least: of all intervals of whole ranks that hold the own rank and `least` or more.
    """
    found = {name: np.empty(len(own)) for name in ("held", "least_held")}
    for unit, drawn in enumerate(rank):
        whole, number = np.unique(np.maximum(np.round(drawn), 1), return_counts=True)
        mass = number / len(drawn)
        inside = (whole >= ends[0][unit]) & (whole <= ends[1][unit])
        found["held"][unit] = mass[inside].sum()
        found["least_held"][unit] = least_mass(whole, mass, own[unit], least)
    return found


def least_mass(whole: np.ndarray, mass: np.ndarray, own: float, least: float) -> float:
    """Smallest mass of an interval of ranks that has `least` or more and holds the own rank.

    `whole`: ranks, rising, with their `mass`; the own rank need not be among them.
    """
    upto = np.concatenate([[0.0], np.cumsum(mass)])
    # Ranks that go below: none, one, ... all those under the own rank.
    start = upto[: int(np.searchsorted(whole, own)) + 1]
    needed = int(np.searchsorted(whole, own, side="right"))
    stop = np.maximum(np.searchsorted(upto, start + least - 1e-9), needed)
    there = stop < len(upto)
    return float((upto[stop[there]] - start[there]).min())
