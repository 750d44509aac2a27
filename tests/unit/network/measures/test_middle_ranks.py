"""The interval of whole ranks nearest to 95 % of the draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.network.measures.middle_ranks import LEVEL, middle_ranks


def ends(draws: dict[float, int]) -> list[float]:
    """Ends of one unit with so many draws of each rank."""
    rank = np.repeat(list(draws), list(draws.values()))[None, :]
    found: list[float] = middle_ranks(rank)[:, 0].tolist()
    return found


@pytest.mark.parametrize(
    ("draws", "found"),
    [
        ({1: 100}, [1, 1]),
        ({1: 97, 2: 3}, [1, 1]),  # 97 % is nearer to 95 % than all is
        ({1: 92, 2: 8}, [1, 1]),
        ({1: 89, 2: 11}, [1, 2]),
        ({3: 3, 4: 94, 5: 3}, [4, 4]),
        ({3: 3, 4: 50, 5: 44, 6: 3}, [4, 5]),
        ({3: 2, 4: 50, 5: 40, 6: 8}, [4, 6]),  # the lighter end goes first
        ({0.2: 50, 1.4: 50}, [1, 1]),  # ranks are whole, from 1
    ],
)
def test_the_most_extreme_ranks_go_until_the_rest_is_nearest_to_95_percent(
    draws: dict[float, int], found: list[float]
) -> None:
    assert ends(draws) == found


def test_many_ranks_lose_as_much_at_both_ends_and_few_draws_stay() -> None:
    """Of 200 ranks 190; nine of ten are as far from 95 % as all are."""
    assert ends(dict.fromkeys(range(1, 201), 1)) == [6, 195]
    assert ends(dict.fromkeys(range(1, 11), 1)) == [1, 10]


@given(st.lists(st.integers(1, 6), min_size=300, max_size=300))
def test_no_interval_of_neighbours_is_nearer_to_95_percent(ranks: list[int]) -> None:
    """Leaving out the last rank that stayed at either end, or taking one back, is no nearer."""
    low, high = middle_ranks(np.array([ranks], dtype=float))[:, 0]
    held = [
        np.mean([a <= rank <= b for rank in ranks])
        for a, b in ((low, high), (low - 1, high), (low, high + 1))
    ]
    assert held[0] > 0.5
    assert all(abs(held[0] - LEVEL) <= abs(other - LEVEL) + 1e-9 for other in held[1:])
