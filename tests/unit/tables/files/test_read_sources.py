"""Which files are read, in which order, and what is said of the others."""

from pathlib import Path

import pytest
from read_inputs import Given, work, write_lines

from bibnet.schema.errors import InputError
from bibnet.tables import read_works


def test_missing_paths_are_reported_together(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_works([tmp_path / "a", tmp_path, tmp_path / "b"], tmp_path / "out")
    assert [Path(fault.where).name for fault in caught.value.faults] == ["a", "b"]


def test_folder_is_read_in_order_of_path(tmp_path: Path) -> None:
    for number, name in enumerate(["b/2.jsonl", "a/1.jsonl", "B.jsonl"], 1):
        write_lines(tmp_path / "in" / name, [work(number)])
    files = Given(tmp_path, tmp_path / "in").rows("input_file", "file_seq", "path")
    assert files == [(0, "B.jsonl"), (1, "a/1.jsonl"), (2, "b/2.jsonl")]


def test_row_key_is_file_and_line(tmp_path: Path) -> None:
    first = write_lines(tmp_path / "z.jsonl", [work(1), b"", work(2)])
    second = write_lines(tmp_path / "a.jsonl", [work(3)])
    keys = Given(tmp_path, first, second).rows("work", "work_key")
    assert keys == [1, 3, 2**32 + 1]


def test_files_that_are_not_works_are_passed_over_and_named(tmp_path: Path) -> None:
    folder = tmp_path / "works"
    for name in ("manifest", "README.md", ".DS_Store", "deleted_ids.csv", "part_000"):
        write_lines(folder / name, [work(1)])
    found = dict(Given(tmp_path, folder).rows("input_file", "path", "event"))
    assert found.pop("part_000") is None
    assert set(found.values()) == {"not_works_by_name"}


def test_file_given_by_itself_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "works.csv", [work(1)])
    assert Given(tmp_path, path).reading.works == 1


def test_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "in" / "works.jsonl", [work(1)])
    reading = Given(tmp_path, path, path.parent).reading
    assert (reading.works, reading.files, reading.files_passed_over) == (1, 1, 1)


def test_folder_without_works_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    given = Given(tmp_path, tmp_path / "in")
    assert (given.reading.lines, given.rows("work", "work_id")) == (0, [])


def test_date_of_the_partition_stands_in_for_a_missing_one(tmp_path: Path) -> None:
    path = tmp_path / "works" / "updated_date=2023-05-16" / "part_000"
    write_lines(path, [work(1), work(2, updated_date="2024-01-01")])
    updated = [str(u) for u in Given(tmp_path, tmp_path / "works").rows("work", "updated")]
    assert updated == ["2023-05-16 00:00:00+00:00", "2024-01-01 00:00:00+00:00"]


def test_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "works.jsonl", [work(n, keywords=["a"]) for n in range(50)])
    once, again = Given(tmp_path / "1", path), Given(tmp_path / "2", path)
    names = sorted(p.name for p in once.folder.iterdir())
    assert all((once.folder / n).read_bytes() == (again.folder / n).read_bytes() for n in names)
