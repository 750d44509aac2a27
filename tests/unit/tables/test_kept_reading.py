"""Works files that an earlier run read: the same tables, nothing read twice, nothing trusted."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from build import authorship, institution, work, write_lines

from bibnet.storage import package
from bibnet.storage.cache import cache_home
from bibnet.tables import kept_reading
from bibnet.tables.kept_reading import MOST_READINGS, READINGS, RECORD, read_or_take
from bibnet.tables.reading import Reading


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of its own, in which small files are kept too."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(kept_reading, "LEAST_BYTES", 1)


@pytest.fixture
def works(tmp_path: Path) -> Path:
    """A folder with two files of works, one with a line that is none."""
    folder = tmp_path / "works"
    folder.mkdir()
    write_lines(folder / "a.jsonl", work(1, authorship(institution(1, "CN"))))
    write_lines(folder / "b.jsonl", work(2), {"not": "a work"})
    return folder


def readings() -> list[Path]:
    return sorted((cache_home() / READINGS).glob("*"))


class Reader:
    """Reads into a new folder each time."""

    def __init__(self, tmp_path: Path) -> None:
        self.home, self.number = tmp_path / "read", 0

    def __call__(self, *paths: Path, **more: list[Path]) -> tuple[Reading, bool, dict[str, bytes]]:
        self.number += 1
        folder = self.home / str(self.number)
        folder.mkdir(parents=True)
        reading, earlier = read_or_take(paths, folder, **more)
        return reading, earlier, {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


def test_the_second_time_the_same_tables_come_from_the_first(read: Reader, works: Path) -> None:
    first, second = read(works), read(works)
    assert (first[1], second[1]) == (False, True)
    assert first[0] == second[0]
    assert (second[0].works, second[0].quarantined) == (2, 1)
    assert first[2] == second[2]
    assert {"work.parquet", "input_file.parquet", "quarantine.jsonl"} < set(second[2])


CHANGES: dict[str, Callable[[Path, pytest.MonkeyPatch], object]] = {
    "a byte": lambda works, _: (works / "a.jsonl").write_bytes(
        (works / "a.jsonl").read_bytes().replace(b"CN", b"FR")
    ),
    "a name": lambda works, _: (works / "a.jsonl").rename(works / "c.jsonl"),
    "a file more": lambda works, _: write_lines(works / "c.jsonl", work(3)),
    "a manifest beside": lambda works, _: (works / "manifest").write_text('{"files": []}'),
    "a link to nowhere": lambda works, _: (works / "c.jsonl").symlink_to("nowhere"),
    "another version": lambda _, patch: patch.setattr(kept_reading, "package_digest", lambda: "1"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_a_reading_depends_on_is_in_its_key(
    read: Reader,
    works: Path,
    change: Callable[[Path, pytest.MonkeyPatch], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read(works)
    change(works, monkeypatch)
    assert [read(works)[1], read(works)[1]] == [False, True]


def test_order_path_and_files_left_out_are_in_the_key(read: Reader, works: Path) -> None:
    a, b = works / "a.jsonl", works / "b.jsonl"
    given = [(a, b), (b, a), (a,)]
    assert [read(*paths)[1] for paths in given] == [False] * 3
    assert not read(works, left_out=[b.resolve()])[1]
    assert len(readings()) == MOST_READINGS


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a table cut short": lambda home: cut(home / "work.parquet"),
    "a table changed": lambda home: (home / "quarantine.jsonl").write_text("{}\n"),
    "a table gone": lambda home: (home / "work.parquet").unlink(),
    "the record cut short": lambda home: cut(home / RECORD),
    "the record empty": lambda home: (home / RECORD).write_bytes(b""),
    "the record gone": lambda home: (home / RECORD).unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_one_is_read_anew_and_kept_again(
    read: Reader, works: Path, damage: Callable[[Path], object]
) -> None:
    first = read(works)
    damage(readings()[0])
    second = read(works)
    assert (second[0], second[1], second[2]) == first
    assert read(works)[1]


def test_bytes_that_changed_before_they_were_read_are_not_kept(
    read: Reader, works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = kept_reading.read_works

    def late(*given: object) -> Reading:
        write_lines(works / "a.jsonl", work(7))
        return genuine(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(kept_reading, "read_works", late)
    read(works)
    assert readings() == []


def test_little_is_not_kept_nor_a_pipe(
    read: Reader, works: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = os.pipe()
    os.write(ends[1], (works / "a.jsonl").read_bytes())
    os.close(ends[1])
    assert read(Path(f"/dev/fd/{ends[0]}"))[0].works == 1
    os.close(ends[0])
    monkeypatch.setattr(kept_reading, "LEAST_BYTES", 1 << 20)
    read(works)
    assert readings() == []


def test_more_tables_than_are_kept(
    read: Reader, works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_reading, "MOST_KEPT_BYTES", 1)
    assert [read(works)[1], read(works)[1]] == [False, False]


def test_where_nothing_can_be_written_nothing_is_kept(read: Reader, works: Path) -> None:
    cache_home().parent.mkdir()
    cache_home().write_text("a file where the folder would be")
    assert [read(works)[1], read(works)[1]] == [False, False]


def test_the_least_recently_used_go_first(read: Reader, works: Path) -> None:
    paths = [write_lines(works / f"{number}.jsonl", work(number)) for number in range(5)]
    for number, path in enumerate(paths[:MOST_READINGS]):
        read(path)
        for folder in readings():
            os.utime(folder, (number, number)) if folder.stat().st_mtime > 10 else None
    assert read(paths[0])[1]
    read(paths[MOST_READINGS])
    assert [read(path)[1] for path in (paths[0], paths[2], paths[1])] == [True, True, False]


def test_the_digest_of_the_package_is_of_its_files_and_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.py").write_text("1")
    monkeypatch.setattr(package, "PACKAGE", tmp_path)
    found = []
    for text, version in (("1", "1.0"), ("2", "1.0"), ("2", "2.0"), ("1", "1.0")):
        (tmp_path / "a.py").write_text(text)
        monkeypatch.setattr(package, "version", lambda name, version=version: version)
        package.package_digest.cache_clear()
        found.append(package.package_digest())
    package.package_digest.cache_clear()
    assert len(set(found)) == 3
    assert found[0] == found[3]
