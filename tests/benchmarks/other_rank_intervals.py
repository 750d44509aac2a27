"""The other ways there are to intervals of the ranks of strength, to be compared with bibnet's.

- percentile, bayesian: middle 95 % of the ranks in resampled corpora, works drawn with replacement
  or weighed by exponential draws.
- m_of_n: the same from half as many works without replacement.
- pairwise: confidence sets from the differences of a unit with all others (Mogstad, Romano, Shaikh,
  Wilhelm 2024, Review of Economic Studies 91:476), each of the differences studentised, the
  largest's quantile by the bootstrap.
- joint: from intervals of all values at once (Klein, Wright, Wieczorek 2020, Journal of the Royal
  Statistical Society A 183:589), Bonferroni.
"""

from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from scipy import sparse

from bibnet.network.measures import ranks
from bibnet.network.measures.resampling import FEWEST_WORKS, TieWorks
from bibnet.network.measures.weighted import WeightedNetwork

DRAWS, SEED = 200, 7
MOST_UNITS_OF_PAIRWISE = 4_000
Ends = tuple[np.ndarray, np.ndarray]


def strengths(network: WeightedNetwork, ties: TieWorks, weights: np.ndarray) -> np.ndarray:
    """Strength of each unit in each draw, from the weights of the works (work, draw)."""
    ones = np.ones(len(ties.work))
    shape = (network.edges, weights.shape[0])
    behind = sparse.csr_array((ones, (ties.edge, ties.work)), shape)
    ends = np.concatenate([network.source, network.target])
    edge = np.tile(np.arange(network.edges), 2)
    at = sparse.csr_array((np.ones(len(edge)), (ends, edge)), (network.nodes, network.edges))
    return np.asarray(at @ (behind @ weights))


def works_by_unit(network: WeightedNetwork, ties: TieWorks) -> np.ndarray:
    """Works with a tie of each unit."""
    unit = np.concatenate([network.source[ties.edge], network.target[ties.edge]])
    cell = np.unique(unit.astype("int64") * works_of(ties) + np.tile(ties.work, 2))
    return np.bincount(cell // works_of(ties), minlength=network.nodes)


def works_of(ties: TieWorks) -> int:
    return int(ties.work.max()) + 1


def middle(drawn: np.ndarray) -> Ends:
    found = np.column_stack([ranks(column) for column in drawn.T])
    low, high = np.quantile(found, [0.025, 0.975], axis=1, method="inverted_cdf")
    return low, high


def percentile(network: WeightedNetwork, ties: TieWorks) -> Ends:
    weights = np.random.default_rng(SEED).poisson(1.0, (works_of(ties), DRAWS)).astype("float64")
    return middle(strengths(network, ties, weights))


def bayesian(network: WeightedNetwork, ties: TieWorks) -> Ends:
    weights = np.random.default_rng(SEED).standard_exponential((works_of(ties), DRAWS))
    return middle(strengths(network, ties, weights))


def m_of_n(network: WeightedNetwork, ties: TieWorks) -> Ends:
    chance, works = np.random.default_rng(SEED), works_of(ties)
    weights = np.zeros((works, DRAWS))
    for draw in range(DRAWS):
        weights[chance.permutation(works)[: works // 2], draw] = 1
    return middle(strengths(network, ties, weights))


def pairwise(network: WeightedNetwork, ties: TieWorks) -> Ends:
    """Rank 1 + units surely above, to units - units surely below; NaN where units are too many."""
    value = network.strength.astype("float64")
    weights = np.random.default_rng(SEED).standard_exponential((works_of(ties), DRAWS))
    drawn = strengths(network, ties, weights)
    low, high = np.full(len(value), np.nan), np.full(len(value), np.nan)
    judged_units = np.flatnonzero(works_by_unit(network, ties) >= FEWEST_WORKS["strength"])
    for unit in judged_units if len(value) <= MOST_UNITS_OF_PAIRWISE else ():
        moved = (drawn - drawn[unit]) - (value - value[unit])[:, None]
        spread = np.maximum(moved.std(axis=1), 1e-9)
        spread[unit] = np.inf
        reach = np.quantile(np.abs(moved / spread[:, None]).max(axis=0), 0.95) * spread
        low[unit] = 1 + (value - reach > value[unit]).sum()
        high[unit] = len(value) - (value + reach < value[unit]).sum()
    return low, high


def joint(network: WeightedNetwork, ties: TieWorks) -> Ends:
    value = network.strength.astype("float64")
    weights = np.random.default_rng(SEED).standard_exponential((works_of(ties), DRAWS))
    reach = NormalDist().inv_cdf(1 - 0.05 / 2 / len(value)) * strengths(network, ties, weights).std(
        axis=1
    )
    floor, ceiling = np.sort(value - reach), np.sort(value + reach)
    low = 1 + len(value) - np.searchsorted(floor, value + reach, side="right")
    high = len(value) - np.searchsorted(ceiling, value - reach, side="left")
    return low, high


OTHERS: dict[str, Callable[[WeightedNetwork, TieWorks], Ends]] = {
    "percentile": percentile,
    "bayesian": bayesian,
    "m_of_n": m_of_n,
    "pairwise": pairwise,
    "joint": joint,
}
