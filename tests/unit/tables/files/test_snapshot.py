"""Snapshot folders (INVENTED, see snapshot_folder): manifests, deleted works, parts, stores."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pyarrow import fs
from read_inputs import Given, work, write_lines
from snapshot_folder import (
    author,
    snapshot_line,
    write_deleted,
    write_manifest,
    write_parquet_part,
    write_snapshot,
)

from bibnet.schema.errors import InputError
from bibnet.tables.files import remote
from bibnet.tables.formats.parquet_rows import open_parquet, used_columns

ONE, TWO = "updated_date=2026-05-01/part_0000.gz", "updated_date=2026-06-01/part_0000.gz"
PARTS = {ONE: [snapshot_line(1), snapshot_line(2)], TWO: [snapshot_line(3)]}


def issues(folder: Path, works: Path) -> tuple[str, ...]:
    return Given(folder, works).reading.snapshot_issues


def test_a_whole_snapshot_is_as_its_manifest_says(tmp_path: Path) -> None:
    works = write_snapshot(tmp_path, PARTS)
    given = Given(tmp_path, works)
    assert given.reading.snapshot_issues == ()
    assert given.rows("work", "work_id") == ["W1", "W2", "W3"]


def test_cut_missing_and_added_files_are_named_one_by_one(tmp_path: Path) -> None:
    works = write_snapshot(tmp_path, PARTS)
    write_manifest(works, {ONE: 5, "updated_date=2026-06-02/part_0000.gz": 7})
    assert issues(tmp_path, works) == (
        f"manifest.json: {ONE} has 2 lines, 5 records announced",
        f"manifest.json: {TWO} is not announced; is it of another release?",
        "manifest.json: updated_date=2026-06-02/part_0000.gz is missing (7 records announced)",
    )


def test_the_older_manifest_lists_entries(tmp_path: Path) -> None:
    works = write_snapshot(tmp_path, PARTS)
    (works / "manifest.json").unlink()
    entries = [
        {"url": f"s3://openalex/data/works/{name}", "meta": {"record_count": 2}}
        for name in (ONE, TWO)
    ]
    (works / "manifest").write_text(json.dumps({"entries": entries}), encoding="utf-8")
    assert issues(tmp_path, works) == (f"manifest: {TWO} has 1 lines, 2 records announced",)


@pytest.mark.parametrize("text", ["", "[1]", "[" * 99_999, '{"files": 3}', '{"files": [{}]}'])
def test_a_manifest_that_says_nothing_is_said(tmp_path: Path, text: str) -> None:
    works = write_snapshot(tmp_path, PARTS)
    (works / "manifest.json").write_text(text, encoding="utf-8")
    (issue,) = issues(tmp_path, works)
    assert "not compared" in issue


def test_a_manifest_of_other_entities_is_no_measure_of_works(tmp_path: Path) -> None:
    works = write_snapshot(tmp_path, PARTS)
    text = json.dumps({"entity": "authors", "files": []})
    (works / "manifest.json").write_text(text, encoding="utf-8")
    assert issues(tmp_path, works) == ()


def test_old_merged_ids_are_passed_over_and_said(tmp_path: Path) -> None:
    works = write_snapshot(tmp_path, PARTS)
    write_lines(works / "merged_ids" / "works" / "2024-01-01", [work(9)])
    given = Given(tmp_path, works)
    assert given.rows("work", "work_id") == ["W1", "W2", "W3"]
    said = "merged_ids: 1 files passed over; merged ids of old releases are not used"
    assert given.reading.snapshot_issues == (said,)


@pytest.mark.parametrize("name", ["deleted_ids.csv", "deleted_ids.csv.gz"])
def test_the_list_of_deleted_works_is_read(tmp_path: Path, name: str) -> None:
    works = write_snapshot(tmp_path, PARTS)
    write_deleted(works, ("https://openalex.org/W2", "2026-06-20"), ("W3", ""), name=name)
    given = Given(tmp_path, works)
    rows = [(row, str(day)) for row, day in given.rows("deleted_work", "work_id", "deleted")]
    assert rows == [("W2", "2026-06-20 00:00:00+00:00"), ("W3", "None")]
    assert given.rows("input_file", "path", "sha256")[0][1] is not None  # it is an input


def test_a_list_of_deleted_works_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    works = write_snapshot(tmp_path, PARTS)
    (works / "deleted_ids.csv").write_text("id;when\nW1;x\n", encoding="utf-8")
    (issue,) = issues(tmp_path, works)
    assert issue == "deleted_ids.csv: does not begin with work_id,deleted_date; not used"


def test_lines_without_an_id_in_the_list_are_counted(tmp_path: Path) -> None:
    works = write_snapshot(tmp_path, PARTS)
    write_deleted(works, ("A5", "2026-06-20"), ("W1", "2026-06-20"), ("", ""))
    given = Given(tmp_path, works)
    assert given.rows("deleted_work", "work_id") == ["W1"]
    assert given.reading.snapshot_issues == ("deleted_ids.csv: 2 lines without the id of a work",)


def test_more_than_a_hundred_authors_are_kept(tmp_path: Path) -> None:
    lines = [snapshot_line(1, authorships=[author(n) for n in range(101)])]
    given = Given(tmp_path, write_snapshot(tmp_path, {ONE: lines}))
    assert given.rows("work", "authors", "authors_cut") == [(101, False)]
    assert len(given.rows("authorship", "author_seq")) == 101


AWARD = {
    "id": "https://openalex.org/G1",
    "display_name": "Invented award",
    "funder_award_id": "42",
    "funder_id": "https://openalex.org/F1",
    "funder_display_name": "Invented fund",
    "doi": None,
}
PARQUET_WORK = snapshot_line(
    1,
    authorships=[author(n) for n in range(120)],
    awards=[AWARD],
    referenced_works=["https://openalex.org/W5"],
    mesh=[{"descriptor_ui": "D1"}],
    locations=[{"id": "x", "source": {"display_name": "J", "issn": ["1"]}}],
    primary_location={"id": "x", "is_oa": True, "source": {"display_name": "J", "issn_l": "1"}},
    cited_by_count=4,
)


def test_parquet_and_json_parts_give_the_same_rows(tmp_path: Path) -> None:
    part = write_parquet_part(tmp_path / "p" / "part_0000.parquet", [PARQUET_WORK])
    index = {"deep": [0], "nets": [1]}
    lines = write_lines(tmp_path / "j.jsonl", [{**PARQUET_WORK, "abstract_inverted_index": index}])
    rows, same = Given(tmp_path / "1", part), Given(tmp_path / "2", lines)
    for table in ("work", "authorship", "asserted_institution", "affiliation", "award", "text"):
        assert rows.rows(table) == same.rows(table), table
    assert rows.rows("award", "funder_id", "award_number") == [("F1", "42")]


def test_only_the_columns_that_are_used_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_parquet_part(tmp_path / "part_0000.parquet", [PARQUET_WORK])
    asked: list[list[str]] = []
    iter_batches = pq.ParquetFile.iter_batches

    def noted(self: pq.ParquetFile, *args: Any, columns: list[str], **more: Any) -> Any:
        asked.append(columns)
        return iter_batches(self, *args, columns=columns, **more)

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", noted)
    given = Given(tmp_path, path)
    file = pq.ParquetFile(path)
    assert given.reading.works == 1
    assert all(columns == asked[0] for columns in asked)
    assert (len(asked[0]), len(file.schema)) == (25, 43)  # leaves
    unused = {"mesh", "locations", "referenced_works", "ids", "authors_count"}
    assert not {column.partition(".")[0] for column in asked[0]} & unused


def test_a_nested_column_without_a_known_leaf_still_shows_as_present(tmp_path: Path) -> None:
    part = write_parquet_part(tmp_path / "a.parquet", [snapshot_line(1, topics=[{"odd": 1}])])
    opened = open_parquet(part)
    assert opened is not None
    assert "topics" in used_columns(opened)
    assert Given(tmp_path, part).rows("work", "has_topics") == [True]


def test_fields_of_authorships_new_to_bibnet_are_named(tmp_path: Path) -> None:
    lines = [snapshot_line(1, authorships=[{**author(1), "surprise": 1}])]
    part = write_parquet_part(tmp_path / "a.parquet", lines)
    unknown = Given(tmp_path, part).reading.unknown_fields
    assert unknown == {"authorships[].surprise": 1}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for a store: pyarrow's file system of this machine behind one door."""
    root = tmp_path / "store"
    root.mkdir()
    opened = fs.SubTreeFileSystem(str(root), fs.LocalFileSystem())
    monkeypatch.setattr(remote, "open_store", lambda: opened)
    return root


def test_an_address_gives_what_the_folder_gives(tmp_path: Path, store: Path) -> None:
    works = write_snapshot(store / "bucket" / "data", PARTS)
    (works / ONE).write_bytes((works / ONE).read_bytes()[:-9])
    write_deleted(works, ("W1", "2026-06-20"))
    far = Given(tmp_path / "far", Path("s3://bucket/data/works"))
    near = Given(tmp_path / "near", works)
    assert far.reading == near.reading
    for table in ("work", "input_file", "deleted_work"):
        assert far.rows(table) == near.rows(table)
    assert far.quarantine == near.quarantine


def test_the_partition_of_a_part_far_away_dates_its_works(tmp_path: Path, store: Path) -> None:
    write_snapshot(store / "bucket", {ONE: [snapshot_line(1, updated_date=None)]})
    (updated,) = Given(tmp_path, Path(f"s3://bucket/works/{ONE}")).rows("work", "updated")
    assert str(updated) == "2026-05-01 00:00:00+00:00"


def test_parts_are_copied_one_by_one_and_deleted(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_snapshot(store / "bucket", PARTS)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    held = []

    def copies() -> list[Path]:
        return [path for path in tmp_path.rglob("bibnet-part-*/**/*") if path.is_file()]

    copy = remote.RemoteFile.copy_to

    def noted(self: remote.RemoteFile, target: Path) -> None:
        copy(self, target)
        held.append(len(copies()))

    monkeypatch.setattr(remote.RemoteFile, "copy_to", noted)
    assert Given(tmp_path, Path("s3://bucket/works")).reading.works == 3
    assert held == [1, 1, 1]  # two parts and the manifest
    assert copies() == []


def test_an_address_with_nothing_there_is_an_input_error(tmp_path: Path, store: Path) -> None:
    with pytest.raises(InputError, match="s3://bucket/nothing"):
        Given(tmp_path, Path("s3://bucket/nothing"))


def test_a_store_in_memory_is_listed_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = fs._MockFileSystem()
    memory.create_dir("bucket/works/b")
    for name in ("b/2", "a", "c"):
        with memory.open_output_stream(f"bucket/works/{name}") as file:
            file.write(b"{}")
    monkeypatch.setattr(remote, "open_store", lambda: memory)
    assert [name for name, _ in remote.remote_files(Path("s3://bucket/works"))] == ["a", "b/2", "c"]


def test_the_store_is_opened_without_credentials_and_without_a_connection() -> None:
    assert isinstance(remote.open_store(), fs.S3FileSystem)
