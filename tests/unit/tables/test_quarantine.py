"""Lines set aside: all counted, not all written."""

from pathlib import Path

import pytest
from read_inputs import Given, gzipped, work, write_lines

from bibnet.tables import quarantine


@pytest.fixture
def ten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten rows of a reason are written."""
    monkeypatch.setattr(quarantine, "ROWS_A_REASON", 10)


def shown(given: Given) -> list[tuple[object, ...]]:
    """Rows by reason, line and number of lines; ten first rows in short."""
    return [(row["reason"], row["line"], row.get("lines", 1)) for row in given.quarantine]


@pytest.mark.usefixtures("ten")
def test_the_rest_of_a_reason_is_one_row_that_counts_it(tmp_path: Path) -> None:
    lines = [b"{broken"] * 12 + [work(1)] + [b""] * 25 + [b" \t"] + [b"[]"] * 3
    found = Given(tmp_path, write_lines(tmp_path / "works.jsonl", lines))
    assert found.reading.reasons == {"blank": 26, "malformed_json": 12, "not_an_object": 3}
    assert sum(number for _, _, number in shown(found)) == found.reading.quarantined == 41
    assert shown(found) == [
        *(("malformed_json", line, 1) for line in range(1, 11)),
        *(("blank", line, 1) for line in range(14, 24)),
        *(("not_an_object", line, 1) for line in range(40, 43)),
        ("blank", None, 16),
        ("malformed_json", None, 2),
    ]
    assert found.quarantine[-1]["detail"] == "2 more lines, counted and not shown"


@pytest.mark.usefixtures("ten")
def test_millions_of_empty_lines_in_a_small_file(tmp_path: Path) -> None:
    """100 MB of them in 100 KB take two seconds; here 3 MB, with a work between."""
    path = tmp_path / "works.gz"
    path.write_bytes(gzipped(b"\n" * 2_000_000 + b'{"id":"W1","authorships":[]}' + b"\n" * 10**6))
    found = Given(tmp_path, path)
    assert (found.reading.lines, found.reading.works) == (3_000_000, 1)
    assert found.reading.reasons == {"blank": 2_999_999}
    assert found.rows("work", "work_key") == [2_000_001]
    assert len(found.quarantine) == 11


def test_the_first_file_with_lines_set_aside_is_named(tmp_path: Path) -> None:
    blank = write_lines(tmp_path / "a.jsonl", [b""])
    broken = write_lines(tmp_path / "b.jsonl", [b"{"])
    assert Given(tmp_path / "1", blank, broken).reading.first_set_aside == "b.jsonl"
    assert Given(tmp_path / "2", blank).reading.first_set_aside == ""
