"""Do stability intervals of MNCS and PP(top 10 %) hold the number of the truth?

    python tests/benchmarks/citation_intervals.py [--out citation_intervals.csv]

A population of 400,000 works in eight fields and five years, citations lognormal around a mean of
the field and year (standard deviation of the logarithm 1.3, a third of the works uncited), times an
effect of the work's unit. Units: 300, works by unit fall as a power of its rank. Corpora of 800 to
60,000 works are drawn from it; each is its own reference set. The truth of a unit is its number in
the whole population. Ways:

- resampled: what bibnet prints, the reference set drawn anew with the works.
- fixed: the scores of the corpus kept as they are, as before.

Rows: works of the corpus, measure, way, band of the unit's judged works; intervals, coverage, truth
below and above, median width, and `bias`, the mean of estimate - truth. Four minutes.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from bibnet.metrics.citations.impact import MEASURES, Impact, Scores, impacts, with_impact
from bibnet.metrics.citations.scores import INTERNAL, WORLD, citation_scores

CORPORA = {800: 60, 3_000: 20, 15_000: 6, 60_000: 2}
POPULATION, UNITS, FIELDS, YEARS = 400_000, 300, 8, 5
UNCITED, SPREAD, EFFECT = 1 / 3, 1.3, 0.3
SEED = 5
BANDS = ((5, 9), (10, 29), (30, 99), (100, 10**9))


def population() -> pd.DataFrame:
    """Works with field, year, unit and citations."""
    chance = np.random.default_rng(SEED)
    pull = (1.0 + np.arange(UNITS)) ** -1.0
    field, year = chance.integers(FIELDS, size=POPULATION), chance.integers(YEARS, size=POPULATION)
    unit = chance.choice(UNITS, POPULATION, p=pull / pull.sum())
    mean = chance.lognormal(1.5, 0.5, (FIELDS, YEARS))[field, year]
    effect = np.exp(chance.normal(0, EFFECT, UNITS))[unit]
    cited = chance.lognormal(np.log(mean) - SPREAD**2 / 2, SPREAD) * effect
    cited = np.where(chance.random(POPULATION) < UNCITED, 0, np.floor(cited))
    return pd.DataFrame({"field_id": field.astype(str), "year": 2015 + year, "unit": unit,
                         "citations": cited})  # fmt: skip


def scored(works: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of CITATION_SCORE, and the members of every unit."""
    keyed = works.reset_index(drop=True).assign(type="article", fwci=np.nan)
    keyed = keyed.assign(citation_percentile=np.nan, work_key=range(len(works)))
    members = keyed[["unit", "work_key"]].assign(weight=1.0)
    return citation_scores(keyed, np.zeros(len(keyed), bool)), members


def fixed(rows: pd.DataFrame) -> pd.DataFrame:
    """The same scores as those of a source, which intervals do not draw anew."""
    own = rows[rows["reference"] == INTERNAL]
    return pd.concat([own, own.assign(reference=WORLD)], ignore_index=True)


def printed(members: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of an exhibit, by unit."""
    found: Impact = impacts({"units": members}, Scores(rows, None, seed=1))["units"]
    return with_impact(found.rows[["unit"]], found).set_index("unit")


def truth(works: pd.DataFrame) -> pd.DataFrame:
    """MNCS and PP(top 10 %) of every unit in the whole population."""
    rows, members = scored(works)
    own = members.merge(rows[rows["reference"] == INTERNAL], on="work_key")
    found = own.groupby("unit")[list(MEASURES.values())].mean()
    return found.set_axis(list(MEASURES), axis=1)


def judged(works: pd.DataFrame, true: pd.DataFrame, number: int) -> Iterator[pd.DataFrame]:
    """A row for each unit with an interval, measure and way."""
    chance = np.random.default_rng([SEED, number])
    for corpus in range(CORPORA[number]):
        rows, members = scored(works.iloc[chance.integers(len(works), size=number)])
        for way, reference in (("resampled", rows), ("fixed", fixed(rows))):
            found = printed(members, reference)
            for measure in MEASURES:
                part = found[found[f"{measure}_low"].notna()]
                there = true[measure].reindex(part.index)
                yield pd.DataFrame({
                    "corpus": corpus, "measure": measure, "way": way,
                    "works": part[f"works_in_{measure}"], "bias": part[measure] - there,
                    "below": there < part[f"{measure}_low"],
                    "above": there > part[f"{measure}_high"],
                    "width": part[f"{measure}_high"] - part[f"{measure}_low"],
                })  # fmt: skip


def table(works: pd.DataFrame, true: pd.DataFrame, number: int) -> Iterator[dict[str, object]]:
    """Coverage by measure, way and band of works."""
    found = pd.concat(judged(works, true, number))
    for (measure, way), part in found.groupby(["measure", "way"], sort=True):
        for low, high in BANDS:
            chosen = part[part["works"].between(low, high)]
            if len(chosen):
                yield {
                    "corpus_works": number,
                    "measure": measure,
                    "way": way,
                    "unit_works": f"{low}+" if high == BANDS[-1][1] else f"{low}-{high}",
                    "intervals": len(chosen),
                    "coverage": round(1 - float((chosen["below"] | chosen["above"]).mean()), 3),
                    "truth_below": round(float(chosen["below"].mean()), 3),
                    "truth_above": round(float(chosen["above"].mean()), 3),
                    "median_width": round(float(chosen["width"].median()), 3),
                    "bias": round(float(chosen["bias"].mean()), 3),
                }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).with_suffix(".csv"))
    asked = parser.parse_args()
    works = population()
    true = truth(works)
    found: list[dict[str, object]] = []
    for number in CORPORA:
        found += table(works, true, number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
    with asked.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


if __name__ == "__main__":
    main()
