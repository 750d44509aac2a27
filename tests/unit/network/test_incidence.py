"""Sums of parts of works: exact, whole where they are whole, whatever the order of the rows."""

from fractions import Fraction

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.network.incidence import in_works
from bibnet.schema.units import WHOLE

ENGINE = ibis.duckdb.connect(threads=2)


def in_one_number(parts: list[int]) -> float:
    """The parts summed by the engine."""
    rows = ibis.memtable({"weight": parts}, schema={"weight": "int64"})
    found = ENGINE.to_pyarrow(rows.aggregate(works=in_works(rows.weight)))
    return float(found["works"][0].as_py())


@pytest.mark.parametrize("works", [1, 3, 499, 10_007])
def test_whole_works_are_a_whole_number(works: int) -> None:
    """499 parts of one work summed in one float are 499.00000000000006."""
    assert in_one_number([WHOLE] * works) == works


@pytest.mark.parametrize("authors", [3, 7, 41, 43, 97, 2_987])
def test_all_parts_of_a_work_are_one_work(authors: int) -> None:
    """Above 40 authors each part is rounded down, and their sum is short of the work."""
    assert in_one_number([WHOLE // authors] * authors) == 1.0


def test_a_part_is_not_made_whole() -> None:
    assert in_one_number([WHOLE, WHOLE // 3]) == 4 / 3
    assert in_one_number([WHOLE // 1_000_000]) == pytest.approx(1e-6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=60), st.integers(0, 10**6))
def test_as_exact_as_a_float_can_be(divisors: list[int], works: int) -> None:
    parts = [WHOLE // divisor for divisor in divisors] + [WHOLE] * min(works, 50)
    exact = sum((Fraction(part, WHOLE) for part in parts), Fraction())
    assert in_one_number(parts) == pytest.approx(float(exact), rel=2e-16 * 4, abs=0)
