"""Works as columns: lists of numbers that are made where they are asked for."""

import numpy as np
import pytest

from bibnet.runs.explore.columns import NumberLists

LISTS = NumberLists(np.array([7, 8, 9, 5]), np.array([0, 2, 2, 3, 4]))


def test_lists_are_those_between_the_ends() -> None:
    assert list(LISTS) == [[7, 8], [], [9], [5]]
    assert len(LISTS) == 4
    assert LISTS[1:3] == [[], [9]]
    assert (LISTS[0], LISTS[-1]) == ([7, 8], [5])


def test_no_list_stands_beyond_the_last() -> None:
    with pytest.raises(IndexError):
        LISTS[4]
    assert list(NumberLists(np.zeros(0), np.zeros(1, "int64"))) == []
