"""Normalised citation impact of groups of works: MNCS and PP(top 10 %) with their intervals.

MNCS = sum of w NCS / sum of w, PP(top 10 %) = sum of w top share / sum of w; the weight w of a work
is 1 in groups of works and the fractional part of the work for countries and institutions. Works
that cannot be judged are in neither, and counted by reason.

A number is empty where nothing is judged (`no_work`), and where more than half of the judged works
stand in cells of fewer than ten works (`small_cells`): there a work is mostly compared with itself.
A number of fewer than five works has no interval (`few_works`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from bibnet.metrics.citations.intervals import (
    FEWEST_WORKS,
    ReferenceSet,
    middle,
    resampled_means,
    weighted_mean,
)
from bibnet.metrics.citations.scores import (
    NO_SCORE,
    REFERENCES,
    SMALL_CELL,
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
SCORE_COLUMNS = ["work_key", "reference", "ncs", "top10", "state", "cell_works"]
NO_WORK, SMALL_CELLS, FEW_WORKS = "no_work", "small_cells", "few_works"
JOINT_ONLY = "joint_works_only"
# Beyond this part of works in small cells a mean says little but that they are alone.
MOST_IN_SMALL_CELLS = 0.5


@dataclass(frozen=True)
class Scores:
    """Rows of CITATION_SCORE in an order of their own, the citation window, the seed of chance."""

    rows: pd.DataFrame
    window: int | None
    seed: int

    def reference(self, members: pd.DataFrame) -> str:
        """The one reference set of a table with these works (column work_key)."""
        return reference_of(self.rows, members["work_key"], self.window)

    @cached_property
    def sets(self) -> Mapping[str, ReferenceSet]:
        """The reference sets by name."""
        by_name = {name: self.rows[self.rows["reference"] == name] for name in REFERENCES}
        return {
            name: ReferenceSet(name, rows.reset_index(drop=True)) for name, rows in by_name.items()
        }


@dataclass(frozen=True, eq=False)
class Impact:
    """Groups of works: `rows` has their `keys`, numbers, counts; `members` weights (group, work).

    `sampled` has the means of each measure in each sample (group, sample).
    """

    keys: Sequence[str]
    rows: pd.DataFrame
    members: sparse.csr_array
    reference: ReferenceSet
    sampled: Mapping[str, np.ndarray]


def impacts(
    tables: Mapping[str, pd.DataFrame | Callable[[], pd.DataFrame]], scores: Scores
) -> dict[str, Impact]:
    """The impact of the groups of several tables, each resampled with the same works.

    A table has its keys, work_key and weight; a row for each work and group. Where a function is
    to make it, it is held only while it is looked at.
    """
    plain = {
        name: _impact(table() if callable(table) else table, scores)
        for name, table in tables.items()
    }
    found = {}
    for reference in REFERENCES:
        chosen = {n: one for n, one in plain.items() if one.reference.name == reference}
        if not chosen:
            continue
        stacked = sparse.csr_array(sparse.vstack([one.members for one in chosen.values()]))
        means = resampled_means(scores.sets[reference], stacked, seed=scores.seed)
        ends = np.cumsum([one.members.shape[0] for one in chosen.values()])
        for (name, one), end in zip(chosen.items(), ends, strict=True):
            part = slice(end - one.members.shape[0], end)
            sampled = {m: mean[part] for m, mean in zip(MEASURES, means, strict=True)}
            found[name] = replace(one, sampled=sampled)
    return {name: found[name] for name in tables}


def _impact(members: pd.DataFrame, scores: Scores) -> Impact:
    reference = scores.sets[scores.reference(members)]
    keys = [column for column in members.columns if column not in ("work_key", "weight")]
    scored = members.merge(reference.rows[SCORE_COLUMNS], on="work_key", how="left")
    rows = impact_rows(scored, keys)
    places = pd.Series(np.arange(len(reference.rows)), index=reference.rows["work_key"])
    groups = pd.Series(np.arange(len(rows)), index=pd.MultiIndex.from_frame(rows[keys]))
    ends = (
        groups.reindex(pd.MultiIndex.from_frame(members[keys])).to_numpy(),
        places.reindex(members["work_key"]).to_numpy(),
    )
    weight = members["weight"].to_numpy("float64")
    shape = (len(rows), len(reference.rows))
    return Impact(keys, rows, sparse.csr_array((weight, ends), shape=shape), reference, {})


def impact_rows(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """One row per group: means, how many works they are of, how many are left out and why.

    `rows`: keys, work_key, weight and SCORE_COLUMNS, a row for each work and group.
    """
    ordered = rows.sort_values(list(keys), kind="stable", ignore_index=True)
    groups = ordered[list(keys)].drop_duplicates()
    found = groups.reset_index(drop=True)
    starts = groups.index.to_numpy()
    ends = np.append(starts, len(ordered))[1:]
    weights = ordered["weight"].to_numpy("float64")
    for measure, column in MEASURES.items():
        values = ordered[column].to_numpy("float64")
        found[measure] = [
            weighted_mean(values[start:end], weights[start:end])
            for start, end in zip(starts, ends, strict=True)
        ]
        found[f"works_in_{measure}"] = _sums(~np.isnan(values), starts)
    for left_out, state in LEFT_OUT.items():
        found[left_out] = _sums((ordered["state"] == state).to_numpy(), starts)
    small = (ordered["cell_works"] < SMALL_CELL) & ordered["top10"].notna()
    found["works_in_small_cells"] = _sums(small.to_numpy(), starts)
    return found.astype(dict.fromkeys(MEASURES, "float64"))


def _sums(flags: np.ndarray, starts: np.ndarray) -> np.ndarray:
    return np.add.reduceat(flags.astype("int64"), starts) if len(starts) else np.zeros(0, "int64")


def with_impact(counted: pd.DataFrame, impact: Impact) -> pd.DataFrame:
    """Counted rows with their normalised columns, intervals and reasons.

    A row without works has no impact, and the table's reference.
    """
    rows = impact.rows
    for measure in MEASURES:
        low, high = middle(impact.sampled[measure])
        enough = rows[f"works_in_{measure}"].to_numpy() >= FEWEST_WORKS
        ends = {f"{measure}_low": low, f"{measure}_high": high}
        rows = rows.assign(**{name: np.where(enough, end, np.nan) for name, end in ends.items()})
    named = counted.assign(
        reference=impact.reference.name, reference_in_intervals=impact.reference.in_intervals
    )
    whole = named.merge(rows, on=list(impact.keys), how="left")
    zeros = [column for column in rows.columns if column.startswith("works_")]
    return with_reasons(whole.fillna(dict.fromkeys(zeros, 0)))


def with_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose numbers are empty where too many works stand in small cells, with the reasons."""
    judged = rows["works_in_pp_top10"].to_numpy("float64")
    alone = rows["works_in_small_cells"].to_numpy("float64") > MOST_IN_SMALL_CELLS * judged
    found = rows.copy()
    for measure in MEASURES:
        number = rows[f"works_in_{measure}"].to_numpy("float64")
        kept = ~alone & (number > 0)
        for column in (measure, f"{measure}_low", f"{measure}_high"):
            found[column] = np.where(kept, rows[column], np.nan)
        reason = np.select(
            [number == 0, alone, number < FEWEST_WORKS], [NO_WORK, SMALL_CELLS, FEW_WORKS], ""
        )
        found[f"{measure}_reason"] = pd.Series(reason, rows.index, dtype=object).replace("", None)
    return found
