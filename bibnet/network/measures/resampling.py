"""How sure a rank is: 95 % intervals of the ranks of strength and PageRank.

The parameter: the rank that the unit would have if the corpus went on for ever, among all units
that works of this kind have, those too that this corpus happens not to hold. The works are the
sample; a work brings all its ties or none. The plain bootstrap of works misses that rank: resampled
values are noisier than the corpus, which is noisier than the truth, a unit of a few works cannot
show how large the next one is, and absent units have no rank. `tests/benchmarks/rank_intervals.py`
tried the ways there are on corpora of 800 to 60,000 works whose truth is known (percentile and
Bayesian bootstrap, m out of n, the confidence sets of Mogstad, Romano, Shaikh, Wilhelm 2024 and of
Klein, Wright, Wieczorek 2020). Its tables lie beside it, how often these intervals hold the truth:
`rank_intervals.csv`, of populations held back when the way of making intervals was chosen, and, of
those it was chosen on, `rank_intervals_choosing.csv` (an earlier version of it) and
`rank_intervals_other_ways.csv`.

Eight populations: of 142 bands of ranks with a hundred intervals or more 110 are covered in .93 to
.97 of cases, 31 miss that by less than two standard errors of the simulation. All populations
together: .949 to .962 beyond rank 10, .958 to .978 at ranks 1 to 10. There ranks are too few for
.95: a single one often has more of the draws, so that intervals hold .958 to .974 of them, more the
larger the corpus, and the narrowest that whole ranks allow, each with the own rank and no less than
.93, would hold .947 to .974 (columns `held`, `least_held`). 28 of the 31 are such bands, and so is
the one shown to be covered in more (all of 150 intervals, pull by rank to the power -1.2, 60,000
works, strength): those intervals hold .984 of the draws, the narrowest .985. The lowest is .925
(PageRank beyond rank 200 of 300 units, 60,000 works; two standard errors are .016).

Strength: draws of every unit's expected strength by empirical Bayes (`empirical_bayes`) are ranked,
each unit beside those that are missing from the corpus for each that is there. The draws of all
units are as narrow as what is known of them: ranked among draws that are noisier than the truth,
the first units would stand behind others that only chance lifts in a draw.

PageRank hangs on the partners' ties too, of which a small corpus shows few: an interval needs more
works. Each sample is a network of works drawn anew; a unit's part beyond the jump is stretched to
what works with as many links as it can expect would give, which units like it say too. PageRank
grows less than strength with the links of a work: partners that have no other work share theirs
among them. How much it does is seen from draw to draw (`_elasticity`).

The interval is that of the middle ranks (`middle_ranks`), and always holds the unit's own rank.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from bibnet.network.measures.empirical_bayes import Levels, expected_levels, links_of_a_work
from bibnet.network.measures.middle_ranks import middle_ranks
from bibnet.network.measures.ranking import ranks, settled
from bibnet.network.measures.spectral import DAMPING, pagerank
from bibnet.network.measures.weighted import WeightedNetwork

SAMPLES = 200
# Works with a tie that a unit needs for an interval: with fewer, coverage falls below 93 %
# (measured, see above).
FEWEST_WORKS = {"strength": 7, "pagerank": 20}
# In a network of so few units the strength of one does not show how others are spread: each needs
# works enough of its own.
SMALL_NETWORK, FEWEST_WORKS_IN_SMALL = 10, 15
# Units with enough works, in parts of all with a tie: where fewer stand out, how far the others go
# is not known, and coverage of strength falls to 80 to 91 % (strings of 800 to 1,600 papers).
FEWEST_UNITS = 0.01
# The same of the units above one, from COUNTED_ABOVE on: where most of them have too few works, how
# many truly stand there is not known (coverage of 87 to 93 % in corpora of 800 works).
FEWEST_ABOVE = 0.5
# Of the weights of the works in a sample of the network. A network of works drawn anew moves a
# little less than a new network does, which has partners that this one never shows. Chosen by
# simulation: with 1 the intervals hold a point or two less.
WEIGHT_VARIANCE = 1.15
RANKED = tuple(FEWEST_WORKS)
NO_TIE, FEW_WORKS, FEW_UNITS = "no_tie", "few_works", "few_units"
# Where fewer units lie above a level, their number is what was counted.
COUNTED_ABOVE = 10
# Works that say how far a unit's PageRank is to be stretched.
FEWEST_STRETCHED = 5


@dataclass(frozen=True, eq=False)
class TieWorks:
    """Which works make which edge: work[k] is behind edge[k] of the network.

    Works are numbered from 0, those with a tie alone: the others say nothing about ties.
    """

    work: np.ndarray
    edge: np.ndarray


@dataclass(frozen=True, eq=False)
class _Sample:
    """What resampled works give the units with a tie, each array (unit, draw).

    Works weigh an exponential draw (`links`, `works`), or a whole number (`drawn_links`,
    `drawn_works`, and `page` the PageRank of the network that they make).
    """

    links: np.ndarray
    works: np.ndarray
    drawn_links: np.ndarray
    drawn_works: np.ndarray
    page: np.ndarray


def rank_intervals(
    network: WeightedNetwork, ties: TieWorks, *, seed: int, samples: int = SAMPLES
) -> pd.DataFrame:
    """Columns NAME_rank_low, NAME_rank_high, NAME_rank_reason of strength and PageRank, by node.

    `network` is the one with full counts. An interval holds the node's own rank. Where there is
    none (NaN) the reason says why: NO_TIE; FEW_WORKS, fewer with a tie than FEWEST_WORKS (in a
    SMALL_NETWORK, FEWEST_WORKS_IN_SMALL); FEW_UNITS, strength alone, where fewer than FEWEST_UNITS
    have enough works, or fewer than FEWEST_ABOVE of the units above it. The upper end can be beyond
    the number of nodes: units that the corpus does not hold are ranked too. The same seed gives the
    same numbers.
    """
    links = _links(network, ties)
    works = np.diff(links.indptr)
    ends = {name: np.full((2, network.nodes), np.nan) for name in RANKED}
    if (works >= min(FEWEST_WORKS.values())).any():
        chance = np.random.default_rng(seed)
        found = _ends(network, _sampled(network, ties, links, samples, chance), links, chance)
        for name in RANKED:
            ends[name][:, works >= FEWEST_WORKS[name]] = found[name]
    values = {"strength": network.strength, "pagerank": settled(pagerank(network))}
    columns: dict[str, np.ndarray | pd.api.extensions.ExtensionArray] = {}
    for name, (low, high) in ends.items():
        rank = ranks(values[name])
        reason = _reasons(works, rank, name)
        given = np.asarray(reason.isna())
        columns[f"{name}_rank_low"] = np.where(given, np.fmin(low, rank), np.nan)
        columns[f"{name}_rank_high"] = np.where(given, np.fmax(high, rank), np.nan)
        columns[f"{name}_rank_reason"] = reason
    return pd.DataFrame(columns)


def _reasons(works: np.ndarray, rank: np.ndarray, name: str) -> pd.api.extensions.ExtensionArray:
    """Why a unit has no interval, from the units' works with a tie; missing where it has one."""
    tied = int((works > 0).sum())
    needed = FEWEST_WORKS[name]
    enough = works >= (max(needed, FEWEST_WORKS_IN_SMALL) if tied < SMALL_NETWORK else needed)
    reason = np.where(works == 0, NO_TIE, FEW_WORKS).astype(object)
    reason[enough] = None
    if name == "strength":
        few = enough.sum() < FEWEST_UNITS * tied
        reason[enough & (few | _few_above(rank, enough))] = FEW_UNITS
    # Texts, where every unit has an interval too.
    return pd.array(reason, dtype="string")


def _few_above(rank: np.ndarray, enough: np.ndarray) -> np.ndarray:
    """Whether COUNTED_ABOVE units or more are above one, and too few of them have enough works."""
    above = rank - 1
    with_enough = np.searchsorted(np.sort(rank[enough]), rank, side="left")
    return np.asarray((above >= COUNTED_ABOVE) & (with_enough < FEWEST_ABOVE * above))


def _links(network: WeightedNetwork, ties: TieWorks) -> sparse.csr_array:
    """Links that each work gives each unit (unit, work)."""
    ends = np.concatenate([network.source[ties.edge], network.target[ties.edge]])
    ones = np.ones(len(ends), dtype="float32")
    shape = (network.nodes, int(ties.work.max(initial=-1)) + 1)
    return sparse.csr_array((ones, (ends, np.tile(ties.work, 2))), shape=shape)


def _sampled(
    network: WeightedNetwork,
    ties: TieWorks,
    links: sparse.csr_array,
    samples: int,
    chance: np.random.Generator,
) -> _Sample:
    tied = np.flatnonzero(np.diff(links.indptr))
    given = links[tied]
    present = sparse.csr_array((np.ones_like(given.data), given.indices, given.indptr), given.shape)
    ones, shape = np.ones(len(ties.work)), (network.edges, given.shape[1])
    behind = sparse.csr_array((ones, (ties.edge, ties.work)), shape=shape)
    found = _Sample(*(np.empty((len(tied), samples), dtype="float32") for _ in range(5)))
    # Whole numbers of mean 1 and this variance: Poisson numbers of gamma means.
    times = 1 / (WEIGHT_VARIANCE - 1)
    for draw in range(samples):
        weight = chance.standard_exponential(given.shape[1])
        found.links[:, draw], found.works[:, draw] = given @ weight, present @ weight
        number = chance.negative_binomial(times, 1 / WEIGHT_VARIANCE, given.shape[1])
        found.drawn_links[:, draw], found.drawn_works[:, draw] = given @ number, present @ number
        found.page[:, draw] = pagerank(_with_weights(network, behind @ number))[tied]
    return found


def _with_weights(network: WeightedNetwork, weight: np.ndarray) -> WeightedNetwork:
    drawn = weight > 0
    return WeightedNetwork(
        network.nodes, network.source[drawn], network.target[drawn], weight[drawn]
    )


def _ends(
    network: WeightedNetwork,
    sample: _Sample,
    links: sparse.csr_array,
    chance: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Both ends of the interval of each measure (2, unit), of the units with FEWEST_WORKS."""
    works = np.diff(links.indptr)
    given, number = links[np.flatnonzero(works)], works[works > 0]
    levels = expected_levels(given, sample.links, sample.works, chance)
    page = _stretched(sample, given, (1 - DAMPING) / network.nodes, chance)
    drawn = {"strength": _ranks_by_strength(levels), "pagerank": _ranks_by_draw(page)}
    return {name: middle_ranks(drawn[name][number >= FEWEST_WORKS[name]]) for name in RANKED}


def _ranks_by_strength(levels: Levels) -> np.ndarray:
    """Rank among all units in each draw, those too that the corpus does not hold."""
    found = np.empty(levels.level.shape, dtype="float32")
    for draw, (level, units) in enumerate(zip(levels.level.T, levels.stands_for.T, strict=True)):
        order = np.argsort(level, kind="stable")
        above = np.append(np.cumsum(units[order][::-1])[::-1], 0.0)
        found[:, draw] = 1 + above[np.searchsorted(level[order], level, side="right")]
    return found


def _stretched(
    sample: _Sample, links: sparse.csr_array, jump: float, chance: np.random.Generator
) -> np.ndarray:
    """PageRank in each sample as if its works gave each unit the links that it can expect of them.

    Its part beyond the jump, as far as it hangs on how many links a work gives.
    """
    drawn, works = sample.drawn_links, sample.drawn_works
    mean = float(links.data.mean())
    own = np.divide(drawn, works * mean, out=np.ones_like(drawn), where=drawn > 0)
    expected = links_of_a_work(links, drawn, works, chance) / mean
    enough = np.diff(links.indptr) >= FEWEST_STRETCHED
    beyond = sample.page - jump
    stretch = (expected / own) ** _elasticity(beyond[enough], own[enough], works[enough])
    return np.where(enough[:, None], jump + beyond * stretch, sample.page).astype("float32")


def _elasticity(beyond: np.ndarray, own: np.ndarray, works: np.ndarray) -> float:
    """Percent by which a unit's PageRank moves with one percent more links in a work, draw by draw.

    `beyond`: PageRank beyond the jump; `own`: links of a work in parts of the mean; `works`: works
    drawn, all (unit, draw).

    Next to nothing where partners have no other works (each shares its PageRank among the links of
    the work), one where they have many. Least squares of logarithms within units, 0 to 1; one
    without units.
    """
    there = (works > 0) & (beyond > 0)
    of_a_work, links = (
        _centred(np.log(value, out=np.zeros(there.shape), where=there), there)
        for value in (np.divide(beyond, works, out=np.ones(there.shape), where=there), own)
    )
    squares = float((links**2).sum())
    return float(np.clip((of_a_work * links).sum() / squares, 0, 1)) if squares > 0 else 1.0


def _centred(value: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Values less their row's mean, zero where there is none."""
    mean = value.sum(axis=1, where=there) / np.maximum(there.sum(axis=1), 1)
    return np.where(there, value - mean[:, None], 0.0)


def _ranks_by_draw(value: np.ndarray) -> np.ndarray:
    found = np.empty(value.shape, dtype="float32")
    for number, drawn in enumerate(value.T):
        found[:, number] = 1 + len(drawn) - np.searchsorted(np.sort(drawn), drawn, side="right")
    return found
