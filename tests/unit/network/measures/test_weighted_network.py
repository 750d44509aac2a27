"""A network as arrays: what is refused, degrees, exact strengths, components."""

import numpy as np
import pytest

from bibnet.network.measures import weighted_network
from bibnet.network.measures.weighted import WeightedNetwork


def made(nodes: int, *edges: tuple[int, int, float]) -> WeightedNetwork:
    rows = np.array(edges, dtype="object").reshape(-1, 3)
    weight = np.array(rows[:, 2].tolist())
    return weighted_network(nodes, rows[:, 0].astype(int), rows[:, 1].astype(int), weight)


@pytest.mark.parametrize(
    ("edges", "words"),
    [
        ([(0, 3, 1)], "outside 0..2"),
        ([(-1, 1, 1)], "outside 0..2"),
        ([(1, 1, 1)], "to itself"),
        ([(0, 1, 0)], "above zero"),
        ([(0, 1, -2)], "above zero"),
        ([(0, 1, float("nan"))], "above zero"),
        ([(0, 1, float("inf"))], "above zero"),
        ([(0, 1, 2), (1, 2, 2), (1, 0, 2)], "two edges"),
        ([(0, 1, 2), (0, 1, 2)], "two edges"),
    ],
)
def test_what_is_no_undirected_weighted_network_is_refused(
    edges: list[tuple[int, int, float]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        made(3, *edges)


def test_ends_are_put_in_order_and_weights_keep_their_kind() -> None:
    network = made(3, (2, 0, 5), (1, 2, 1))
    assert (network.source.tolist(), network.target.tolist()) == ([0, 1], [2, 2])
    assert network.weight.dtype == np.int64
    assert made(3, (2, 0, 0.5)).weight.dtype == np.float64


def test_degree_strength_and_components() -> None:
    network = made(6, (0, 1, 3), (1, 2, 4), (3, 4, 1))
    assert network.degree.tolist() == [1, 2, 1, 1, 1, 0]
    assert network.strength.tolist() == [3, 7, 4, 1, 1, 0]
    assert network.component.tolist() == [0, 0, 0, 1, 1, 2]
    assert network.largest_component == 0.5


@pytest.mark.parametrize("works", [127, 128, 300, 1_000_000, 2**31, 2**53 + 1])
def test_whole_weights_are_counted_as_such(works: int) -> None:
    """One peer stores them in eight bits: 128 vanish, 300 become 44."""
    assert made(3, (0, 1, works), (1, 2, 1)).strength.tolist() == [works, works + 1, 1]


def test_a_thinned_network_keeps_its_nodes() -> None:
    network = made(3, (0, 1, 1), (1, 2, 5))
    assert network.at_least(2).degree.tolist() == [0, 1, 1]
    assert network.at_least(1) is network


def test_no_node_at_all() -> None:
    network = made(0)
    assert (network.edges, network.component.tolist()) == (0, [])
    assert np.isnan(network.largest_component)
