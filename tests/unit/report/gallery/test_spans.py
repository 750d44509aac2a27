"""Which years are drawn of a short and of a long time."""

import pandas as pd
import pytest

from bibnet.report.gallery.spans import drawn, every_year, since_first, with_works


def years(works: dict[int, int]) -> pd.DataFrame:
    return pd.DataFrame({"year": list(works), "works": list(works.values())})


@pytest.mark.parametrize(
    ("works", "few"),
    [
        ({2019: 1, 2020: 40}, {2020: False}),  # over a short time too
        ({1989: 1, 2018: 10, 2019: 9, 2020: 40}, {2018: False, 2019: True, 2020: False}),
        ({2019: 1, 2020: 9}, {}),  # no year has ten works
        ({1989: 10, 2020: 40}, {1989: False, 2020: False}),
        ({}, {}),
    ],
)
def test_shares_of_years_of_few_works_are_not_drawn(works: dict, few: dict) -> None:
    rows, said = drawn(years(works), "works")
    assert dict(zip(rows["year"], rows["few"], strict=True)) == few
    assert bool(said) == (bool(few) and (True in few.values() or len(few) < len(works)))


def test_counts_begin_where_there_are_any() -> None:
    rows, said = since_first(years({1980: 0, 1999: 2, 2000: 0, 2020: 1}), "works")
    assert (rows["year"].tolist(), said) == ([1999, 2000, 2020], " Before 1999 there are none.")
    short = years({1999: 0, 2000: 1})
    assert since_first(short, "works")[0] is short


def test_an_axis_has_every_year() -> None:
    assert (every_year([2003, 2000]), every_year([])) == ([2000, 2001, 2002, 2003], [])


@pytest.mark.parametrize(
    ("works", "joint", "shown"),
    [
        ([0, 3, 0, 2, 0], [0, 0, 0, 0, 0], [2018, 2019, 2020]),
        ([None] * 5, [0, 1, 0, 1, 0], [2018, 2019, 2020]),  # joint works alone are harvested
        ([0] * 5, [0] * 5, [2017, 2018, 2019, 2020, 2021]),
    ],
)
def test_an_axis_ends_where_the_data_end(works: list, joint: list, shown: list) -> None:
    frame = pd.DataFrame({"year": range(2017, 2022), "works": works, "joint_works": joint})
    frame = frame.astype({"works": "Int64", "joint_works": "Int64"})
    assert with_works(frame)["year"].tolist() == shown
