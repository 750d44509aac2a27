"""The short form of the benchmarks of intervals: a few corpora of a population that is known.

`tests/benchmarks/citation_intervals.py` and `intensity_intervals.py` have the whole table.
"""

import numpy as np
import pandas as pd
import pytest

from bibnet.metrics.citations.impact import Scores, impacts
from bibnet.metrics.citations.intervals import middle
from bibnet.metrics.citations.scores import citation_scores
from bibnet.metrics.counts.intensity_intervals import resampled_intensities

pytestmark = pytest.mark.long
CORPORA = 24


def corpus(number: int, chance: np.random.Generator) -> pd.DataFrame:
    """Works of two fields; a third of them of a unit whose works are cited twice as often."""
    own, field = chance.random(number) < 1 / 3, chance.integers(2, size=number)
    cited = np.floor(chance.lognormal(1.5 + field, 1.0) * np.where(own, 2, 1))
    return pd.DataFrame(
        {
            "work_key": range(number), "field_id": field.astype(str), "year": 2018,
            "type": "article", "citations": cited, "fwci": np.nan,
            "citation_percentile": np.nan, "own": own,
        }
    )  # fmt: skip


def scored(works: pd.DataFrame) -> pd.DataFrame:
    return citation_scores(works, np.zeros(len(works), bool))


def sampled(works: pd.DataFrame) -> list[np.ndarray]:
    """MNCS and PP(top 10 %) of the unit in the samples."""
    keys = works.loc[works["own"], ["work_key"]].assign(unit="own", weight=1.0)
    told = impacts({"t": keys}, Scores(scored(works), None, seed=1))["t"].sampled
    return [told["mncs"], told["pp_top10"]]


def test_intervals_of_impact_hold_the_truth() -> None:
    """At 95 % 23 of 24 do on average, fewer than 20 in six cases of a thousand."""
    everything = corpus(200_000, np.random.default_rng(0))
    rows = scored(everything).query("reference == 'ai_internal'")
    true = rows.loc[everything["own"].to_numpy(), ["ncs", "top10"]].mean().to_numpy()
    held = np.zeros(2)
    for number in range(CORPORA):
        drawn = sampled(corpus(300, np.random.default_rng([1, number])))
        ends = [middle(means) for means in drawn]
        held += [low[0] <= t <= high[0] for (low, high), t in zip(ends, true, strict=True)]
    assert (held >= 20).all()


def test_intervals_of_intensities_hold_the_truth() -> None:
    """Works of three of six units each: triples drawn by their pull."""
    pull = np.array([6.0, 5, 4, 3, 2, 1])

    def ties(number: int, chance: np.random.Generator) -> pd.DataFrame:
        keys = chance.random((number, 6)) ** (1 / pull)
        units = np.sort(np.argsort(keys, axis=1)[:, -3:], axis=1)
        first, second = units[:, [0, 0, 1]].ravel(), units[:, [1, 2, 2]].ravel()
        work = np.repeat(np.arange(number), 3).astype(str)
        return pd.DataFrame({"work_id": work, "unit_a": first, "unit_b": second})

    def index(rows: pd.DataFrame) -> pd.Series:
        works = rows.groupby(["unit_a", "unit_b"]).size()
        links = works.groupby("unit_a").sum().reindex(range(6), fill_value=0)
        links += works.groupby("unit_b").sum().reindex(range(6), fill_value=0)
        own, partner = (links.loc[works.index.get_level_values(n)].to_numpy() for n in (0, 1))
        return (works / own) / ((partner - works) / (works.sum() - own))

    true, held, judged = index(ties(200_000, np.random.default_rng(0))), 0, 0
    for number in range(CORPORA):
        rows = ties(150, np.random.default_rng([1, number]))
        found = resampled_intensities(rows, seed=1).set_index(["unit_a", "unit_b"])
        known = true.reindex(found.index)
        inside = (found["ric_ab_resampled_low"] <= known) & (
            known <= found["ric_ab_resampled_high"]
        )
        held, judged = held + int(inside.sum()), judged + len(found)
    assert judged > 300
    assert 0.91 <= held / judged <= 0.97
