"""Centrality of small networks: values worked out by hand, isolates, ties of rank."""

import math

import numpy as np
import pandas as pd
import pytest

from bibnet.network.centrality import centrality, ranks


def world(names: str, edges: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Institutions from letters, edges from words as ab2: a and b have two works."""
    nodes = pd.DataFrame(
        {"institution_id": list(names), "institution": list(names), "country": "DE"}
    )
    rows = [(word[0], word[1], int(word[2:])) for word in edges.split()]
    return nodes, pd.DataFrame(rows, columns=["institution_a", "institution_b", "works"])


def computed(names: str, edges: str) -> pd.DataFrame:
    return centrality(*world(names, edges), seed=1).rows.set_index("institution_id")


def test_a_path_of_three() -> None:
    """a -2- b -1- c: distances ab 1/2, bc 1, ac 3/2."""
    rows = computed("abc", "ab2 bc1")
    assert rows["degree"].tolist() == [1, 2, 1]
    assert rows["strength"].tolist() == [2, 3, 1]
    assert rows["betweenness"].tolist() == [0, 1, 0]
    assert rows["closeness"].tolist() == pytest.approx([2 / 2.0, 2 / 1.5, 2 / 2.5])
    assert rows["harmonic"].tolist() == pytest.approx([2 + 2 / 3, 2 + 1, 1 + 2 / 3])
    assert rows["strength_rank"].tolist() == [2, 1, 3]


def test_a_strong_detour_is_shorter_than_a_weak_tie() -> None:
    """ac is one work (distance 1), over b it is 1/4 + 1/4."""
    assert computed("abc", "ab4 bc4 ac1")["betweenness"].tolist() == [0, 1, 0]


def test_an_isolate_has_no_closeness_and_zeros_elsewhere() -> None:
    isolate = computed("abc", "ab1").loc["c"]
    assert math.isnan(isolate["closeness"])
    assert isolate[["degree", "strength", "betweenness", "harmonic"]].tolist() == [0, 0, 0, 0]
    assert isolate["eigenvector"] == 0


def test_the_largest_eigenvector_value_is_one() -> None:
    assert computed("abcd", "ab1 bc1 cd1 bd1")["eigenvector"].max() == 1


def test_no_edges_and_no_nodes() -> None:
    assert computed("ab", "")["degree"].tolist() == [0, 0]
    empty = centrality(*world("", ""), seed=1)
    assert len(empty.rows) == 0
    assert math.isnan(empty.largest_component)


def test_ties_of_rank_share_the_smallest() -> None:
    assert ranks(np.array([5, 7, 5, 1])).tolist() == [2, 1, 2, 4]


def test_the_same_seed_gives_the_same_numbers() -> None:
    ring = world("abcdef", "ab1 bc1 cd1 de1 ef1 fa1")
    first, second = centrality(*ring, seed=7).rows, centrality(*ring, seed=7).rows
    pd.testing.assert_frame_equal(first, second, check_exact=True)


def test_one_million_joint_works_stay_one_million() -> None:
    assert computed("ab", "ab1000000")["strength"].tolist() == [1_000_000, 1_000_000]
