"""Are p-values of ties against chance uniform where all is chance, and what do they find?

    python tests/benchmarks/expectation.py [--samples 2000] [--out expectation.csv]

Six designs of invented corpora are randomised by curveball, which keeps the works of every unit and
the units of every work exactly: every draw is a corpus without any tie of its own. Rows `chance`,
by design and band of expected works:

- mean, variance: those of the model over those of the draws (median over pairs); mean_off: the
  largest distance of a mean from 1 in standard errors of the draws.
- p05, p01, p001: share of p below .05, .01, .001 (mid-p, as printed); randomised05: with a random
  part of the observed number instead of a half, which is uniform if the distribution is right.
- discoveries: corpora of 100 with any `more` or `less` at a false discovery rate of 5 %.

Rows `power`: in the draws of a pair the works in common are raised to 1.5, 2 and 3 times what is
expected, both units keeping their works; the share of draws in which the pair is found (p at most
.05 / pairs, as one discovery among so many) as printed, and `power_before` with the variance of
independent works and the whole of the observed number, as before. Ten minutes.
"""

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.append(str(Path(__file__).parents[1]))
from curveball import drawn_pairs

from bibnet.metrics.structure.expectation import FALSE_DISCOVERY, judged
from bibnet.network.measures.chance_of_pairs import Tails, pair_moments, tails
from bibnet.network.measures.null_model import solve
from bibnet.network.measures.work_sizes import pair_probabilities

SAMPLES, CORPORA, SEED = 2_000, 100, 1
BANDS = ((1, 3), (3, 5), (5, 10), (10, 10**9), (5, 10**9))
# Pairs among which one tie is planted: 12, 30 and 150 units, and about as many as a large corpus.
TESTS = (66, 435, 11_175, 200_000)
RATIOS = (1.5, 2.0, 3.0)


def invented(works: int, sizes: Sequence[int], parts: Sequence[float], pull: np.ndarray, seed: int):
    """A 0/1 network, unit x work; `parts` are those of the sizes."""
    chance = np.random.default_rng(seed)
    network = np.zeros((len(pull), works), dtype=np.int8)
    for work in range(works):
        size = min(int(chance.choice(sizes, p=parts)), len(pull))
        network[chance.choice(len(pull), size, replace=False, p=pull / pull.sum()), work] = 1
    return network


def falling(units: int, slope: float) -> np.ndarray:
    return (1.0 + np.arange(units)) ** -slope


def designs() -> dict[str, list[np.ndarray]]:
    """Strata (networks over the same units) of each design."""
    some = np.random.default_rng(9).pareto(1.5, 12) + 0.2
    mixed = [0.4, 0.3, 0.15, 0.08, 0.05, 0.02]
    years = [
        invented(works, [1, 2, 3, 4], [0.4, 0.35, 0.15, 0.1], falling(40, 1.0) * _tilt(year), year)
        for year, works in enumerate([60, 100, 150, 200, 250], start=50)
    ]
    return {
        "small": [invented(240, [1, 2, 3], [1 / 3] * 3, some, 3)],
        "countries": [invented(1500, [1, 2, 3, 4], [0.55, 0.3, 0.1, 0.05], falling(30, 1.2), 4)],
        "works_of_two": [invented(1200, [2], [1.0], falling(40, 0.8), 5)],
        "institutions": [invented(3000, [1, 2, 3, 4, 5, 8], mixed, falling(150, 0.8), 6)],
        "large_works": [
            invented(600, [1, 2, 3, 10, 25], [0.4, 0.3, 0.15, 0.1, 0.05], falling(80, 0.7), 7)
        ],
        "years": years,
    }


def _tilt(year: int) -> np.ndarray:
    return np.exp(np.random.default_rng(year).normal(0, 0.4, 40))


@dataclass(frozen=True, eq=False)
class Design:
    """The pairs of a design: works in the draws (draw, pair), and what the model says of them."""

    name: str
    works: np.ndarray
    mean: np.ndarray
    variance: np.ndarray
    most: np.ndarray
    independent: np.ndarray

    def tails(self, works: np.ndarray, pairs: np.ndarray) -> Tails:
        """Tails of works of these pairs (draw, pair), flat."""
        times = len(works)
        parts = (np.tile(part[pairs], times) for part in (self.mean, self.variance, self.most))
        return tails(works.ravel(), *parts)

    @cached_property
    def p(self) -> np.ndarray:
        """p of every pair in every draw."""
        found = self.tails(self.works, np.arange(len(self.mean)))
        return found.p.reshape(self.works.shape)


def randomised(name: str, strata: Sequence[np.ndarray], samples: int) -> Design:
    """Draw the corpora of a design and compute its moments."""
    units = len(strata[0])
    upper = np.triu_indices(units, 1)
    works = np.zeros((samples, len(upper[0])), dtype="int32")
    sums = np.zeros((4, units, units))
    for number, network in enumerate(strata):
        there = np.flatnonzero(network.sum(axis=1))
        cell = np.ix_(there, there)
        for draw, pairs in enumerate(drawn_pairs(network[there], samples, SEED + number)):
            whole = np.zeros((units, units), dtype="int32")
            whole[cell] = pairs
            works[draw] += whole[upper]
        for place, part in enumerate(moments(network[there])):
            sums[place][cell] += part
    return Design(name, works, *(part[upper] for part in sums))


def moments(network: np.ndarray) -> Iterator[np.ndarray]:
    """Mean, variance, most and variance of independent works, by unit."""
    degrees, sizes = network.sum(axis=1).astype(int), network.sum(axis=0).astype(int)
    found = pair_moments(degrees, sizes)
    place = np.ix_(*[np.searchsorted(found.degree, degrees)] * 2)
    chances = pair_probabilities(solve(degrees, sizes))
    free = np.tensordot(chances.works.astype(float), chances.both * (1 - chances.both), axes=1)
    yield from (part[place] for part in (found.mean, found.variance, found.most, free))


def null_rows(design: Design) -> Iterator[dict[str, object]]:
    chance = np.random.default_rng(SEED)
    found = discoveries(design)
    for low, high in BANDS:
        chosen = np.flatnonzero((design.mean >= low) & (design.mean < high))
        if not len(chosen):
            continue
        works, p = design.works[:, chosen], design.p[:, chosen]
        mean, variance = works.mean(axis=0), works.var(axis=0)
        error = np.sqrt(design.variance[chosen] / len(works))
        drawn = design.tails(works, chosen)
        part = drawn.exactly * chance.random(len(drawn.exactly))
        above, below = drawn.upper - part, drawn.lower - drawn.exactly + part
        uniform = 2 * np.minimum(above, below)
        yield {
            "kind": "chance",
            "design": design.name,
            "expected": f"{low}+" if high == 10**9 else f"{low}-{high}",
            "pairs": len(chosen),
            "draws": len(works),
            "mean": round(float(np.median(design.mean[chosen] / mean)), 4),
            "mean_off": round(float(np.abs((mean - design.mean[chosen]) / error).max()), 1),
            "variance": round(float(np.median(design.variance[chosen] / variance)), 3),
            "variance_before": round(float(np.median(design.independent[chosen] / variance)), 3),
            "p05": round(float((p < 0.05).mean()), 4),
            "p01": round(float((p < 0.01).mean()), 4),
            "p001": round(float((p < 0.001).mean()), 5),
            "randomised05": round(float((uniform < 0.05).mean()), 4),
            "discoveries": found if (low, high) == BANDS[-1] else None,
        }


def discoveries(design: Design) -> int:
    """Corpora of the first CORPORA draws with any pair found."""
    number = 0
    for works, p in zip(design.works[:CORPORA], design.p[:CORPORA], strict=True):
        rows = pd.DataFrame({"works": works, "expected": design.mean, "p": p})
        number += bool((judged(rows, len(rows))["q"] <= FALSE_DISCOVERY).any())
    return number


def power_rows(design: Design) -> Iterator[dict[str, object]]:
    chance = np.random.default_rng(SEED)
    for wanted in (5, 10, 20, 50):
        pair = int(np.abs(design.mean - wanted).argmin())
        mean = design.mean[pair]
        if abs(mean / wanted - 1) > 0.1:
            continue
        for ratio in RATIOS:
            raised = chance.poisson((ratio - 1) * mean, len(design.works))
            works = np.minimum(design.works[:, pair] + raised, design.most[pair])
            now = design.tails(works[:, None], np.array([pair])).p
            flat = np.full(len(works), 1.0)
            was = tails(works, flat * mean, flat * design.independent[pair], flat * works.max())
            before = np.minimum(2 * np.minimum(was.upper, was.lower), 1)
            for tests in TESTS:
                yield {
                    "kind": "power",
                    "design": design.name,
                    "expected": round(float(mean), 1),
                    "ratio": ratio,
                    "tests": tests,
                    "power": round(float((now <= FALSE_DISCOVERY / tests).mean()), 3),
                    "power_before": round(float((before <= FALSE_DISCOVERY / tests).mean()), 3),
                }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=SAMPLES)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_suffix(".csv"))
    asked = parser.parse_args()
    found: list[dict[str, object]] = []
    for name, strata in designs().items():
        design = randomised(name, strata, asked.samples)
        found += [*null_rows(design), *power_rows(design)]
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()
    found.sort(key=lambda row: str(row["kind"]))
    columns = list(dict.fromkeys(column for row in found for column in row))
    with asked.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


if __name__ == "__main__":
    main()
