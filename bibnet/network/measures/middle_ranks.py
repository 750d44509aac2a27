"""The interval of whole ranks that holds 95 % of the draws of a unit's rank, as nearly as it can.

Ranks are whole numbers, and at the top few of them share all draws. Quantiles leave out at most
2.5 % at each end: with few ranks to choose from they leave out far less, and such intervals hold
the truth in 99 % of cases. Here ranks go one by one, the most extreme first (the fewest draws at it
or beyond), as long as the part that stays comes nearer to 95 %. Where a single rank has nearly all
draws no interval holds less than it.

The interval has all ranks between those that went, also those that no draw has: of n draws and a
truth that is one more of them, the truth is as likely to lie between any two neighbours.
"""

import numpy as np

LEVEL = 0.95
# Of products of parts.
NOISE = 1e-9


def middle_ranks(rank: np.ndarray) -> np.ndarray:
    """Both ends (2, unit) of the middle ranks; `rank` (unit, draw).

    Ranks are rounded to whole ones, from 1.
    """
    whole = np.sort(np.maximum(np.round(rank), 1), axis=1)
    extreme = _beyond(whole)
    kept = extreme > _last_to_go(extreme)[:, None]
    last = kept.shape[1] - 1
    first, final = kept.argmax(axis=1), last - kept[:, ::-1].argmax(axis=1)
    row = np.arange(len(whole))
    low = np.where(first > 0, whole[row, first - 1] + 1, whole[:, 0])
    high = np.where(final < last, whole[row, np.minimum(final + 1, last)] - 1, whole[:, -1])
    return np.stack([low, high])


def _beyond(whole: np.ndarray) -> np.ndarray:
    """How many draws are at a draw's rank or beyond, on the side where they are fewer."""
    draws = whole.shape[1]
    upto = np.broadcast_to(np.arange(1.0, draws + 1), whole.shape)
    differs = whole[:, 1:] != whole[:, :-1]
    edge = np.ones((len(whole), 1), dtype=bool)
    to = np.where(np.hstack([differs, edge]), upto, np.inf)
    before = np.where(np.hstack([edge, differs]), upto - 1, -np.inf)
    at_most = np.minimum.accumulate(to[:, ::-1], axis=1)[:, ::-1]
    at_least = draws - np.maximum.accumulate(before, axis=1)
    return np.asarray(np.minimum(at_most, at_least))


def _last_to_go(extreme: np.ndarray) -> np.ndarray:
    """How extreme the last ranks are that go; -inf where to keep all is as near to LEVEL."""
    sorted_, draws = np.sort(extreme, axis=1), extreme.shape[1]
    gone = np.tile(np.arange(1.0, draws + 1), (len(extreme), 1))
    # All draws of a rank go or none.
    gone[:, :-1][sorted_[:, 1:] == sorted_[:, :-1]] = np.inf
    off = np.abs(draws - gone - LEVEL * draws)
    best, row = off.argmin(axis=1), np.arange(len(extreme))
    nearer = off[row, best] < (1 - LEVEL) * draws - NOISE
    return np.where(nearer, sorted_[row, best], -np.inf)
