"""Are joint works said to be cited more, or less, where they are not? Worlds without a difference.

    python tests/benchmarks/citation_comparisons.py [--out citation_comparisons.csv]

Works of five fields, citations lognormal (standard deviation of the logarithm 1.3), a third of
them uncited, the same for joint and other works of a team size; with `effect`, those of joint works
are so many times as high. The works of a world are their own reference set. `strata`: joint and
other works by team size (`50+300 50+5`: of the larger teams there are 50 joint works and 5 others).

Rows: strata, effect, worlds; part of the worlds in which the 95 % stability interval of the
difference at the joint works' mix is above zero (`interval_more`) or below (`interval_less`), and
in which findings tell it, for which the test of exchanged works must agree (`told_more`,
`told_less`). Two minutes.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from bibnet.metrics.citations.comparison import compared, strata_members
from bibnet.metrics.citations.impact import Scores, impacts
from bibnet.metrics.citations.scores import citation_scores
from bibnet.report.findings.rules import SIGNIFICANT

Strata = tuple[tuple[int, int], ...]
DESIGNS: tuple[Strata, ...] = (
    ((30, 300),),
    ((100, 600),),
    ((300, 30),),
    ((1_000, 3_000),),
    ((50, 300), (50, 5)),
    ((20, 300), (80, 12)),
)
# Worlds by effect: none, and joint works cited twice as often.
WORLDS = {1.0: 100, 2.0: 30}
SPREAD, SEED, FIELDS, UNCITED = 1.3, 11, 5, 1 / 3
MOST_WORKS = 1_000  # of larger worlds a third as many


def world(strata: Strata, effect: float, chance: np.random.Generator) -> pd.Series:
    """The row of citations_compared at equal numbers of authors."""
    rows = [
        (group, "2" if group == "joint" else "1", str(authors))
        for authors, numbers in enumerate(strata, start=1)
        for group, number in zip(("joint", "a only"), numbers, strict=True)
        for _ in range(number)
    ]
    works = pd.DataFrame(rows, columns=["group", "countries", "authors"])
    works = works.assign(work_key=range(len(works)), weight=1.0)
    scored = citation_scores(_cited(works, effect, chance), np.zeros(len(works), bool))
    members = strata_members(works)
    members = members[members["adjusted_for"] == "authors"]
    found = compared(impacts({"t": members}, Scores(scored, None, seed=1))["t"])
    return found[found["adjusted_for"] == "authors"].iloc[0]


def _cited(works: pd.DataFrame, effect: float, chance: np.random.Generator) -> pd.DataFrame:
    """The works as scores want them, with citations."""
    cited = chance.lognormal(2.0 - SPREAD**2 / 2, SPREAD, len(works))
    cited *= np.where(works["group"] == "joint", effect, 1.0)
    cited = np.where(chance.random(len(works)) < UNCITED, 0, np.floor(cited))
    field = chance.integers(FIELDS, size=len(works)).astype(str)
    return works[["work_key"]].assign(
        year=2019,
        type="article",
        field_id=field,
        citations=cited,
        fwci=np.nan,
        citation_percentile=np.nan,
    )


def told(strata: Strata, effect: float, worlds: int) -> dict[str, object]:
    """A row of the table."""
    chance = np.random.default_rng([SEED, *sum(strata, ()), int(effect)])
    found = pd.DataFrame([world(strata, effect, chance) for _ in range(worlds)])
    above, below = found["mncs_difference_low"] > 0, found["mncs_difference_high"] < 0
    agrees = found["mncs_difference_p"] <= SIGNIFICANT
    parts = {
        "interval_more": above,
        "interval_less": below,
        "told_more": above & agrees,
        "told_less": below & agrees,
    }
    return {
        "strata": " ".join(f"{joint}+{other}" for joint, other in strata),
        "effect": effect,
        "worlds": worlds,
        **{name: round(float(part.mean()), 3) for name, part in parts.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).with_suffix(".csv"))
    asked = parser.parse_args()
    rows = []
    for strata in DESIGNS:
        large = sum(map(sum, strata)) > MOST_WORKS
        for effect, worlds in WORLDS.items():
            rows.append(told(strata, effect, worlds // 3 if large else worlds))
            sys.stdout.write(f"{rows[-1]}\n")
            sys.stdout.flush()
    pd.DataFrame(rows).to_csv(asked.out, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
