import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.report.figures.network_layout import Box, place_names, place_nodes, push_apart
from bibnet.report.figures.subgraph import MOST_NODES, readable_subgraph

FRAME = Box(0, 0, 400, 300)


def nodes(*sides: str | None) -> pd.DataFrame:
    ids = [f"I{i:03d}" for i in range(len(sides))]
    return pd.DataFrame(
        {"institution_id": ids, "side": list(sides), "works": 5, "institution": ids}
    )


def edges(*ties: tuple[int, int, int]) -> pd.DataFrame:
    rows = [(f"I{a:03d}", f"I{b:03d}", works) for a, b, works in ties]
    return pd.DataFrame(rows, columns=["institution_a", "institution_b", "works"])


def test_ties_across_sides_come_first_strongest_first() -> None:
    graph = readable_subgraph(
        nodes("n", "s", "n", None), edges((0, 1, 2), (1, 2, 7), (0, 2, 99), (0, 3, 50))
    )
    assert graph.edges[
        ["institution_a", "institution_b", "works", "cross_side"]
    ].values.tolist() == [
        ["I001", "I002", 7, True],
        ["I000", "I001", 2, True],
        ["I000", "I002", 99, False],  # inside a side: context, last
    ]  # I003 is in no side
    assert (graph.by_cross_side, graph.cross_ties) == (True, 2)


def test_without_ties_across_sides_the_strongest_of_all_are_taken() -> None:
    graph = readable_subgraph(nodes("n", "n"), edges((0, 1, 3)))
    assert (len(graph.edges), graph.by_cross_side) == (1, False)


def test_a_large_network_is_cut_to_what_can_be_named() -> None:
    sides = ["n" if i % 2 else "s" for i in range(500)]
    graph = readable_subgraph(nodes(*sides), edges(*[(i, i + 1, 500 - i) for i in range(499)]))
    assert len(graph.nodes) == MOST_NODES


def test_an_empty_network_is_an_empty_subgraph() -> None:
    graph = readable_subgraph(nodes(), edges())
    assert (len(graph.nodes), len(graph.edges)) == (0, 0)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 12), st.integers(0, 1000))
def test_places_are_within_the_frame_and_repeat(count: int, seed: int) -> None:
    ties = [(i, i + 1, 2.0) for i in range(count - 1)]
    first = place_nodes(count, ties, frame=FRAME, seed=seed)
    assert first.shape == (count, 2)
    assert np.array_equal(first, place_nodes(count, ties, frame=FRAME, seed=seed))
    assert ((first >= 0) & (first <= [400, 300])).all()


def test_circles_that_overlap_are_pushed_apart() -> None:
    moved = push_apart(np.array([[100.0, 100.0], [104.0, 100.0]]), np.array([10.0, 10.0]), FRAME)
    assert moved[1, 0] - moved[0, 0] >= 20


def test_names_never_touch_each_other_or_a_circle() -> None:
    places = np.array([[100.0, 100.0], [112.0, 100.0], [100.0, 112.0]])
    names = place_names(["aa", "bb", "cc"], places, np.full(3, 4.0), order=[0, 1, 2], frame=FRAME)
    assert [(name.index, name.align) for name in names] == [(0, "right"), (1, "left"), (2, "left")]


def test_a_name_without_room_is_left_out() -> None:
    narrow = Box(95, 95, 105, 105)
    names = place_names(
        ["a long name"], np.array([[100.0, 100.0]]), np.array([4.0]), order=[0], frame=narrow
    )
    assert names == []
