"""What the other candidates of a string say of each, by a table small enough to read."""

import numpy as np
import pytest
from small_registry import body

from bibnet.places.match.rivals import STANDING, Rivals, rivalry, standing
from bibnet.places.registry.index import RegistryIndex, build_index
from bibnet.places.registry.organisations import build_registry

KEYS = ("a", "b", "c", "d")
INDEX: RegistryIndex = build_index(
    build_registry(
        [
            body("a", "Wharf University", "GB Leeds"),
            body("b", "Wharf University Hospital", "GB Leeds", parents=("a",)),
            body("c", "Quay College", "GB York", related=("a",)),
            body("d", "Pier Academy", "US Salem"),
        ]
    )
)
A, B, C, D = range(4)  # keys are sorted


@pytest.fixture
def table() -> dict[str, np.ndarray]:
    """String 0: "Wharf University Hospital, Quay College"; string 7: "Pier Academy".

    Candidates: a at words 0-1, b at words 0-2, c at words 3-4, then d alone in its string.
    """
    return {
        "string": np.array([0, 0, 0, 7]),
        "owner": np.array([A, B, C, D]),
        "first": np.array([0, 0, 3, 0]),
        "last": np.array([1, 2, 4, 1]),
        "covered": np.array([1.0, 1.0, 0.5, 1.0]),
        "hand": np.array([4.0, 8.0, 2.0, 5.0]),
        "country": np.array([1, 1, 0, -1]),
        "city": np.array([False, True, False, False]),
    }


def test_spans_meet_lie_apart_and_lie_inside(table: dict[str, np.ndarray]) -> None:
    rivals = Rivals(table, INDEX)
    assert rivals.count(rivals.both).tolist() == [2, 2, 2, 0]
    assert rivals.count(rivals.meets).tolist() == [1, 1, 0, 0]
    assert rivals.count(rivals.apart).tolist() == [1, 1, 2, 0]
    assert rivals.count(rivals.inside).tolist() == [1, 0, 0, 0]  # a inside b
    assert rivals.count(rivals.same).tolist() == [0, 0, 0, 0]


def test_relations_are_those_of_the_registry(table: dict[str, np.ndarray]) -> None:
    rivals = Rivals(table, INDEX)
    assert rivals.count(rivals.child_of).tolist() == [0, 1, 0, 0]  # b is a child of a
    assert rivals.count(rivals.parent_of).tolist() == [1, 0, 0, 0]
    assert rivals.count(rivals.related).tolist() == [0, 0, 1, 0]  # as the record of c says


def test_the_best_of_no_rival_is_minus_one(table: dict[str, np.ndarray]) -> None:
    rivals = Rivals(table, INDEX)
    assert rivals.best(rivals.both, table["hand"]).tolist() == [8.0, 4.0, 8.0, -1.0]


def test_measures_before_any_model(table: dict[str, np.ndarray]) -> None:
    found = rivalry(Rivals(table, INDEX), table)
    assert found["rank"].tolist() == [0, 1, 2, 0]
    assert found["rivals"].tolist() == [2, 2, 2, 0]
    assert found["top_ratio"].tolist()[:3] == [0.5, 2.0, 0.25]
    assert found["inside_covered"].tolist() == [1.0, -1.0, -1.0, -1.0]
    assert found["inside_ratio"].tolist()[0] == 2.0
    assert found["apart_ratio"].tolist()[:3] == [0.5, 0.25, 4.0]
    assert found["parent_ratio"].tolist()[1] == 0.5  # the parent's score over its own
    assert found["child_ratio"].tolist()[0] == 2.0
    assert found["siblings"].tolist() == [1, 0, 0, 0]
    assert found["full_rivals"].tolist() == [1, 1, 2, 0]


def test_standing_after_stage_one(table: dict[str, np.ndarray]) -> None:
    found = standing(Rivals(table, INDEX), np.array([0.2, 0.9, 0.6, 0.3]))
    assert list(found) == STANDING
    assert found["p_rank"].tolist() == [2, 0, 1, 0]
    assert found["p_top"].tolist() == [0.9, 0.9, 0.9, 0.3]
    assert found["p_gap"].tolist() == pytest.approx([-0.7, 0.3, -0.3, 1.3])
    assert found["p_sum"].tolist() == pytest.approx([1.7, 1.7, 1.7, 0.3])
    assert found["p_inside"].tolist() == [0.9, -1.0, -1.0, -1.0]
    assert found["p_holding"].tolist() == [-1.0, 0.2, -1.0, -1.0]
    assert found["parent_of_top"].tolist() == [True, False, False, False]
    assert found["child_of_top"].tolist() == [False, False, False, False]
    assert found["meets_top"].tolist() == [True, False, False, False]
    assert found["p_likely"].tolist() == [2, 1, 1, 0]


def test_the_order_of_strings_changes_no_measure(table: dict[str, np.ndarray]) -> None:
    moved = {name: np.r_[column[3:], column[:3]] for name, column in table.items()}
    moved["string"] = np.array([2, 5, 5, 5])
    one, other = rivalry(Rivals(table, INDEX), table), rivalry(Rivals(moved, INDEX), moved)
    for name, column in one.items():
        assert np.r_[column[3:], column[:3]].tolist() == other[name].tolist()


def test_no_candidates() -> None:
    empty = {n: np.empty(0, dtype=np.int64) for n in ("string", "owner", "first", "last")}
    rivals = Rivals(empty, INDEX)
    assert rivals.rows(rivals.square(np.empty(0), -1.0)).tolist() == []
