"""Communities: seeded, the best of several runs, numbered by size, labels carried over."""

import math
from itertools import combinations

import igraph
import numpy as np
import pandas as pd
import pytest

from bibnet.metrics.structure.communities import profiles
from bibnet.network.measures.communities import (
    SAMPLES,
    by_falling_size,
    carried_labels,
    partition,
    with_resampled_agreement,
)
from bibnet.network.measures.resampling import TieWorks


def graph(names: str, ties: str) -> igraph.Graph:
    """A network from letters and words as ab2: a and b have two works."""
    edges = [(names.index(word[0]), names.index(word[1])) for word in ties.split()]
    found = igraph.Graph(len(names), edges)
    found.es["works"] = [int(word[2:]) for word in ties.split()]
    return found


TWO_CLIQUES = " ".join(f"{a}{b}3" for c in ("abcd", "efg") for a, b in combinations(c, 2)) + " de1"


def test_two_cliques_are_two_communities_in_every_run() -> None:
    """Q = 1 - (5 + ... ) by hand: within 18 and 9 of 28, degrees 37 and 19 of 56."""
    found = partition(graph("abcdefg", TWO_CLIQUES), seed=1)
    assert found.community.tolist() == [1, 1, 1, 1, 2, 2, 2]
    assert found.quality == pytest.approx(27 / 28 - (37 / 56) ** 2 - (19 / 56) ** 2)
    assert (found.adjusted_rand, found.mutual_information, found.runs) == (1.0, 1.0, 10)


def test_isolates_agree_for_nothing_and_are_left_out_of_the_agreement() -> None:
    ring = graph("abcdefghij" + "klmnopqrst", " ".join(f"{a}{b}1" for a, b in zip(
        "abcdefghij", "bcdefghija", strict=True)))  # fmt: skip
    alone = graph("abcdefghij", " ".join(f"{a}{b}1" for a, b in zip(
        "abcdefghij", "bcdefghija", strict=True)))  # fmt: skip
    # A ring falls apart in many equal ways, so that runs differ; isolates must not hide it.
    assert partition(ring, seed=1).adjusted_rand < 0.999
    assert partition(alone, seed=1).adjusted_rand < 0.999


def test_the_same_seed_gives_the_same_communities() -> None:
    ring = graph("abcdef", "ab1 bc1 cd1 de1 ef1 fa1")
    first, second = partition(ring, seed=7), partition(ring, seed=7)
    assert first.community.tolist() == second.community.tolist()
    assert first.adjusted_rand == second.adjusted_rand


def one_work_a_tie(found: igraph.Graph) -> TieWorks:
    """Each work of a tie makes that tie alone."""
    edge = np.repeat(np.arange(found.ecount()), found.es["works"])
    return TieWorks(np.arange(len(edge)), edge)


def agreement(found: igraph.Graph, ties: TieWorks) -> tuple[float, float]:
    told = with_resampled_agreement(partition(found, seed=1), found, ties, seed=1)
    assert told.samples == SAMPLES
    return told.resampled_adjusted_rand, told.adjusted_rand


def test_communities_that_no_work_can_undo_agree_under_resampled_works() -> None:
    """Two cliques of 60 works a tie stay; a ring of one work a tie falls apart otherwise."""
    firm = graph("abcdefg", TWO_CLIQUES.replace("3", "60"))
    assert agreement(firm, one_work_a_tie(firm)) == (1.0, 1.0)
    ring = graph("abcdefghij", " ".join(f"{a}{b}1" for a, b in zip(
        "abcdefghij", "bcdefghija", strict=True)))  # fmt: skip
    resampled, between_runs = agreement(ring, one_work_a_tie(ring))
    assert resampled < between_runs


def test_works_are_drawn_and_not_ties() -> None:
    """One work makes every tie of a triangle: it is drawn with all of them or with none."""
    triangle = graph("abc", "ab1 bc1 ac1")
    assert agreement(triangle, TieWorks(np.zeros(3, int), np.arange(3)))[0] == 1.0


def test_without_a_tie_nothing_is_resampled() -> None:
    alone = igraph.Graph(2)
    ties = TieWorks(np.zeros(0, int), np.zeros(0, int))
    told = with_resampled_agreement(partition(alone, seed=1), alone, ties, seed=1)
    assert math.isnan(told.resampled_adjusted_rand)


def test_no_edges_and_no_nodes() -> None:
    lone = partition(igraph.Graph(2), seed=1)
    assert lone.community.tolist() == [1, 2]
    assert math.isnan(lone.quality)
    assert partition(igraph.Graph(0), seed=1).community.tolist() == []


def test_communities_are_numbered_by_falling_size() -> None:
    assert by_falling_size([3, 1, 1, 2, 2, 0]).tolist() == [3, 1, 1, 2, 2, 4]


def test_labels_follow_the_largest_overlap() -> None:
    """Label 2 goes to the community with three of its nodes, 1 to the one with two of its; the
    third shares nothing and is numbered after the labels there were."""
    before = dict.fromkeys("abc", 2) | dict.fromkeys("de", 1) | {"f": 4}
    now = dict.fromkeys("abcx", 1) | dict.fromkeys("dey", 2) | {"z": 3, "w": 3}
    assert carried_labels(now, before) == ({1: 2, 2: 1, 3: 5}, {1: 3, 2: 2})


def test_a_label_is_given_once() -> None:
    """The old community falls apart: its larger part keeps the label."""
    before = dict.fromkeys("abcde", 1)
    now = dict.fromkeys("ab", 2) | dict.fromkeys("cde", 1)
    assert carried_labels(now, before)[0] == {1: 1, 2: 2}


def test_without_a_previous_run_the_label_is_the_number() -> None:
    assert carried_labels({"a": 1, "b": 2}, None) == ({1: 1, 2: 2}, {})


def nodes() -> pd.DataFrame:
    rows = [
        ("I1", "A", "DE", "europe", 5, 1), ("I2", "B", "CN", "china", 9, 1),
        ("I3", None, "DE", "europe", 9, 1), ("I4", "D", None, None, 0, 2),
    ]  # fmt: skip
    columns = ["institution_id", "institution", "country", "side", "strength", "community"]
    return pd.DataFrame(rows, columns=columns)


def test_a_community_is_described_and_isolates_are_not() -> None:
    found = partition(graph("abcd", "ab5 bc4 ac1"), seed=1)
    (row,) = profiles(nodes(), found, {"I1": 7, "I2": 7, "I4": 3}).to_dict("records")
    assert row["largest"] == "B; I3; A"  # by links; equal ones by id; without a name the id
    assert row["countries"] == "DE 0.67; CN 0.33"
    assert row["sides"] == "europe 0.67; china 0.33"
    assert (row["community"], row["label"], row["institutions"]) == (1, 7, 3)
    assert row["kept_institutions"] == 2
    assert np.isclose(row["modularity"], 0.0)


def test_nothing_to_describe() -> None:
    assert profiles(nodes().head(0), partition(igraph.Graph(0), seed=1), None).empty
