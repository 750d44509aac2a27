"""Do 95 % intervals of ranks hold the rank of the truth? Corpora drawn from populations.

    python tests/benchmarks/rank_intervals.py [--run FOLDER] [--others] [--out rank_intervals.csv]

Populations (`invented_population`): institutions whose pull falls as a power of their rank, or is
lognormal, works of heavy-tailed size; the conference papers, a unit for each affiliation string;
and with `--run` the institutions of a finished run. Corpora of 800 to 60,000 works (of 8 and 20
units: 50 to 400) are drawn with replacement; the truth of a rank is that of the whole population.

`rank_intervals.csv`, ten minutes of a processor: what bibnet prints, where it prints an interval.
Rows: population (`all`: together), works, measure, bands of the unit's own rank; corpora, intervals
in one, coverage and its standard error (corpora as clusters), truths below and above the interval,
part of the intervals that are a single rank, median width. Where one or two ranks have nearly all
draws, as at the top of large corpora, no interval of whole ranks holds as little as 95 %.

With `--others`, `rank_intervals_other_ways.csv`: strength by the other ways there are, widened to
hold the unit's own rank, for units with as many works as bibnet asks for.

- percentile, bayesian: middle 95 % of the ranks in resampled corpora, works drawn with replacement
  or weighed by exponential draws.
- m_of_n: the same from half as many works without replacement.
- pairwise: confidence sets from the differences of a unit with all others (Mogstad, Romano, Shaikh,
  Wilhelm 2024, Review of Economic Studies 91:476), each of the differences studentised, the
  largest's quantile by the bootstrap.
- joint: from intervals of all values at once (Klein, Wright, Wieczorek 2020, Journal of the Royal
  Statistical Society A 183:589), Bonferroni.
"""

import argparse
import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd
from invented_population import (
    Population,
    conference_papers,
    institutions_of_a_run,
    invented,
    lognormal,
    network_of,
    zipf,
)
from scipy import sparse

from bibnet.network.measures import ranks
from bibnet.network.measures.ranking import settled
from bibnet.network.measures.resampling import FEWEST_WORKS, TieWorks, rank_intervals
from bibnet.network.measures.spectral import pagerank
from bibnet.network.measures.weighted import WeightedNetwork

CORPORA = {800: 100, 3_000: 40, 15_000: 20, 60_000: 10}
CORPORA_OF_FEW_UNITS = {50: 100, 100: 100, 200: 100, 400: 100}
# The other ways, for which fewer corpora show enough; pairwise sets take too long on more works.
CORPORA_OF_OTHERS = {800: 20, 3_000: 8, 15_000: 3}
DRAWS, SEED = 200, 7
MOST_UNITS_OF_PAIRWISE = 4_000
BANDS = ((1, 10), (11, 50), (51, 200), (201, 10**9))
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


def judged(population: Population, works: int, number: int) -> Iterator[pd.DataFrame]:
    """A row for each unit with an interval: measure, rank, covered, width."""
    network, ties, units = drawn(population, works, number)
    found = rank_intervals(network, ties, seed=1)
    values = {"strength": network.strength, "pagerank": settled(pagerank(network))}
    for measure, value in values.items():
        ends = tuple(found[f"{measure}_rank_{end}"].to_numpy() for end in ("low", "high"))
        true = population.true_ranks[measure][units]
        yield missed(ranks(value), true, ends).assign(measure=measure)


def judged_otherwise(population: Population, works: int, number: int) -> Iterator[pd.DataFrame]:
    """A row for each unit with works enough and each other way of strength."""
    network, ties, units = drawn(population, works, number)
    enough = works_by_unit(network, ties) >= FEWEST_WORKS["strength"]
    own, true = ranks(network.strength), population.true_ranks["strength"][units]
    for way, method in OTHERS.items() if enough.any() else ():
        low, high = method(network, ties)
        yield missed(own, true, (np.where(enough, low, np.nan), high)).assign(measure=way)


def drawn(
    population: Population, works: int, number: int
) -> tuple[WeightedNetwork, TieWorks, np.ndarray]:
    corpus = population.corpus(works, np.random.default_rng([SEED, works, number]))
    return network_of(corpus)


def missed(own: np.ndarray, true: np.ndarray, ends: tuple[np.ndarray, ...]) -> pd.DataFrame:
    """Own rank, whether the truth is below or above the interval, and its width, where one is."""
    there = ~np.isnan(ends[0])
    low, high = np.minimum(ends[0], own)[there], np.maximum(ends[1], own)[there]
    truth = {"below": true[there] < low, "above": true[there] > high}
    return pd.DataFrame({"own": own[there], **truth, "width": high - low + 1})


def table(name: str, works: int, found: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Coverage by measure and band of the unit's own rank; `corpus` tells the corpora apart."""
    for measure, part in found.groupby("measure", sort=True):
        for band, first, last in (("all", 1, 10**9), *((f"{a}-{b}", a, b) for a, b in BANDS)):
            chosen = part[part["own"].between(first, last)]
            if len(chosen):
                row = {"population": name, "works": works, "measure": measure}
                corpora = found["corpus"].nunique()
                yield (
                    row | {"own_rank": band.replace("-1000000000", "+")} | summary(chosen, corpora)
                )


def summary(chosen: pd.DataFrame, corpora: int) -> dict[str, object]:
    missed = chosen["below"] | chosen["above"]
    beyond = (missed - missed.mean()).groupby(chosen["corpus"]).sum()
    return {
        "corpora": corpora,
        "intervals_a_corpus": round(len(chosen) / corpora, 1),
        "coverage": round(1 - float(missed.mean()), 3),
        "error": round(float(np.sqrt((beyond**2).sum()) / len(chosen)), 3),
        "missed_below": round(float(chosen["below"].mean()), 3),
        "missed_above": round(float(chosen["above"].mean()), 3),
        "single_rank": round(float((chosen["width"] == 1).mean()), 3),
        "median_width": float(chosen["width"].median()),
    }


def populations(run: Path | None) -> Iterator[tuple[Population, dict[int, int]]]:
    """Each with how many corpora of how many works are drawn from it."""
    yield invented("power", zipf(6_000, 1.0, 1), 300_000, 1), CORPORA
    yield invented("steep_power", zipf(6_000, 1.3, 3), 300_000, 3), CORPORA
    yield invented("lognormal", lognormal(6_000, 2.0, 1), 300_000, 1), CORPORA
    yield invented("100_units", zipf(100, 1.0, 1), 300_000, 1), CORPORA
    yield conference_papers(), CORPORA
    if run:
        yield institutions_of_a_run(run), CORPORA
    yield invented("20_units", zipf(20, 1.0, 1), 100_000, 1), CORPORA_OF_FEW_UNITS
    yield invented("8_units", zipf(8, 1.0, 1), 100_000, 1), CORPORA_OF_FEW_UNITS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=Path)
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    name = "rank_intervals_other_ways.csv" if asked.others else "rank_intervals.csv"
    rows: list[dict[str, object]] = []
    together: dict[int, list[pd.DataFrame]] = {}
    for population, corpora in populations(asked.run):
        for works, number in (CORPORA_OF_OTHERS if asked.others else corpora).items():
            found = of_corpora(population, works, number, asked.others)
            rows += table(population.name, works, found)
            together.setdefault(works, []).append(found)
            written(rows, asked.out or Path(__file__).with_name(name))
            sys.stdout.write(f"{population.name} {works}\n")
            sys.stdout.flush()
    for works, parts in sorted(together.items()):
        rows += table("all", works, pd.concat(parts))
    written(rows, asked.out or Path(__file__).with_name(name))


def of_corpora(population: Population, works: int, corpora: int, others: bool) -> pd.DataFrame:
    """The rows of all corpora, told apart by `corpus`."""
    way = judged_otherwise if others else judged
    return pd.concat(
        part.assign(corpus=f"{population.name} {number}")
        for number in range(corpora)
        for part in way(population, works, number)
    )


def written(found: list[dict[str, object]], out: Path) -> None:
    """Write what is found so far: a run that is stopped has lost nothing."""
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


if __name__ == "__main__":
    main()
