"""Are joint works cited more, or only bigger teams? Joint and one-sided works at the same mix.

Direct standardisation: works are sorted into strata (number of authors, number of countries, or
both). The compared group's mean is taken stratum by stratum and weighted as the joint works are
spread over the strata; so a difference that is left is not one of team size. Strata in which
either group has fewer than five judged works are left out, from both, and counted. Works of one
side are mostly of one country and joint works never: by countries little can be compared, and the
table says how little.

The interval of a difference is of the samples of both groups' works (and of the reference set), at
the mix that the joint works have. Beside it stands the p of a test, works exchanged between the
groups within strata (`exchange`).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from bibnet.metrics.citations.exchange import exchange_p
from bibnet.metrics.citations.groups import JOINT
from bibnet.metrics.citations.impact import MEASURES, MOST_IN_SMALL_CELLS, SMALL_CELLS, Impact
from bibnet.metrics.citations.intervals import FEWEST_WORKS, middle

ADJUSTMENTS: Mapping[str, tuple[str, ...]] = {
    "nothing": (),
    "authors": ("authors",),
    "countries": ("countries",),
    "authors_and_countries": ("authors", "countries"),
}
EVERY = "every"
NO_STRATUM = "no_common_stratum"
COMPARED = tuple(
    column
    for measure in MEASURES
    for column in (
        measure,
        f"compared_{measure}",
        f"{measure}_difference",
        f"{measure}_difference_low",
        f"{measure}_difference_high",
        f"works_in_{measure}",
        f"compared_works_in_{measure}",
        f"{measure}_reason",
        f"{measure}_difference_p",
    )
)


def strata_members(members: pd.DataFrame) -> pd.DataFrame:
    """Rows (adjusted_for, stratum, group, work_key, weight), each work in a stratum of each kind.

    `members`: group, countries, authors, work_key, weight; a row for each work and group.
    """
    parts = [
        members.assign(adjusted_for=name, stratum=_names(members, by))
        for name, by in ADJUSTMENTS.items()
    ]
    return pd.concat(parts)[["adjusted_for", "stratum", "group", "work_key", "weight"]]


def _names(rows: pd.DataFrame, by: tuple[str, ...]) -> pd.Series:
    named = pd.Series(EVERY, rows.index, dtype=object)
    for column in by:
        named = named + "/" + rows[column]
    return named


def compared(strata: Impact) -> pd.DataFrame:
    """Rows of CITATIONS_COMPARED but for the counts of works, from the impact of the strata."""
    groups = sorted(set(strata.rows["group"]) - {JOINT})
    found = [
        {"compared_with": group, "adjusted_for": name, **_comparison(strata, group, name)}
        for group in groups
        for name in ADJUSTMENTS
    ]
    rows = pd.DataFrame(found, columns=["compared_with", "adjusted_for", *COMPARED])
    return rows.astype({"compared_with": object, "adjusted_for": object})


def _comparison(strata: Impact, group: str, adjustment: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for measure in MEASURES:
        both = _common(strata, group, adjustment, measure)
        found |= standardised(strata, both[:, 0], both[:, 1], measure)
    return found


def _common(strata: Impact, group: str, adjustment: str, measure: str) -> np.ndarray:
    """Places of the rows of joint works and of the group, a pair for each stratum of both."""
    rows = strata.rows[strata.rows["adjusted_for"] == adjustment]
    joint = rows[rows["group"] == JOINT].reset_index()[["stratum", "index"]]
    other = rows[rows["group"] == group].reset_index()[["stratum", "index"]]
    both = joint.merge(other, on="stratum")[["index_x", "index_y"]].to_numpy("int64")
    number = strata.rows[f"works_in_{measure}"].to_numpy()
    return np.asarray(both[(number[both] >= FEWEST_WORKS).all(axis=1)])


def compared_strata(strata: Impact) -> pd.DataFrame:
    """Rows of COMPARED_STRATUM: the strata that each comparison is of; empty without any."""
    found = [
        (group, name, measure, strata.rows["stratum"].iloc[place])
        for group in sorted(set(strata.rows["group"]) - {JOINT})
        for name in ADJUSTMENTS
        for measure in MEASURES
        for place in _common(strata, group, name, measure)[:, 0].tolist()
    ]
    rows = pd.DataFrame(found, columns=["compared_with", "adjusted_for", "measure", "stratum"])
    return rows.astype(object).sort_values(list(rows.columns), ignore_index=True)


def standardised(
    strata: Impact, joint: np.ndarray, other: np.ndarray, measure: str
) -> dict[str, Any]:
    """Means of both groups at the joint works' mix, and their difference with its interval.

    `joint` and `other` are the places of the strata's rows. Empty without strata, and where more
    than half of the works stand in small cells; the reason is told.
    """
    number = strata.rows[f"works_in_{measure}"].to_numpy()
    sizes = number[joint].astype("float64")
    counts = {
        f"works_in_{measure}": int(sizes.sum()),
        f"compared_works_in_{measure}": int(number[other].sum()),
    }
    alone = _in_small_cells(strata, joint, other)
    if not len(joint) or alone:
        nothing = dict.fromkeys((c for c in COMPARED if measure in c), float("nan"))
        reason = SMALL_CELLS if alone else NO_STRATUM
        return {**nothing, **counts, f"{measure}_reason": reason}
    part = sizes / sizes.sum()
    mean, sampled = strata.rows[measure].to_numpy("float64"), strata.sampled[measure]
    low, high = middle((part @ (sampled[joint] - sampled[other]))[None, :])
    return {
        **counts,
        measure: float(part @ mean[joint]),
        f"compared_{measure}": float(part @ mean[other]),
        f"{measure}_difference": float(part @ (mean[joint] - mean[other])),
        f"{measure}_difference_low": float(low[0]),
        f"{measure}_difference_high": float(high[0]),
        f"{measure}_reason": None,
        f"{measure}_difference_p": exchange_p(
            _scores(strata, joint, measure), _scores(strata, other, measure), part
        ),
    }


def _scores(strata: Impact, rows: np.ndarray, measure: str) -> list[np.ndarray]:
    """Scores of the judged works of each of these rows."""
    score = strata.reference.rows[MEASURES[measure]].to_numpy("float64")
    starts, works = strata.members.indptr, strata.members.indices
    found = [score[works[starts[row] : starts[row + 1]]] for row in rows.tolist()]
    return [one[~np.isnan(one)] for one in found]


def _in_small_cells(strata: Impact, joint: np.ndarray, other: np.ndarray) -> bool:
    chosen = strata.rows.iloc[np.concatenate([joint, other])]
    small, judged = chosen["works_in_small_cells"].sum(), chosen["works_in_pp_top10"].sum()
    return bool(small > MOST_IN_SMALL_CELLS * judged)
