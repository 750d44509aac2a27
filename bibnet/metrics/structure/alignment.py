"""Whether two rankings of the same units agree: universities and jobs, talent and works."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bibnet.schema.errors import Fault, UsageError

ALIGNED, MISALIGNED = "aligned", "misaligned"
ONLY_FIRST, ONLY_SECOND = "only_first", "only_second"
# Among some thirty provinces, three places are a tenth of the list: less is noise of ties.
WITHIN = 3
FEWEST_UNITS = 2


@dataclass(frozen=True)
class RankAlignment:
    """What `rank_alignment` finds.

    `rows` has one row per unit, by first rank, then second, then name: unit, first, second
    (the values), first_rank, second_rank (1 = largest; ties share the smallest rank),
    difference (second_rank - first_rank: above zero the unit ranks worse in the second list)
    and verdict. Ranks and difference are empty where a unit stands in one list only.
    `spearman` and `kendall` (tau-b) are over the `units` in both lists; NaN where fewer than
    two are, or where one list has one value only.
    """

    rows: pd.DataFrame
    spearman: float
    kendall: float
    units: int


def rank_alignment(
    first: Mapping[str, float], second: Mapping[str, float], *, within: int = WITHIN
) -> RankAlignment:
    """Compare two lists of values by the ranks they give to the units that both hold.

    A unit is `aligned` where its ranks differ by at most `within` places, else `misaligned`;
    units of one list are `only_first` or `only_second`, with no rank, so that a unit that one
    list leaves out does not move the others. Units go by name, whole and exact. Values must be
    finite numbers; larger is better. It is the comparison of CSET, Assessing China's AI
    Workforce (2023), of where talent is trained and where it is asked for; CSET gives no
    number for "aligned", so `within` is an argument.

    Spearman's rho is Pearson's correlation of mid-ranks; Kendall's tau-b = (concordant -
    discordant) / sqrt((pairs - ties in first) (pairs - ties in second)) (Kendall 1945,
    Biometrika 33(3):239, doi:10.1093/biomet/33.3.239).

    Raises UsageError for a value that is no finite number or a `within` below zero.

    Example, on a run's provinces and a list of one's own:

        run = bibnet.load("outputs/europe-china-ai/RUN")
        hubs = run.exhibit("hubs")
        province = hubs[(hubs.unit == "province") & (hubs.country == "CN") & hubs.province.notna()]
        works = province.set_index("province")["works"].to_dict()
        universities = {"Beijing": 34, "Jiangsu": 16, "Shanghai": 15, "Hubei": 7}
        found = rank_alignment(universities, works)
        found.rows[found.rows.verdict == "misaligned"]

    Reading: difference = 4 says that the province ranks four places lower by works than by
    universities.
    """
    _require(first, second, within)
    both = sorted(set(first) & set(second))
    values = pd.DataFrame(
        {"first": [float(first[u]) for u in both], "second": [float(second[u]) for u in both]},
        index=both,
    )
    ranks = values.rank(method="min", ascending=False).astype("Int64")
    rows = pd.DataFrame({"unit": sorted({*first, *second})})
    rows["first"] = rows["unit"].map({**first}).astype("float64")
    rows["second"] = rows["unit"].map({**second}).astype("float64")
    for name in ("first", "second"):
        rows[f"{name}_rank"] = rows["unit"].map(ranks[name].to_dict()).astype("Int64")
    rows["difference"] = rows["second_rank"] - rows["first_rank"]
    rows["verdict"] = [_verdict(unit, first, second, ranks, within) for unit in rows["unit"]]
    rows = rows.sort_values(["first_rank", "second_rank", "unit"], ignore_index=True)
    return RankAlignment(rows, _spearman(values), _kendall(values), len(both))


def _verdict(
    unit: str,
    first: Mapping[str, float],
    second: Mapping[str, float],
    ranks: pd.DataFrame,
    within: int,
) -> str:
    if unit not in second:
        return ONLY_FIRST
    if unit not in first:
        return ONLY_SECOND
    away = abs(int(ranks["first"][unit]) - int(ranks["second"][unit]))
    return ALIGNED if away <= within else MISALIGNED


def _require(first: Mapping[str, float], second: Mapping[str, float], within: int) -> None:
    faults = [
        Fault(f"{unit!r} has the value {value!r}", f"the {name} list", "give a finite number")
        for name, values in (("first", first), ("second", second))
        for unit, value in values.items()
        if pd.isna(value) or not np.isfinite(value)
    ]
    if within < 0:
        faults.append(Fault(f"within = {within}", "rank_alignment", "give 0 or more places"))
    if faults:
        raise UsageError(faults)


def _spearman(values: pd.DataFrame) -> float:
    return _correlation(values.rank(method="average"))


def _correlation(values: pd.DataFrame) -> float:
    if len(values) < FEWEST_UNITS or (values.nunique() < FEWEST_UNITS).any():
        return float("nan")
    first, second = (values[name].to_numpy() - values[name].mean() for name in values)
    return float((first * second).sum() / np.sqrt((first**2).sum() * (second**2).sum()))


def _kendall(values: pd.DataFrame) -> float:
    """Tau-b: the correlation of the signs of all pairwise differences."""
    signs = [np.sign(np.subtract.outer(v, v)).ravel() for v in values.to_numpy().T]
    both, one, other = (int(x) for x in (signs[0] @ signs[1], *(np.abs(s).sum() for s in signs)))
    return both / float(np.sqrt(one) * np.sqrt(other)) if one and other else float("nan")
