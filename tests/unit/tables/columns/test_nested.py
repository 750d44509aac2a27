"""Lists of lists as one list, with owners and places."""

from bibnet.tables.columns.nested import Nested, filled, nested
from bibnet.tables.decode.objects import Author

A, B = Author(id="A1"), Author(id="A2")


def test_items_keep_their_owner_and_place() -> None:
    found = nested([7, 8, 9], [["a", "b"], None, ["c"]])
    assert found == Nested(["a", "b", "c"], [7, 8, 9], [2, 0, 1])
    assert (found.owner, found.place, found.seq) == ([7, 7, 9], [0, 1, 0], [1, 2, 1])


def test_no_lists() -> None:
    assert (nested([], []).owner, nested([], []).seq) == ([], [])


def test_an_item_that_is_none_has_a_stand_in_and_its_owner_is_named() -> None:
    found, missing = filled(nested([3, 4], [[A, None], [B]]), Author())
    assert (found.items, missing) == ([A, Author(), B], [3])


def test_nothing_stands_in_where_nothing_is_missing() -> None:
    assert filled(nested([3], [[A]]), Author())[1] == []
