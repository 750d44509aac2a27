"""Works as columns: lists of numbers that are made where they are asked for."""

import numpy as np
import pyarrow as pa
import pytest

from bibnet.runs.explore.columns import Cells, NumberLists, _numbered

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


def test_cells_are_those_of_all_chunks() -> None:
    cells = Cells[str | None](pa.chunked_array([["a", None], [], ["b"]], pa.string()))
    assert (len(cells), list(cells)) == (3, ["a", None, "b"])
    assert (cells[0], cells[1], cells[-1]) == ("a", None, "b")
    assert cells[1:] == [None, "b"]
    with pytest.raises(IndexError):
        cells[3]


def test_numbers_follow_how_often_names_stand_then_the_alphabet() -> None:
    first = pa.chunked_array([["b", "a"], ["c", None, "c", None]], pa.string())
    second = pa.chunked_array([["DE", "FR"], ["CN", None, "CN", ""]], pa.string())
    numbers, names = _numbered(first, second)
    assert names == [("", ""), ("c", "CN"), ("a", "FR"), ("b", "DE")]
    assert numbers.tolist() == [3, 2, 1, 0, 1, 0]


def test_no_text_has_no_number() -> None:
    numbers, names = _numbered(pa.chunked_array([], pa.string()))
    assert (numbers.tolist(), names) == ([], [])
