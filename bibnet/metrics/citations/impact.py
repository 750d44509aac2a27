"""Normalised citation impact of groups of works: MNCS and PP(top 10 %) with their intervals.

MNCS = sum of w NCS / sum of w, PP(top 10 %) = sum of w top share / sum of w; the weight w of a work
is 1 in groups of works and the fractional part of the work for countries and institutions. Works
that cannot be judged are in neither, and counted by reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bibnet.metrics.citations.intervals import stability_interval, weighted_mean
from bibnet.metrics.citations.scores import (
    NO_SCORE,
    TOO_YOUNG,
    UNDEFINED,
    UNKNOWN_CITATIONS,
    reference_of,
)

# Column of the exhibits -> state of the works it counts.
LEFT_OUT: Mapping[str, str] = {
    "works_undefined": UNDEFINED,
    "works_unknown_citations": UNKNOWN_CITATIONS,
    "works_too_young": TOO_YOUNG,
    "works_without_score": NO_SCORE,
}
MEASURES: Mapping[str, str] = {"mncs": "ncs", "pp_top10": "top10"}


@dataclass(frozen=True)
class Scores:
    """Rows of CITATION_SCORE, the citation window they were counted in, and the seed of chance."""

    rows: pd.DataFrame
    window: int | None
    seed: int

    def reference(self, members: pd.DataFrame) -> str:
        """The one reference set of a table with these works (column work_key)."""
        return reference_of(self.rows, members["work_key"], self.window)

    def of(self, members: pd.DataFrame) -> pd.DataFrame:
        """Rows (keys, work_key, weight) with the scores of the table's reference set."""
        columns = ["work_key", "reference", "ncs", "top10", "state"]
        chosen = self.rows.loc[self.rows["reference"] == self.reference(members), columns]
        return members.merge(chosen, on="work_key", how="left")


def with_impact(
    counted: pd.DataFrame, members: pd.DataFrame, scores: Scores, name: str
) -> pd.DataFrame:
    """Counted rows with their normalised columns.

    `members` has the keys of the rows, work_key and weight; `name` is that of the table. A row
    without works has no impact, and the table's reference.
    """
    keys = [column for column in members.columns if column not in ("work_key", "weight")]
    found = impact_rows(scores.of(members), keys, seed=scores.seed, name=name)
    named = counted.assign(reference=scores.reference(members))
    rows = named.merge(found, on=keys, how="left")
    zeros = [column for column in found.columns if column.startswith("works_")]
    return rows.fillna(dict.fromkeys(zeros, 0))


def impact_rows(rows: pd.DataFrame, keys: Sequence[str], *, seed: int, name: str) -> pd.DataFrame:
    """One row per group: impact, intervals, and how many works are left out and why.

    `rows` as Scores.of gives them; `name` is that of the table and makes its chance its own.
    """
    ordered = rows.sort_values(list(keys), kind="stable", ignore_index=True)
    groups = ordered[list(keys)].drop_duplicates()
    found = groups.reset_index(drop=True)
    starts = groups.index.to_numpy()
    ends = np.append(starts, len(ordered))[1:]
    names = [f"{name} {'|'.join(map(str, key))}" for key in groups.itertuples(index=False)]
    weights = ordered["weight"].to_numpy("float64")
    for measure, column in MEASURES.items():
        values = ordered[column].to_numpy("float64")
        measured = [
            _measured(values[start:end], weights[start:end], seed, f"{label} {measure}")
            for start, end, label in zip(starts, ends, names, strict=True)
        ]
        columns = [measure, f"{measure}_low", f"{measure}_high"]
        found[columns] = np.array(measured, dtype="float64").reshape(len(groups), 3)
        found[f"works_in_{measure}"] = _sums(~np.isnan(values), starts)
    for left_out, state in LEFT_OUT.items():
        found[left_out] = _sums((ordered["state"] == state).to_numpy(), starts)
    return found


def _measured(
    values: np.ndarray, weights: np.ndarray, seed: int, name: str
) -> tuple[float, float, float]:
    mean = weighted_mean(values, weights)
    return mean, *stability_interval(values, weights, seed=seed, name=name)


def _sums(flags: np.ndarray, starts: np.ndarray) -> np.ndarray:
    return np.add.reduceat(flags.astype("int64"), starts) if len(starts) else np.zeros(0, "int64")
