"""The index of a registry: what it holds, that it is kept on disk, and that nothing breaks it."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from small_registry import REGISTRY, body

from bibnet.places.registry import cache
from bibnet.places.registry.cache import cache_home, open_registry
from bibnet.places.registry.index import RegistryIndex, build_index
from bibnet.places.registry.organisations import build_registry
from bibnet.places.registry.token_hash import extend_hash, sequence_hash
from bibnet.schema.errors import InputError


@pytest.fixture(scope="module")
def index() -> RegistryIndex:
    return build_index(REGISTRY)


def names_of(index: RegistryIndex, key: str) -> set[str]:
    owner = index.texts["key"].index(key)
    return {
        " ".join(
            index.texts["token"][t]
            for t in index.name_token[index.name_start[row] : index.name_start[row + 1]]
        )
        for row in np.flatnonzero(index.name_owner == owner)
    }


def test_names_are_stems_of_every_written_form(index: RegistryIndex) -> None:
    assert names_of(index, "ucb") >= {"univ california berkeley", "univ california"}
    assert names_of(index, "soft") == {"softco united state", "softco"}
    assert names_of(index, "nju") >= {"nanjing univ", "南 京 大 学"}


def test_a_former_record_answers_as_its_successor(index: RegistryIndex) -> None:
    assert "old gondwana sch" in names_of(index, "tg")
    assert index.texts["former_key"] == ["old"]


def test_names_that_came_after_the_models_weigh_no_word() -> None:
    """The list of aliases gives the second body a name in signs, with a day."""
    hospital = ("Kelp Hill Hospital", "CN Shanghai")
    plain = build_index(build_registry([body("x", *hospital)]))
    named = build_index(build_registry([body("05201qm87", *hospital)]))
    assert "复 旦 大 学 附 属 华 山 医 院" in names_of(named, "05201qm87")
    one, other = (i.token_idf[i.token_of["kelp"]] for i in (plain, named))
    assert one == other < named.token_idf[named.token_of["复"]]  # no name that counts holds it


def test_withdrawn_records_are_in_no_array(index: RegistryIndex) -> None:
    assert "gone" not in index.texts["key"]
    assert "withdrawn" not in index.texts["token"]


def test_circles_of_parents_are_pairs_and_no_organisation_is_its_own(index: RegistryIndex) -> None:
    size = len(index)
    pairs = {(int(k) // size, int(k) % size) for k in index.parent_pair}
    key = index.texts["key"]
    named = {(key[a], key[b]) for a, b in pairs}
    assert named == {("soft-cn", "soft"), ("ring-a", "ring-b"), ("ring-b", "ring-a")}


def test_the_same_registry_gives_the_same_arrays(index: RegistryIndex) -> None:
    again = build_index(REGISTRY)
    assert again.texts == index.texts
    assert all(
        np.array_equal(again.arrays[n], a, equal_nan=a.dtype.kind == "f")
        for n, a in index.arrays.items()
    )


def test_a_longer_sequence_extends_its_hash() -> None:
    whole = sequence_hash(np.array([3, 1, 4]), np.array([3]))
    grown = extend_hash(sequence_hash(np.array([3, 1]), np.array([2])), np.array([4]))
    assert whole.tolist() == grown.tolist()
    assert whole.tolist() != sequence_hash(np.array([1, 3, 4]), np.array([3])).tolist()


def registry_file(folder: Path) -> Path:
    path = folder / "ror.jsonl"
    record = {
        "id": "ox",
        "name": "University of Oxford",
        "cc": "GB",
        "city": "Oxford",
        "types": ["education"],
        "names": [],
        "rels": [["pa", "ox"]],
        "status": "active",
    }
    path.write_text(json.dumps(record) + "\n" + json.dumps(record), encoding="utf-8")
    return path


def test_the_index_is_kept_and_read_back(tmp_path: Path) -> None:
    said: list[str] = []
    path = registry_file(tmp_path)
    built = open_registry(path, said.append, tmp_path / "cache")
    read = open_registry(path, said.append, tmp_path / "cache")
    assert said == ["indexing the registry ror.jsonl (once)"]
    assert read.registry == built.registry
    assert len(read.index) == 1  # the record stands twice and counts once
    assert all(
        np.array_equal(read.index.arrays[n], a, equal_nan=a.dtype.kind == "f")
        for n, a in built.index.arrays.items()
    )


def test_a_damaged_cache_is_built_again(tmp_path: Path) -> None:
    said: list[str] = []
    path = registry_file(tmp_path)
    folder = open_registry(path, said.append, tmp_path / "cache").folder
    assert folder
    (folder / "name_hash.npy").write_bytes(b"not an array")
    assert len(open_registry(path, said.append, tmp_path / "cache").index) == 1
    assert "is damaged" in said[-1]


def test_the_least_recently_used_registry_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_FOLDERS", 2)
    made = []
    for name in "abc":
        (tmp_path / name).mkdir()
        path = registry_file(tmp_path / name)
        path.write_bytes(path.read_bytes() + b"\n" * len(made))
        made.append(open_registry(path, lambda _: None, tmp_path / "cache").folder)
        os.utime(str(made[-1]), (len(made), len(made)))
    left = {folder.name for folder in (tmp_path / "cache" / "registries").iterdir()}
    assert left == {folder.name for folder in made[1:] if folder}


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "cache").write_text("a file where the folder should be")
    opened = open_registry(registry_file(tmp_path), said.append, tmp_path / "cache")
    assert opened.folder is None
    assert len(opened.index) == 1
    assert "kept in memory only" in said[-1]


def test_a_missing_registry_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        open_registry(tmp_path / "none.json", lambda _: None, tmp_path)


def test_the_cache_lives_where_the_user_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert cache_home() == Path("/somewhere/bibnet")
