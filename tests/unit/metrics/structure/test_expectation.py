"""Ties against chance: tails, false discovery, and what is found in invented networks."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.metrics.structure.expectation import (
    Expected,
    expectation,
    false_discovery,
    judged,
)


def members(*works: tuple[int, str]) -> pd.DataFrame:
    """Rows from works (year, units as letters)."""
    rows = [(str(year), key, unit) for key, (year, units) in enumerate(works) for unit in units]
    return pd.DataFrame(rows, columns=["stratum", "work_key", "unit"])


def test_the_first_four_of_fifteen_are_discoveries() -> None:
    """Benjamini, Hochberg 1995, section 3.2: 15 tests of thrombolysis, rate 0.05, four rejected."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    p += [0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    q = false_discovery(np.array(p), 15)
    assert (q <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert q[0] == pytest.approx(0.0015)
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


def test_tests_that_are_not_shown_count_as_tests() -> None:
    assert false_discovery(np.array([0.01, 0.002]), 10).tolist() == pytest.approx([0.05, 0.02])


def faithful() -> pd.DataFrame:
    """ab and cd always together, twelve times each, and e with all of them by turns."""
    works = [(2020, "ab")] * 12 + [(2020, "cd")] * 12 + [(2020, "ae"), (2020, "ce")] * 6
    return members(*works)


def test_ties_more_and_less_frequent_are_found() -> None:
    found = expectation(faithful())
    verdict = found.rows.set_index(["unit_a", "unit_b"])["verdict"].to_dict()
    assert verdict["a", "b"] == verdict["c", "d"] == "more"
    assert verdict["a", "c"] == "less"  # never together, though each has 18 of the 36 works
    assert (found.units, found.pairs, found.least_works) == (5, 10, 5)


def test_strata_hold_the_years_apart() -> None:
    """x and y are each on every work of their own year, so they can never meet."""
    works = [(2020, "xa"), (2020, "xb"), (2021, "ya"), (2021, "yb")] * 12
    found = expectation(members(*works)).rows.set_index(["unit_a", "unit_b"])
    assert ("x", "y") not in found.index
    row = found.loc[("a", "x")]
    assert row["expected"] == pytest.approx(row["works"])
    assert row["verdict"] == "as_expected"
    merged = members(*[(2020, units) for _, units in works])
    assert ("x", "y") in set(expectation(merged).rows.set_index(["unit_a", "unit_b"]).index)


def test_pairs_below_the_floor_are_not_shown() -> None:
    found = expectation(members((2020, "ab"), (2020, "ac"), (2020, "bc"))).rows
    assert found.empty
    assert "verdict" in found.columns


def test_no_members_no_rows() -> None:
    found = expectation(members())
    assert found.rows.empty
    assert (found.units, found.pairs) == (0, 0)


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(36)), st.permutations("abcde"))
def test_the_order_of_works_and_the_names_of_units_change_nothing(
    order: list[int], names: list[str]
) -> None:
    rows = faithful()
    other = rows.assign(work_key=rows["work_key"].map(dict(enumerate(order))))
    other = other.sample(frac=1, random_state=1)
    new = dict(zip("abcde", names, strict=True))
    renamed = other.assign(unit=other["unit"].map(new))
    first, second = expectation(rows).rows, expectation(renamed).rows
    key = [frozenset((new[a], new[b])) for a, b in zip(first.unit_a, first.unit_b, strict=True)]
    again = [frozenset(pair) for pair in zip(second.unit_a, second.unit_b, strict=True)]
    assert dict(zip(key, first["q"], strict=True)) == pytest.approx(
        dict(zip(again, second["q"], strict=True))
    )


def test_all_pairs_alike_are_as_expected() -> None:
    """Six units on works of two, all fifteen pairs 150 times."""
    pairs = [a + b for i, a in enumerate("abcdef") for b in "abcdef"[i + 1 :]]
    found = expectation(members(*[(2020, pair) for pair in pairs] * 150)).rows
    assert set(found["method"]) == {"hypergeometric"}
    assert set(found["verdict"]) == {"as_expected"}
    assert found["expected"].tolist() == pytest.approx([150.0] * 15)
    assert found["p"].min() > 0.9


def test_what_the_numbers_of_works_decide_is_no_finding() -> None:
    """Works of two among three units: who has how many works says who meets whom, in full."""
    found = expectation(
        members(*[(2020, "ab")] * 20 + [(2020, "ac")] * 9 + [(2020, "bc")] * 6)
    ).rows
    assert found["expected"].tolist() == pytest.approx([20, 9, 6], rel=1e-4)
    assert set(found["method"]) == {"certain"}
    assert set(found["verdict"]) == {"as_expected"}
    assert found["z"].isna().all()


@pytest.mark.parametrize("works", [("a",), ("ab",), ("ab", "ab", "ab", "ab", "ab"), ("abc",) * 9])
def test_one_work_one_unit_and_units_that_are_always_together(works: tuple[str, ...]) -> None:
    """A stratum of one, everything tied: nothing is left to chance."""
    found = expectation(members(*[(2020, units) for units in works])).rows
    assert set(found["verdict"]) <= {"as_expected"}
    assert (found["works"] == found["expected"].round(6)).all()


def rows(*pairs: tuple[int, float, float]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["works", "expected", "p"])


def test_less_is_one_of_the_pairs_that_can_have_too_few() -> None:
    """Two pairs with five works expected: one that never met, p = e^-10. Among 200,000 tests it
    would be nothing; `more` with the same p is."""
    found = judged(rows((0, 10.0, 4.5e-5), (6, 6.0, 0.9), (6, 0.4, 4.5e-5)), 200_000)
    assert found["verdict"].tolist() == ["less", "as_expected", "as_expected"]
    assert found["q"].tolist() == pytest.approx([9e-5, 0.9, 1.0])


def test_how_many_works_must_be_expected_of_a_pair_that_never_met() -> None:
    """Five pairs, none `less`: exp(-x) <= 0.05 / 5 from x = ln 100 = 4.6, so the floor of 5; of
    2,000 pairs from ln 40,000 = 10.6."""
    frame = rows(*[(6, 6.0, 0.9)] * 5).assign(verdict="as_expected")
    assert Expected(frame, 9, 36, 5, 0.0).less_from == 5.0
    many = pd.concat([frame] * 400)
    assert Expected(many, 99, 4851, 5, 0.0).less_from == pytest.approx(math.log(40_000))
    assert math.isnan(Expected(frame.head(0), 9, 36, 5, 0.0).less_from)
