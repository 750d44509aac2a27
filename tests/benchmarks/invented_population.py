"""Works without end whose truth is known: a large finite population that corpora are drawn from.

A population is a 0/1 matrix, work x unit. Corpora are works drawn with replacement, so the truth of
any measure is its value in the population.
"""

import gzip
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from scipy import sparse

from bibnet.network.measures.ranking import ranks, settled
from bibnet.network.measures.resampling import TieWorks
from bibnet.network.measures.spectral import pagerank
from bibnet.network.measures.weighted import WeightedNetwork, weighted_network
from bibnet.schema.units import UNKNOWN

PAPERS = Path(__file__).parents[3] / "shared/data/conferences/papers.jsonl.gz"
MOST_UNITS_OF_A_WORK = 25
TAIL = 1.6
COUNTRIES, AT_HOME = 25, 0.6


@dataclass(frozen=True, eq=False)
class Population:
    """Works with the units on each (work x unit)."""

    name: str
    works: sparse.csr_array

    @cached_property
    def true_ranks(self) -> dict[str, np.ndarray]:
        """Rank of every unit by strength and by PageRank in the whole population."""
        network, _, units = network_of(self.works)
        values = {"strength": network.strength, "pagerank": settled(pagerank(network))}
        nowhere = network.nodes + 1  # a unit without a tie is behind all others
        found = {name: np.full(self.works.shape[1], nowhere) for name in values}
        for name, value in values.items():
            found[name][units] = ranks(value)
        return found

    def corpus(self, number: int, chance: np.random.Generator) -> sparse.csr_array:
        """As many works drawn with replacement."""
        drawn: sparse.csr_array = self.works[chance.integers(0, self.works.shape[0], number)]
        return drawn


def network_of(works: sparse.csr_array) -> tuple[WeightedNetwork, TieWorks, np.ndarray]:
    """Network of the units that have a tie, the works behind each edge, and those units."""
    work, first, second = tied_pairs(works)
    units, ends = np.unique(np.concatenate([first, second]), return_inverse=True)
    one, other = ends.reshape(2, -1)
    pair, edge = np.unique(one * len(units) + other, return_inverse=True)
    network = weighted_network(
        len(units), pair // max(len(units), 1), pair % max(len(units), 1), np.bincount(edge)
    )
    return network, TieWorks(np.unique(work, return_inverse=True)[1], edge), units


def tied_pairs(works: sparse.csr_array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every pair of units of every work: work, first < second."""
    works.sort_indices()
    size = np.diff(works.indptr)
    found: list[tuple[np.ndarray, ...]] = [(np.zeros(0, "int64"),) * 3]
    for number in np.unique(size[size > 1]).tolist():
        chosen = np.flatnonzero(size == number)
        units = works.indices[works.indptr[chosen][:, None] + np.arange(number)].astype("int64")
        one, other = np.triu_indices(number, 1)
        found.append((np.repeat(chosen, len(one)), units[:, one].ravel(), units[:, other].ravel()))
    work, first, second = (np.concatenate(part) for part in zip(*found, strict=True))
    return work, first, second


def zipf(units: int, slope: float, seed: int) -> np.ndarray:
    """Pull of units by rank to the power -slope, with some noise."""
    noise = np.random.default_rng(seed).normal(0, 0.3, units)
    return np.asarray((1 + np.arange(units)) ** -slope * np.exp(noise))


def lognormal(units: int, spread: float, seed: int) -> np.ndarray:
    """Pull of units drawn from a lognormal distribution."""
    return np.asarray(np.exp(np.random.default_rng(seed).normal(0, spread, units)))


def invented(
    name: str, pull: np.ndarray, works: int, seed: int, tail: float | np.ndarray = TAIL
) -> Population:
    """Works of heavy-tailed size; AT_HOME of a work's units are of the first one's country.

    `tail`: exponent of the sizes, the smaller the more large works there are; of all works, or by
    the unit that is the first on a work.
    """
    chance = np.random.default_rng(seed)
    weight = chance.dirichlet(np.full(COUNTRIES, 0.5))
    country = chance.choice(COUNTRIES, len(pull), p=weight)
    large = chance.standard_exponential(works)
    first = _drawn(np.arange(len(pull)), pull, works, chance)
    # Pareto numbers from exponential ones.
    beyond = np.expm1(large / np.broadcast_to(tail, len(pull))[first])
    size = np.minimum(1 + (beyond * 1.2).astype("int64"), MOST_UNITS_OF_A_WORK)
    more = np.repeat(np.arange(works), size - 1)
    unit = _drawn(np.arange(len(pull)), pull, len(more), chance)
    home, place = chance.random(len(more)) < AT_HOME, country[first[more]]
    for number in range(COUNTRIES):
        members, chosen = np.flatnonzero(country == number), home & (place == number)
        if chosen.any():
            unit[chosen] = _drawn(members, pull, int(chosen.sum()), chance)
    cell = np.unique(
        np.concatenate([np.arange(works) * len(pull) + first, more * len(pull) + unit])
    )
    ends = (cell // len(pull), cell % len(pull))
    return Population(name, sparse.csr_array((np.ones(len(cell)), ends), (works, len(pull))))


def _drawn(
    units: np.ndarray, pull: np.ndarray, number: int, chance: np.random.Generator
) -> np.ndarray:
    part = np.cumsum(pull[units])
    return units[np.searchsorted(part, chance.random(number) * part[-1])]


def conference_papers(first: int = 0, step: int = 1) -> Population:
    """Papers of the conferences, a unit for each affiliation string: ties as they are.

    Of every `step` papers one, from the number `first` on.
    """
    places: dict[str, int] = {}
    ends: list[tuple[int, int]] = []
    with gzip.open(PAPERS, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            paper = json.loads(line)
            texts = {t.strip().lower() for a in paper["authors"] for t in a["affiliations"] or ()}
            ends += [(number, places.setdefault(t, len(places))) for t in sorted(texts) if t]
    work, unit = np.array(ends).T
    shape = (number + 1, len(places))
    papers = sparse.csr_array((np.ones(len(work)), (work, unit)), shape)
    return Population("conferences", papers[first::step])


def institutions_of_a_run(folder: Path) -> Population:
    """The works of a finished run, a unit for each institution."""
    work = pq.read_table(folder / "tables/work.parquet", columns=["work_key"])["work_key"]
    rows = pq.read_table(folder / "tables/institution_membership.parquet").to_pandas()
    known = rows.loc[rows["unit"] != UNKNOWN, ["work_key", "unit"]].drop_duplicates()
    place = {key: number for number, key in enumerate(sorted(work.to_pylist()))}
    unit = np.unique(known["unit"].to_numpy(str), return_inverse=True)[1]
    ends = (known["work_key"].map(place).to_numpy(), unit)
    shape = (len(place), int(unit.max()) + 1)
    return Population("institutions", sparse.csr_array((np.ones(len(unit)), ends), shape))
