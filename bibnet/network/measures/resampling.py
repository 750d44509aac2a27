"""How sure a rank is: 95 % intervals of the ranks of strength and PageRank.

The corpus is drawn again, works with replacement (never edges: a work brings all its ties or
none), and the ranks are taken anew; the interval holds the middle 95 % of them. A tie's
weight in a sample is the drawn number of its works, which is one product of the table (tie x
work) with the numbers drawn. The bootstrap of ranks is honest about chance in which works the
corpus holds, not about works that no source has (Hall, Miller 2009, Annals of Statistics
37:3929, on how wide such intervals are among near-equal ranks).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from bibnet.network.measures.ranking import ranks, settled
from bibnet.network.measures.spectral import pagerank
from bibnet.network.measures.weighted import WeightedNetwork

SAMPLES = 200
LOW, HIGH = 0.025, 0.975
RANKED = ("strength", "pagerank")


@dataclass(frozen=True, eq=False)
class TieWorks:
    """Which works make which edge: work work[k] of 0..works-1 is behind edge[k] of the network.

    `works` counts those without a tie too: they are drawn like the others.
    """

    works: int
    work: np.ndarray
    edge: np.ndarray


def rank_intervals(
    network: WeightedNetwork, ties: TieWorks, *, seed: int, samples: int = SAMPLES
) -> pd.DataFrame:
    """Columns NAME_rank_low and NAME_rank_high for strength and PageRank, one row per node.

    `network` is the one with full counts. The ends are ranks that occurred. A node without an
    edge has none (NaN): no sample can give it one. The same seed gives the same numbers.
    """
    found = {name: np.empty((samples, network.nodes)) for name in RANKED}
    shape = (network.edges, ties.works)
    ones = np.ones(len(ties.work), dtype=np.int64)
    behind = sparse.csr_array((ones, (ties.edge, ties.work)), shape=shape)
    chance = np.random.default_rng(seed)
    for number in range(samples):
        drawn = chance.integers(0, max(ties.works, 1), ties.works)
        weight = behind @ np.bincount(drawn, minlength=ties.works)
        sample = _with_weights(network, weight)
        found["strength"][number] = ranks(sample.strength)
        found["pagerank"][number] = ranks(settled(pagerank(sample)))
    return _middle(found, isolated=network.degree == 0)


def _with_weights(network: WeightedNetwork, weight: np.ndarray) -> WeightedNetwork:
    drawn = weight > 0
    return WeightedNetwork(
        network.nodes, network.source[drawn], network.target[drawn], weight[drawn]
    )


def _middle(found: dict[str, np.ndarray], isolated: np.ndarray) -> pd.DataFrame:
    columns = {}
    for name, drawn in found.items():
        low, high = np.quantile(drawn, [LOW, HIGH], axis=0, method="inverted_cdf")
        columns[f"{name}_rank_low"] = np.where(isolated, np.nan, low)
        columns[f"{name}_rank_high"] = np.where(isolated, np.nan, high)
    return pd.DataFrame(columns)
