"""Ranks with ties, and values that differ by floating-point noise only."""

import numpy as np
import pytest

from bibnet.network.measures.ranking import ranks, settled

NAN = float("nan")


def test_ties_share_the_smallest_rank() -> None:
    assert ranks(np.array([5, 7, 5, 1])).tolist() == [2, 1, 2, 4]
    assert ranks(np.array([5, 7, 5, 1])).dtype == np.int64


def test_an_undefined_value_has_no_rank_and_takes_none() -> None:
    assert ranks(np.array([NAN, 2.0, 3.0])).tolist() == [pytest.approx(NAN, nan_ok=True), 2, 1]


def test_noise_is_settled_upwards_and_nothing_else() -> None:
    values = np.array([1.0, 0.3, 0.1 + 0.2, NAN, 0.3 * (1 - 1e-9), -0.0])
    found = settled(values)
    assert found[1] == found[2] == 0.1 + 0.2
    assert found[4] == values[4]
    assert np.isnan(found[3])


def test_what_a_solver_leaves_of_nothing_is_one_value() -> None:
    assert len(set(settled(np.array([1.0, 1e-17, 3e-17, 0.0]), noise=1e-13).tolist())) == 2


def test_nothing_to_settle() -> None:
    assert settled(np.array([])).tolist() == []
    assert np.isnan(settled(np.array([NAN]))).all()
