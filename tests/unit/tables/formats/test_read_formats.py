"""Every format of the contract gives the same works, whatever the file is called."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from read_inputs import Given, gzipped, line, record, work

from bibnet.tables.formats.content import read_content
from bibnet.tables.formats.documents import scan_list

WORKS = [work(n, publication_year=2000 + n) for n in (1, 2, 3)]
JSON_LINES = b"\n".join(map(line, WORKS))
PAGE = {"meta": {"count": 3, "next_cursor": None}, "results": WORKS, "group_by": []}
EXPECTED = [("W1", 2001), ("W2", 2002), ("W3", 2003)]

FILES = {
    "json lines": (JSON_LINES, "json_lines"),
    "json lines with final newline": (JSON_LINES + b"\n", "json_lines"),
    "gzip": (gzipped(JSON_LINES), "json_lines"),
    "zstd": (zstandard.compress(JSON_LINES), "json_lines"),
    "gzip of several members": (
        b"".join(gzipped(line(w) + b"\n") for w in WORKS) + b"\0" * 512,
        "json_lines",
    ),
    "zstd of several frames": (
        b"".join(zstandard.compress(line(w) + b"\n") for w in WORKS),
        "json_lines",
    ),
    "list on one line": (line(WORKS), "json_list"),
    "list, a work a line": (b"[\n" + b",\n".join(map(line, WORKS)) + b"\n]\n", "json_list"),
    "list, begun beside its bracket": (b"[" + b",\n".join(map(line, WORKS)) + b"]", "json_list"),
    "list, indented": (json.dumps(WORKS, indent=2).encode(), "json_list"),
    "list after a byte order mark": (b"\xef\xbb\xbf" + line(WORKS), "json_list"),
    "response": (line(PAGE), "api_list"),
    "response, indented": (json.dumps(PAGE, indent=1).encode(), "api_list"),
    "response, gzip": (gzipped(json.dumps(PAGE, indent=1).encode()), "api_list"),
    "responses, one a line": (
        b"\n".join(line({"meta": {}, "results": [w]}) for w in WORKS) + b"\n",
        "api_list",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_format_is_recognised_by_content(tmp_path: Path, name: str) -> None:
    content, form = FILES[name]
    path = tmp_path / "any name.txt"
    path.write_bytes(content)
    given = Given(tmp_path, path)
    assert given.rows("work", "work_id", "year") == EXPECTED
    assert given.rows("input_file", "format", "lines", "works") == [(form, 3, 3)]


def test_one_object_over_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "work.json"
    path.write_text(json.dumps(work(1), indent=2))
    assert Given(tmp_path, path).rows("input_file", "format", "works") == [("json_object", 1)]


def test_parquet_of_nested_works(tmp_path: Path) -> None:
    rows = [{**w, "updated_date": "2026-01-02T03:04:05", "mesh": None} for w in WORKS]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "part_0000")
    given = Given(tmp_path, tmp_path / "part_0000")
    assert given.rows("work", "work_id", "year") == EXPECTED
    assert given.rows("input_file", "format", "lines", "event") == [("parquet", 3, None)]


def test_parquet_dates_maps_and_abstract_as_json_text(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": ["https://openalex.org/W1"],
            "ids": pa.array([[("mag", "7")]], pa.map_(pa.string(), pa.string())),
            "publication_date": pa.array([19000], pa.date32()),
            "updated_date": pa.array([1_700_000_000_000_000], pa.timestamp("us")),
            "abstract_inverted_index": ['{"b": [1], "a": [0]}'],
            "surprise": [1],
        }
    )
    pq.write_table(table, tmp_path / "works.parquet")
    given = Given(tmp_path, tmp_path / "works.parquet")
    assert given.rows("text", "abstract") == ["a b"]
    assert given.rows("work", "year") == [2022]
    assert str(given.reading.newest_updated) == "2023-11-14 22:13:20+00:00"
    assert given.reading.unknown_fields == {"surprise": 1}


def test_damaged_parquet_is_one_line_set_aside(tmp_path: Path) -> None:
    (tmp_path / "works.parquet").write_bytes(b"PAR1 and then nothing of the kind")
    reading = Given(tmp_path, tmp_path / "works.parquet").reading
    assert (reading.works, reading.reasons) == (0, {"parquet_unreadable": 1})


def test_parquet_with_a_damaged_page_is_set_aside_whole(tmp_path: Path) -> None:
    path = tmp_path / "works.parquet"
    rows = [work(n, title=f"{n} {n * 7919}") for n in range(2000)]
    pq.write_table(pa.Table.from_pylist(rows), path, compression="gzip")
    content = bytearray(path.read_bytes())
    content[len(content) // 3 : len(content) // 3 + 400] = b"\xaa" * 400
    path.write_bytes(content)
    assert Given(tmp_path, path).reading.reasons == {"parquet_untrusted": 2000}


def test_records_and_works_may_stand_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "mixed"
    path.write_bytes(line(work(1)) + b"\n" + line(record("conf:1")) + b"\n")
    forms = Given(tmp_path, path).rows("work", "work_id", "form")
    assert forms == [("W1", "openalex"), ("conf:1", "record")]


def test_bad_item_of_a_list_costs_one_line(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(b"[" + line(work(1)) + b', {"id": W2}, ' + line(work(3)) + b"]")
    given = Given(tmp_path, path)
    assert given.rows("work", "work_id") == ["W1", "W3"]
    assert given.reading.reasons == {"malformed_json": 1}


def test_response_cut_in_an_item_keeps_the_items_before(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_bytes(json.dumps(PAGE, indent=1).encode()[:-80])
    given = Given(tmp_path, path)
    assert (given.reading.works, given.reading.reasons) == (2, {"malformed_json": 1})


def test_lines_after_a_list_are_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(b"[\n" + line(work(1)) + b"\n]\n" + line(work(2)) + b"\n")
    assert Given(tmp_path, path).rows("work", "work_id") == ["W1", "W2"]


def test_document_beyond_the_limit_is_cut_by_its_brackets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bibnet.tables.formats.json_content.DOCUMENT_LIMIT", 10)
    path = tmp_path / "page.json"
    path.write_bytes(json.dumps(PAGE, indent=1).encode())
    assert Given(tmp_path, path).rows("work", "work_id", "year") == EXPECTED


def test_damaged_first_line_does_not_make_a_document(tmp_path: Path) -> None:
    path = tmp_path / "works.jsonl"
    path.write_bytes(b'{"id": \n' + JSON_LINES)
    given = Given(tmp_path, path)
    assert (given.reading.works, given.reading.reasons) == (3, {"malformed_json": 1})


def test_word_results_in_an_abstract_does_not_make_a_response() -> None:
    broken = b'{"abstract_inverted_index": {"results": [3]}, \n?\n'
    content = read_content(iter([broken]))
    assert content.format == "json_lines"


@settings(max_examples=50)
@drawn(
    st.lists(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        ),
        min_size=1,
    ),
    st.integers(1, 9),
)
def test_cutting_by_brackets_gives_the_items_back(items: list[object], size: int) -> None:
    text = json.dumps(items).encode()[1:]
    blocks = iter([text[n : n + size] for n in range(0, len(text), size)])
    found = [json.loads(item) for group in scan_list(b"", blocks) for item in group]
    assert found == items
