"""Are joint works cited more, or only bigger teams? Joint and one-sided works at the same mix.

Direct standardisation: works are sorted into strata (number of authors, number of countries, or
both). The compared group's mean is taken stratum by stratum and weighted as the joint works are
spread over the strata; so a difference that is left is not one of team size. Strata in which
either group has fewer than five judged works are left out, from both, and counted. Works of one
side are mostly of one country and joint works never: by countries little can be compared, and the
table says how little.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import numpy as np
import pandas as pd

from bibnet.metrics.citations.groups import JOINT, citations_incidence
from bibnet.metrics.citations.impact import MEASURES
from bibnet.metrics.citations.intervals import PERCENTILES, generator, resampled_means
from bibnet.network.incidence import Incidence
from bibnet.storage.engine import Tables

# Below this a stratum's mean is one or two works.
FEWEST_IN_STRATUM = 5
ADJUSTMENTS: Mapping[str, tuple[str, ...]] = {
    "nothing": (),
    "authors": ("authors",),
    "countries": ("countries",),
    "authors_and_countries": ("authors", "countries"),
}
EVERY = "every"


def compared(rows: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Rows of CITATIONS_COMPARED but for the counts of works.

    `rows`: group, countries, authors, work_key, reference, ncs, top10; one row per work.
    """
    groups = sorted(set(rows["group"]) - {JOINT})
    found = [
        {"compared_with": group, "adjusted_for": name, **_comparison(rows, group, name, seed)}
        for group in groups
        for name in ADJUSTMENTS
    ]
    columns = ["compared_with", "adjusted_for", *_comparison(rows.head(0), JOINT, EVERY, seed)]
    return pd.DataFrame(found, columns=columns)


def _comparison(rows: pd.DataFrame, group: str, adjustment: str, seed: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for measure, column in MEASURES.items():
        known = rows[rows[column].notna()]
        strata = _strata(known, group, ADJUSTMENTS.get(adjustment, ()))
        chance = generator(seed, f"compared {group} {adjustment} {measure}")
        found |= standardised(strata, column, measure, chance)
    return found


def _strata(
    rows: pd.DataFrame, group: str, by: Sequence[str]
) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    """Joint and compared works of each stratum in which both are enough."""
    kept = rows.assign(stratum=_names(rows, by))
    pairs = []
    for _, stratum in kept.groupby("stratum", sort=True):
        joint = stratum[stratum["group"] == JOINT]
        other = stratum[stratum["group"] == group]
        if min(len(joint), len(other)) >= FEWEST_IN_STRATUM:
            pairs.append((joint, other))
    return pairs


def _names(rows: pd.DataFrame, by: Sequence[str]) -> pd.Series:
    named = pd.Series(EVERY, rows.index)
    for column in by:
        named = named + "/" + rows[column]
    return named


def standardised(
    strata: Sequence[tuple[pd.DataFrame, pd.DataFrame]],
    column: str,
    measure: str,
    chance: np.random.Generator,
) -> dict[str, Any]:
    """Means of both groups at the joint works' mix, and their difference with its interval.

    Works are resampled within group and stratum, so that the mix stays. NaN without strata.
    """
    sizes = np.array([len(joint) for joint, _ in strata], dtype="float64")
    parts = sizes / sizes.sum() if len(sizes) else sizes
    means, samples = [], []
    for side in (0, 1):
        values = [np.sort(pair[side][column].to_numpy("float64")) for pair in strata]
        means.append(sum((p * v.mean() for p, v in zip(parts, values, strict=True)), 0.0))
        drawn = [resampled_means(v, np.ones(len(v)), chance) for v in values]
        samples.append(sum((p * d for p, d in zip(parts, drawn, strict=True)), np.zeros(1)))
    empty = not strata
    low, high = np.percentile(samples[0] - samples[1], PERCENTILES)
    nothing = float("nan")
    return {
        f"works_in_{measure}": int(sizes.sum()),
        f"compared_works_in_{measure}": sum(len(other) for _, other in strata),
        measure: nothing if empty else float(means[0]),
        f"compared_{measure}": nothing if empty else float(means[1]),
        f"{measure}_difference": nothing if empty else float(means[0] - means[1]),
        f"{measure}_difference_low": nothing if empty else float(low),
        f"{measure}_difference_high": nothing if empty else float(high),
    }


def citations_compared_incidence(tables: Tables) -> Incidence:
    """Cells by compared group and adjustment: the works of both groups."""
    rows = citations_incidence(tables).rows.select("work_key", "group")
    alone = rows.filter(rows.group != JOINT)
    alone = alone.select("work_key", compared_with=alone.group)
    joint = rows.filter(rows.group == JOINT).select("work_key")
    both = alone.union(joint.cross_join(alone.select("compared_with").distinct()))
    every = ibis.memtable([(name,) for name in ADJUSTMENTS], schema={"adjusted_for": "string"})
    cells = both.cross_join(every).mutate(works=ibis.literal(1, "int64"))
    return Incidence(cells, ("compared_with", "adjusted_for"), ("works",))
