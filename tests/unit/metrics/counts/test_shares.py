"""Shares by year and side: literal rows, bounds, zeros, years that are shown."""

import ibis
import pytest
from build import rows_of, tables

from bibnet.metrics.counts.shares import shown_years, year_grid, years
from bibnet.network.scope import side_countries
from bibnet.schema.units import WHOLE

SIDES = {"europe": ("DE",), "china": ("CN",)}
HALF = WHOLE // 2


def scope(key: int, joint: bool = False, undecided: bool = False) -> dict[str, object]:
    return {"work_key": key, "year": 2020, "joint": joint, "undecided": undecided}


def world() -> dict[str, ibis.Table]:
    """2020: one joint work, one of Europe that is undecided, one of nobody that is undecided."""
    found = tables(
        work_scope=[scope(1, joint=True), scope(2, undecided=True), scope(3, undecided=True)],
        work_side=[
            {"work_key": 1, "side": "europe"},
            {"work_key": 1, "side": "china"},
            {"work_key": 2, "side": "europe"},
        ],
        country_membership=[
            {"work_key": 1, "author_seq": 1, "unit": "DE", "weight": HALF},
            {"work_key": 1, "author_seq": 2, "unit": "CN", "weight": HALF},
            {"work_key": 2, "author_seq": 1, "unit": "DE", "weight": HALF},
            {"work_key": 2, "author_seq": 2, "unit": "unknown", "weight": HALF},
            {"work_key": 3, "author_seq": 1, "unit": "unknown", "weight": WHOLE},
        ],
    )
    return {**found, "side_country": side_countries(SIDES)}


def rows(source_year: int | None = 2026) -> list[tuple[object, ...]]:
    table = years(world(), year_grid([2020, 2021], list(SIDES)), source_year)
    columns = ("year", "side", "works", "works_fractional", "joint_works", "share", "share_high")
    return rows_of(table, *columns)


def test_shares_and_bounds_of_each_side() -> None:
    third = pytest.approx(1 / 3)
    assert rows() == [
        (2020, "all", 3, 3.0, 1, third, 1.0),
        (2020, "china", 1, 0.5, 1, 1.0, 1.0),
        (2020, "europe", 2, 1.0, 1, 0.5, 1.0),
        (2021, "all", 0, 0.0, 0, None, None),
        (2021, "china", 0, 0.0, 0, None, None),
        (2021, "europe", 0, 0.0, 0, None, None),
    ]


@pytest.mark.parametrize(("source", "expected"), [(2021, True), (2022, False), (None, None)])
def test_the_source_year_and_the_one_before_are_provisional(source: int, expected: bool) -> None:
    table = years(world(), year_grid([2020], list(SIDES)), source)
    assert {value for (value,) in rows_of(table, "provisional")} == {expected}


def test_years_run_without_gaps() -> None:
    assert shown_years([2020, 2018], None) == [2018, 2019, 2020]
    assert shown_years([2020], (2019, 2021)) == [2019, 2020, 2021]
    assert shown_years([], None) == []


def test_no_year_between_is_left_out() -> None:
    """Years that cannot be are excluded from the corpus, so that centuries here are real."""
    assert shown_years([1901, 2020], None) == list(range(1901, 2021))
