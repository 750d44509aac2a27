"""Two rankings beside each other, with coefficients counted by hand and by scipy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bibnet.metrics.structure.alignment import rank_alignment
from bibnet.schema.errors import UsageError

NAMES = st.sampled_from([f"unit {n}" for n in range(12)])
LISTS = st.dictionaries(NAMES, st.integers(0, 6), max_size=12)


def rows(found):
    shown = found.rows.astype(object).where(found.rows.notna(), None)
    return [tuple(row) for row in shown.to_numpy().tolist()]


def test_a_unit_far_down_in_the_second_list_is_misaligned():
    universities = {"Beijing": 34, "Jiangsu": 16, "Shaanxi": 8, "Guangdong": 5, "Tibet": 1}
    jobs = {"Guangdong": 900, "Beijing": 500, "Jiangsu": 400, "Shaanxi": 20, "Hainan": 3}
    # Ranks are among the four that both lists hold.
    assert rows(rank_alignment(universities, jobs, within=1)) == [
        ("Beijing", 34.0, 500.0, 1, 2, 1, "aligned"),
        ("Jiangsu", 16.0, 400.0, 2, 3, 1, "aligned"),
        ("Shaanxi", 8.0, 20.0, 3, 4, 1, "aligned"),
        ("Guangdong", 5.0, 900.0, 4, 1, -3, "misaligned"),
        ("Hainan", None, 3.0, None, None, None, "only_second"),
        ("Tibet", 1.0, None, None, None, None, "only_first"),
    ]


def test_ties_share_the_smallest_rank():
    found = rank_alignment({"a": 5, "b": 5, "c": 1}, {"a": 3, "b": 2, "c": 1}).rows
    assert found["first_rank"].tolist() == [1, 1, 3]


def test_the_border_is_inside():
    values = {"a": 4, "b": 3, "c": 2, "d": 1}
    turned = {"a": 1, "b": 4, "c": 3, "d": 2}
    by_name = rank_alignment(values, turned, within=3).rows.set_index("unit")["verdict"]
    assert by_name["a"] == "aligned"
    by_name = rank_alignment(values, turned, within=2).rows.set_index("unit")["verdict"]
    assert by_name["a"] == "misaligned"


def test_coefficients_counted_by_hand():
    """Ten boys, two subjects: 21 pairs in the same order, 24 turned; squared differences 182."""
    mathematics = dict(zip("ABCDEFGHIJ", (7, 4, 3, 10, 6, 2, 9, 8, 1, 5), strict=True))
    music = dict(zip("ABCDEFGHIJ", (5, 7, 3, 10, 1, 9, 6, 2, 8, 4), strict=True))
    found = rank_alignment(mathematics, music)
    assert found.kendall == pytest.approx((21 - 24) / 45)
    assert found.spearman == pytest.approx(1 - 6 * 182 / 990)


@given(LISTS, LISTS)
def test_coefficients_are_those_of_scipy(first, second):
    found = rank_alignment(first, second)
    both = sorted(set(first) & set(second))
    one, other = ([values[unit] for unit in both] for values in (first, second))
    if len(set(one)) < 2 or len(set(other)) < 2:
        assert math.isnan(found.spearman)
        assert math.isnan(found.kendall)
    else:
        assert found.spearman == pytest.approx(stats.spearmanr(one, other).statistic)
        assert found.kendall == pytest.approx(stats.kendalltau(one, other).statistic)


@given(LISTS, LISTS)
def test_turning_the_lists_turns_the_signs_only(first, second):
    there, back = rank_alignment(first, second), rank_alignment(second, first)
    one = there.rows.dropna().set_index("unit")["difference"].to_dict()
    other = back.rows.dropna().set_index("unit")["difference"].to_dict()
    assert {unit: -value for unit, value in other.items()} == one
    assert np.isclose(there.kendall, back.kendall, equal_nan=True)


def test_provinces_of_cset_ask_for_surveillance_as_they_ask_for_ai():
    """CSET (2023): AI postings of the ten largest cities (table 4) summed by province, and the
    five provinces with most surveillance postings (figure 5). The order is the same."""
    postings = {
        "Guangdong": 8916 + 4396 + 1244, "Shanghai": 9507, "Jiangsu": 3793 + 2418,
        "Beijing": 4527, "Zhejiang": 2836, "Hubei": 2179, "Sichuan": 1763,
    }  # fmt: skip
    surveillance = {
        "Guangdong": 957, "Shanghai": 481, "Jiangsu": 289, "Beijing": 263, "Zhejiang": 208,
    }  # fmt: skip
    found = rank_alignment(postings, surveillance, within=0)
    assert found.rows["verdict"].tolist() == ["aligned"] * 5 + ["only_first"] * 2
    assert (found.spearman, found.kendall, found.units) == (pytest.approx(1), pytest.approx(1), 5)


def test_nothing_in_common_gives_no_coefficient():
    found = rank_alignment({"a": 1}, {"b": 2})
    assert (found.units, math.isnan(found.spearman), math.isnan(found.kendall)) == (0, True, True)
    assert len(rank_alignment({}, {}).rows) == 0


def test_values_that_are_no_numbers_are_all_named():
    with pytest.raises(UsageError) as error:
        rank_alignment({"a": math.nan, "b": 1}, {"a": math.inf}, within=-1)
    assert [fault.what for fault in error.value.faults] == [
        "'a' has the value nan",
        "'a' has the value inf",
        "within = -1",
    ]
