"""Joint and one-sided works at the same mix: a difference that is one of team size vanishes."""

import math

import pandas as pd
import pytest

from bibnet.metrics.citations.comparison import compared, strata_members
from bibnet.metrics.citations.impact import Scores, impacts


def comparison(*groups: tuple[str, str, str, list[float]], cell_works: int = 100) -> pd.DataFrame:
    """Rows of the exhibit from works (group, countries, authors, scores), scores of the source."""
    rows = [
        (group, countries, authors, score)
        for group, countries, authors, scores in groups
        for score in scores
    ]
    works = pd.DataFrame(rows, columns=["group", "countries", "authors", "ncs"])
    works = works.astype({"ncs": "float64"}).assign(work_key=range(len(works)), weight=1.0)
    scored = works[["work_key", "ncs"]].assign(
        reference="openalex",
        state="scored",
        top10=0.0,
        cell_works=cell_works,
        cell=-1,
        citations=1.0,
    )
    members = strata_members(works.drop(columns="ncs"))
    return compared(impacts({"t": members}, Scores(scored, None, seed=1))["t"])


def test_a_difference_that_is_one_of_team_size_vanishes() -> None:
    """Big teams have 2, small ones 1 in either group; joint works are mostly of big teams."""
    found = comparison(
        ("joint", "2", "11+", [2.0] * 15),
        ("joint", "2", "1", [1.0] * 5),
        ("europe only", "1", "11+", [2.0] * 5),
        ("europe only", "1", "1", [1.0] * 15),
    ).set_index("adjusted_for")
    assert found.loc["nothing", "mncs_difference"] == pytest.approx(1.75 - 1.25)
    assert found.loc["nothing", "mncs_difference_low"] > 0
    assert found.loc["authors", "mncs"] == found.loc["authors", "compared_mncs"] == 1.75
    assert found.loc["authors", "mncs_difference"] == 0


def test_strata_that_one_group_hardly_has_are_left_out_and_counted() -> None:
    """Works of one country against works of two: nothing can be compared at equal countries."""
    row = comparison(
        ("joint", "2", "1", [3.0] * 6), ("joint", "3", "1", [1.0] * 6),
        ("europe only", "1", "1", [1.0] * 6), ("europe only", "3", "1", [1.0] * 4),
    ).set_index("adjusted_for").loc["countries"]  # fmt: skip
    assert (row["works_in_mncs"], row["compared_works_in_mncs"]) == (0, 0)
    assert all(math.isnan(row[f"mncs_difference{end}"]) for end in ("", "_low", "_high"))
    assert row["mncs_reason"] == row["pp_top10_reason"] == "no_common_stratum"


def test_the_compared_mean_takes_the_mix_of_the_joint_works() -> None:
    """Joint: 6 small, 12 big. Europe: small 1, big 4, so at that mix (6 * 1 + 12 * 4) / 18 = 3."""
    row = comparison(
        ("joint", "2", "1", [2.0] * 6), ("joint", "2", "11+", [5.0] * 12),
        ("europe only", "1", "1", [1.0] * 9), ("europe only", "1", "11+", [4.0] * 9),
    ).set_index("adjusted_for").loc["authors"]  # fmt: skip
    assert (row["mncs"], row["compared_mncs"]) == (pytest.approx(4.0), pytest.approx(3.0))
    assert pd.isna(row["mncs_reason"])


def test_works_that_are_mostly_compared_with_themselves_are_not_compared() -> None:
    row = comparison(
        ("joint", "2", "1", [2.0] * 6), ("europe only", "1", "1", [1.0] * 6), cell_works=9
    ).iloc[0]
    assert math.isnan(row["mncs_difference"])
    assert (row["mncs_reason"], row["works_in_mncs"]) == ("small_cells", 6)


def test_nothing_to_compare() -> None:
    assert comparison().empty
    assert comparison(("joint", "2", "1", [1.0])).empty
