"""Do the intervals of the relative intensity of collaboration hold the index of the truth?

    python tests/benchmarks/intensity_intervals.py [--out intensity_intervals.csv]

Corpora are drawn with replacement from populations of 300,000 works (`invented_population`): 60
units like countries, 2,000 like institutions. Ways: `formula`, the interval of independent links,
and `resampled`, works drawn anew. Rows: population, works, way, band of the pair's works; pairs
judged, coverage, truth below and above, median width of the logarithm. Two minutes.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from invented_population import Population, invented, tied_pairs, zipf

from bibnet.metrics.counts.intensity_intervals import intensities, resampled_intensities

CORPORA = {800: 20, 3_000: 10, 15_000: 4}
BANDS = ((5, 9), (10, 29), (30, 99), (100, 10**9))
SEED = 11


def ties_of(works) -> pd.DataFrame:
    work, first, second = tied_pairs(works)
    return pd.DataFrame({"work_id": work.astype(str), "unit_a": first, "unit_b": second})


def indices(ties: pd.DataFrame) -> pd.DataFrame:
    """RIC of every pair, with its formula's interval."""
    pairs = ties.groupby(["unit_a", "unit_b"]).size().rename("works").reset_index()
    works = pairs["works"].to_numpy("float64")
    ends = pairs[["unit_a", "unit_b"]].to_numpy()
    links = np.bincount(ends.T.ravel(), np.tile(works, 2))
    own, partner, every = links[ends[:, 0]], links[ends[:, 1]], works.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(1 / works - 1 / own + 1 / (partner - works) - 1 / (every - own))
        index = intensities(works, own, partner, every)[0]
        reach = np.exp(1.96 * spread)
        return pairs.assign(index=index, low=index / reach, high=index * reach)


def judged(population: Population, number: int, corpora: int) -> Iterator[pd.DataFrame]:
    """A row for each pair with an interval and each way."""
    keys = ["unit_a", "unit_b"]
    true = indices(ties_of(population.works))[[*keys, "index"]].rename(columns={"index": "true"})
    for corpus in range(corpora):
        ties = ties_of(population.corpus(number, np.random.default_rng([SEED, number, corpus])))
        drawn = resampled_intensities(ties, seed=1)
        found = indices(ties).merge(drawn, on=keys).merge(true, on=keys)
        found = found[found["ric_ab_resampled_low"].notna() & np.isfinite(found["high"])]
        for way, names in {
            "formula": ("low", "high"),
            "resampled": ("ric_ab_resampled_low", "ric_ab_resampled_high"),
        }.items():
            low, high = (found[name] for name in names)
            yield pd.DataFrame({
                "way": way, "works": found["works"], "below": found["true"] < low,
                "above": found["true"] > high, "width": np.log(high / low.clip(lower=1e-9)),
            })  # fmt: skip


def table(population: Population, number: int) -> Iterator[dict[str, object]]:
    """Coverage by way and band of works."""
    found = pd.concat(judged(population, number, CORPORA[number]))
    for way, part in found.groupby("way"):
        for low, high in BANDS:
            chosen = part[part["works"].between(low, high)]
            if len(chosen):
                yield {
                    "population": population.name,
                    "corpus_works": number,
                    "way": way,
                    "pair_works": f"{low}+" if high == BANDS[-1][1] else f"{low}-{high}",
                    "pairs": len(chosen),
                    "coverage": round(1 - float((chosen["below"] | chosen["above"]).mean()), 3),
                    "truth_below": round(float(chosen["below"].mean()), 3),
                    "truth_above": round(float(chosen["above"].mean()), 3),
                    "median_width": round(float(chosen["width"].median()), 3),
                }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).with_suffix(".csv"))
    asked = parser.parse_args()
    found: list[dict[str, object]] = []
    for name, units, slope in (("countries", 60, 1.2), ("institutions", 2_000, 0.9)):
        population = invented(name, zipf(units, slope, 1), 300_000, 1)
        for number in CORPORA:
            found += table(population, number)
            sys.stdout.write(f"{name} {number}\n")
            sys.stdout.flush()
    with asked.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


if __name__ == "__main__":
    main()
