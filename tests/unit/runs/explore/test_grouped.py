"""Works in groups: what each has of a choice, whichever groups are asked for."""

import numpy as np

from bibnet.runs.explore.grouped import Choice, Grouped, grouped, spans

# Group 0 has works 0, 1 and 3, group 1 none, group 2 works 1 and 2, group 3 none.
GROUPED = grouped(np.array([0, 0, 0, 2, 2]), np.array([0, 1, 3, 1, 2], "int32"), 4)


def choice(chosen: list[int], joint: list[int]) -> Choice:
    return Choice.of(np.isin(np.arange(4), chosen), np.isin(np.arange(4), joint))


def counted(of: Grouped, chosen: list[int], joint: list[int]) -> list[list[int]]:
    return [numbers.tolist() for numbers in of.counts(choice(chosen, joint))]


def test_each_group_counts_its_chosen_works_and_the_joint_ones() -> None:
    assert counted(GROUPED, [0, 1, 3], [1]) == [[3, 0, 1, 0], [1, 0, 1, 0]]
    assert counted(GROUPED, [], []) == [[0] * 4] * 2


def test_more_works_than_a_byte_counts() -> None:
    of = grouped(np.zeros(1000, int), np.arange(1000), 1)
    every = np.ones(1000, bool)
    assert [numbers.tolist() for numbers in of.counts(Choice.of(every, every))] == [[1000], [1000]]


def test_some_groups_in_the_order_asked_for() -> None:
    some = GROUPED.only(np.array([2, 1, 0]))
    assert counted(some, [1, 2], [2]) == [[2, 0, 1], [1, 0, 0]]
    assert counted(GROUPED.only(np.array([], int)), [1], []) == [[], []]


def test_the_works_of_a_group() -> None:
    assert [GROUPED.of(group).tolist() for group in (0, 1, 2, -1)] == [[0, 1, 3], [], [1, 2], []]


def test_no_group_at_all() -> None:
    assert counted(grouped(np.array([], int), np.array([], int), 0), [1], []) == [[], []]


def test_spans_stand_one_behind_the_other() -> None:
    assert spans(np.array([5, 2, 9]), np.array([7, 2, 10])).tolist() == [5, 6, 9]
