"""Joint and one-sided works at the same mix: a difference that is one of team size vanishes."""

import math

import pandas as pd
import pytest

from bibnet.metrics.citations.comparison import compared


def rows_of(*groups: tuple[str, str, str, list[float]]) -> pd.DataFrame:
    """One row per work from (group, countries, authors, scores)."""
    rows = [
        (group, countries, authors, score, 0.0)
        for group, countries, authors, scores in groups
        for score in scores
    ]
    return pd.DataFrame(rows, columns=["group", "countries", "authors", "ncs", "top10"])


def test_a_difference_that_is_one_of_team_size_vanishes() -> None:
    """Big teams have 2, small ones 1 in either group; joint works are mostly of big teams."""
    world = rows_of(
        ("joint", "2", "11+", [2.0] * 15),
        ("joint", "2", "1", [1.0] * 5),
        ("europe only", "1", "11+", [2.0] * 5),
        ("europe only", "1", "1", [1.0] * 15),
    )
    found = compared(world, seed=1).set_index("adjusted_for")
    assert found.loc["nothing", "mncs_difference"] == pytest.approx(1.75 - 1.25)
    assert found.loc["nothing", "mncs_difference_low"] > 0
    assert found.loc["authors", "mncs"] == found.loc["authors", "compared_mncs"] == 1.75
    assert found.loc["authors", "mncs_difference"] == 0


def test_strata_that_one_group_hardly_has_are_left_out_and_counted() -> None:
    """Works of one country against works of two: nothing can be compared at equal countries."""
    world = rows_of(
        ("joint", "2", "1", [3.0] * 6), ("joint", "3", "1", [1.0] * 6),
        ("europe only", "1", "1", [1.0] * 6), ("europe only", "3", "1", [1.0] * 4),
    )  # fmt: skip
    row = compared(world, seed=1).set_index("adjusted_for").loc["countries"]
    assert (row["works_in_mncs"], row["compared_works_in_mncs"]) == (0, 0)
    assert all(math.isnan(row[f"mncs_difference{end}"]) for end in ("", "_low", "_high"))


def test_the_compared_mean_takes_the_mix_of_the_joint_works() -> None:
    """Joint: 6 small, 12 big. Europe: small 1, big 4, so at that mix (6 * 1 + 12 * 4) / 18 = 3."""
    world = rows_of(
        ("joint", "2", "1", [2.0] * 6), ("joint", "2", "11+", [5.0] * 12),
        ("europe only", "1", "1", [1.0] * 9), ("europe only", "1", "11+", [4.0] * 9),
    )  # fmt: skip
    row = compared(world, seed=1).set_index("adjusted_for").loc["authors"]
    assert (row["mncs"], row["compared_mncs"]) == (pytest.approx(4.0), pytest.approx(3.0))


def test_nothing_to_compare() -> None:
    assert compared(rows_of(), seed=1).empty
    assert len(compared(rows_of(("joint", "2", "1", [1.0])), seed=1)) == 0
