"""Answers to strings, kept between runs: the same table whatever was kept, nothing read twice."""

import os
from collections.abc import Iterator
from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from bibnet.places.locate import kept
from bibnet.places.locate.answered import Answering
from bibnet.schema.places import NAMED_PLACE
from bibnet.storage.engine import open_engine
from bibnet.storage.tables import read_table
from bibnet.storage.unfinished import READ_FOLDER, TABLES_FOLDER, UnfinishedRun

COUNTRIES = {"Lyon, France": ["FR"], "Bonn, DE and Lyon, FR": ["DE", "FR"], "Nowhere": []}


class Reader:
    """Answers strings as COUNTRIES says and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Iterator[str], _processes: int) -> Iterator[pa.Table]:
        given = list(texts)
        assert given, "a reader takes half a second to be ready; nothing asked, nobody called"
        self.asked += given
        rows = [(text, country) for text in given for country in COUNTRIES[text]]
        columns = {name: [None] * len(rows) for name in NAMED_PLACE.column_names}
        columns |= {"text": [t for t, _ in rows], "country": [c for _, c in rows]}
        yield pa.table(columns)


def answer(folder: Path, texts: list[str], cache: Path | None) -> tuple[list[str], pd.DataFrame]:
    """What the reader was asked and the rows of a run in `folder` over some strings."""
    for name in (READ_FOLDER, TABLES_FOLDER):
        (folder / name).mkdir(parents=True)
    engine = open_engine(folder / "spill")
    run, reader = UnfinishedRun(folder, engine, lambda line: None), Reader()
    strings = ibis.memtable(pa.table({"text": texts}))
    Answering(NAMED_PLACE, reader, cache).write(run, strings, TABLES_FOLDER)
    found = run.frame(run.tables["named_place"].select("text", "country"))
    engine.close()
    return reader.asked, found


def rows(found: pd.DataFrame) -> list[tuple[str, str]]:
    return list(found.itertuples(index=False, name=None))


def test_a_string_is_read_once(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert answer(tmp_path / "1", ["Lyon, France", "Nowhere"], cache)[0] == [
        "Lyon, France",
        "Nowhere",
    ]
    asked, found = answer(tmp_path / "2", ["Nowhere", "Bonn, DE and Lyon, FR"], cache)
    assert asked == ["Bonn, DE and Lyon, FR"]
    assert rows(found) == [("Bonn, DE and Lyon, FR", "DE"), ("Bonn, DE and Lyon, FR", "FR")]
    asked, found = answer(tmp_path / "3", list(COUNTRIES), cache)
    assert asked == []
    fresh = answer(tmp_path / "4", list(COUNTRIES), None)
    assert fresh[0] == sorted(COUNTRIES)
    assert rows(found) == rows(fresh[1])
    parts = [tmp_path / name / TABLES_FOLDER / "named_place.parquet" for name in "34"]
    assert parts[0].read_bytes() == parts[1].read_bytes()


def test_two_runs_at_once_may_keep_the_same_strings(tmp_path: Path) -> None:
    for name, texts in (("1", ["Lyon, France"]), ("2", ["Lyon, France", "Nowhere"])):
        answer(tmp_path / name, texts, tmp_path / f"cache-{name}")
    for path in (tmp_path / "cache-2" / "named_place").iterdir():
        path.rename(tmp_path / "cache-1" / "named_place" / path.name)
    asked, found = answer(tmp_path / "3", ["Lyon, France", "Nowhere"], tmp_path / "cache-1")
    assert (asked, rows(found)) == ([], [("Lyon, France", "FR")])


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"another"])
def test_a_damaged_file_is_read_anew(tmp_path: Path, damage: bytes) -> None:
    cache = tmp_path / "cache"
    answer(tmp_path / "1", ["Lyon, France"], cache)
    [path] = (cache / "named_place").iterdir()
    path.write_bytes(damage)
    asked, found = answer(tmp_path / "2", ["Lyon, France"], cache)
    assert (asked, rows(found)) == (["Lyon, France"], [("Lyon, France", "FR")])
    assert [one.stem for one in (cache / "named_place").iterdir()] == [path.stem]
    assert answer(tmp_path / "3", ["Lyon, France"], cache)[0] == []


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name in "12":
        asked, found = answer(tmp_path / name, ["Lyon, France"], tmp_path / "file" / "cache")
        assert (asked, rows(found)) == (["Lyon, France"], [("Lyon, France", "FR")])


def test_no_more_is_kept_than_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_BYTES", 0)
    answer(tmp_path / "1", ["Lyon, France"], tmp_path / "cache")
    assert answer(tmp_path / "2", ["Lyon, France"], tmp_path / "cache")[0] == ["Lyon, France"]


def test_the_least_recently_used_folder_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_FOLDERS", 2)
    cache = tmp_path / "cache"
    for number, name in enumerate(("a", "b", "a", "c")):  # a is used again, b is not
        answer(tmp_path / f"run-{number}", ["Nowhere"], cache / name)
        os.utime(cache / name, (number, number))
    assert {path.name for path in cache.iterdir()} == {"a", "c"}


def test_another_registry_has_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folders = {kept.kept_folder(None)}
    for state in ("one state of bibnet", "another state"):
        monkeypatch.setattr(kept, "package_digest", lambda state=state: state)
        folders.add(kept.kept_folder(None))
    assert len(folders) == 3
    assert all(folder and folder.parent == tmp_path / "bibnet" / "strings" for folder in folders)


def test_the_rows_are_those_of_the_table(tmp_path: Path) -> None:
    answer(tmp_path / "1", ["Lyon, France"], tmp_path / "cache")
    answer(tmp_path / "2", ["Lyon, France"], tmp_path / "cache")
    found = read_table(tmp_path / "2" / TABLES_FOLDER, NAMED_PLACE)
    assert list(found.columns) == NAMED_PLACE.column_names
    assert found["text"].tolist() == ["Lyon, France"]
