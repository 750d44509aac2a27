"""Labels are read with all their faults; measures are those that a hand count gives."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from bibnet.places.registry.index import build_index
from bibnet.places.registry.organisations import Organisation, build_registry
from bibnet.places.training.accuracy import Outcome, accuracies, table_lines
from bibnet.places.training.labelled import Labels, read_labels
from bibnet.schema.errors import InputError


def organisation(key: str, status: str, successors: tuple[str, ...]) -> Organisation:
    return Organisation(
        key,
        key,
        "",
        f"House {key}",
        (f"House {key}",),
        (),
        "GB",
        "",
        "",
        (),
        (),
        status,
        successors,
    )


INDEX = build_index(
    build_registry([organisation("a", "active", ()), organisation("b", "inactive", ("a",))])
)


def test_a_former_organisation_counts_as_its_successor(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    lines = [("x", ["a"]), ("y", ["b"]), ("z", ["unknown"]), ("n", []), ("x", ["unknown"])]
    rows = [json.dumps({"text": t, "ror": r, "set": "s"}) for t, r in lines]
    path.write_text("\n".join(rows), encoding="utf-8")
    labels = read_labels(path, INDEX)
    assert labels.texts == ["x", "y", "z", "n"]  # a text counts once, as first labelled
    assert labels.organisations == [{0}, {0}, {-1}, set()]
    assert labels.held.tolist() == [True, True, False, False]
    assert labels.empty.tolist() == [False, False, False, True]


def test_every_faulty_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"text": "x"}\nnot json\n{"text": "x", "ror": ["a"], "set": "s"}\n')
    with pytest.raises(InputError) as caught:
        read_labels(path, INDEX)
    assert [fault.where for fault in caught.value.faults] == [f"{path}: line 1", f"{path}: line 2"]


@pytest.mark.parametrize("content", [None, b"", b"\x1f\x8bbroken"])
def test_labels_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "labels.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError):
        read_labels(path, INDEX)


def test_measures_by_hand() -> None:
    labels = Labels(
        texts=["one", "two", "none", "elsewhere"],
        sets=["s"] * 4,
        organisations=[frozenset({0}), frozenset({0, 1}), frozenset(), frozenset({-1})],
    )
    found = Outcome(
        top=np.array([True, False, False, True]),
        first=np.array([True, True, False, False]),
        returned=np.array([1, 2, 1, 1]),
        right=np.array([1, 1, 0, 0]),
        labelled=np.array([1, 2, 0, 1]),
        country=np.array([True, True, False, True]),
        placed=np.array([True, True, True, True]),
        province=np.array([True, False, False, False]),
        in_china=np.array([True, False, False, False]),
    )
    one, _ = accuracies(labels, found, seed=1)
    # "elsewhere" is outside every measure, "none" only inside the set measures
    assert (one.top.hits, one.top.number) == (1, 2)
    assert (one.first.hits, one.first.number) == (2, 2)
    assert (one.exact.hits, one.exact.number) == (1, 3)
    assert (one.precision.hits, one.precision.number) == (2, 4)
    assert (one.recall.hits, one.recall.number) == (2, 3)
    assert one.f1 == pytest.approx(4 / 7)
    assert one.f1_interval[0] <= one.f1 <= one.f1_interval[1]
    assert (one.country.value, one.located.value, one.province.value) == (1, 1, 1)


def test_a_set_without_strings_is_undefined() -> None:
    empty = np.empty(0, dtype=bool)
    counts = np.empty(0, dtype=int)
    found = Outcome(empty, empty, counts, counts, counts, empty, empty, empty, empty)
    (pooled,) = accuracies(Labels([], [], []), found, seed=1)
    assert math.isnan(pooled.f1)
    assert math.isnan(pooled.top.value)
    assert table_lines([pooled])[2] == "| pooled | 0 |" + " – |" * 8 + " – (0) |"
