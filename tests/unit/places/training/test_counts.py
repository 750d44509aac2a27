"""Counts of labels: a string's own label is never told by what its rows know."""

import numpy as np
from numpy.typing import NDArray

from bibnet.places.match.prior import Prior
from bibnet.places.training.counts import Counted, counted

# Strings 0 and 1 have the same words (group 0); organisation 7 is labelled in 0, 1 and 2.
GROUP = np.array([0, 0, 1, 2])
LABELS = [frozenset({7}), frozenset({7}), frozenset({7, -1}), frozenset({3})]
CANDIDATES = {
    "string": np.array([0, 1, 2, 3, 3, 3]),
    "owner": np.array([7, 7, 7, 3, 7, 7]),
    "stands": np.array([True, True, False, True, True, True]),
}
SIZE = 10


def known() -> Counted:
    return counted(LABELS, GROUP, CANDIDATES, SIZE)


def asked() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.array([0, 2, 3]), np.array([7, 7, 7])


def test_labels_whole_names_and_both_are_counted_once_a_string() -> None:
    found = known()
    assert [pairs.total[7] for pairs in (found.labelled, found.whole, found.meant)] == [3, 3, 2]


def test_strings_learn_from_those_before_them() -> None:
    place = np.array([1, 2, 0])  # group 2 first, then group 0, then group 1
    rows = known().earlier(*asked(), place)
    assert rows.tolist() == [[0, 1, 0], [2, 3, 2], [0, 0, 0]]


def test_the_string_that_alone_is_labelled_looks_like_those_before_it() -> None:
    """Counts without the own label alone would be 0 for it and 1 for all the others."""
    place = np.array([1, 2, 0])
    rows = known().earlier(np.array([3, 0]), np.array([3, 3]), place)
    assert rows[:, 0].tolist() == [0, 1]


def test_strings_are_measured_with_the_counts_of_other_folds() -> None:
    fold = np.array([0, 0, 1])  # of each group
    rows = known().elsewhere(*asked(), fold)
    assert rows.tolist() == [[0, 1, 0], [0, 1, 0], [3, 2, 2]]


def test_no_labels_give_no_counts() -> None:
    nothing = {name: np.empty(0, dtype=np.int64) for name in CANDIDATES}
    found = counted([], np.empty(0, dtype=np.int64), nothing, SIZE)
    assert [pairs.total.sum() for pairs in (found.labelled, found.whole, found.meant)] == [0, 0, 0]
    assert Prior().counts == {}
