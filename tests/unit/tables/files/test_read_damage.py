"""Damaged files: what is sound is read, what cannot be trusted is set aside whole."""

from pathlib import Path

import pytest
import zstandard
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from read_inputs import Given, gzipped, line, work

from bibnet.tables.lines import split_lines

LINES = b"".join(line(work(n, title=f"{n * 7919}" * 9)) + b"\n" for n in range(300))
WHOLE = gzipped(LINES)


def given_file(folder: Path, content: bytes) -> Given:
    path = folder / "works.jsonl.gz"
    path.write_bytes(content)
    return Given(folder, path)


def test_empty_file_holds_no_line(tmp_path: Path) -> None:
    given = given_file(tmp_path, b"")
    assert given.rows("input_file", "lines", "works", "event") == [(0, 0, "empty")]


def test_gzip_of_nothing_holds_no_line(tmp_path: Path) -> None:
    assert given_file(tmp_path, gzipped(b"")).reading.lines == 0


def test_truncated_gzip_keeps_complete_lines_and_sets_the_cut_one_aside(tmp_path: Path) -> None:
    given = given_file(tmp_path, WHOLE[: len(WHOLE) // 2])
    reading = given.reading
    assert reading.reasons == {"cut_by_truncation": 1}
    assert 50 < reading.works < 300
    assert reading.damaged_files == ("works.jsonl.gz: gzip_truncated",)


def test_gzip_that_lacks_only_its_check_sum_keeps_every_line(tmp_path: Path) -> None:
    assert given_file(tmp_path, WHOLE[:-8]).reading.works == 300


def test_wrong_check_sum_sets_every_line_aside(tmp_path: Path) -> None:
    damaged = WHOLE[:-8] + bytes([WHOLE[-8] ^ 1]) + WHOLE[-7:]
    reading = given_file(tmp_path, damaged).reading
    assert (reading.works, reading.reasons) == (0, {"gzip_untrusted": 300})


def test_wrong_check_sum_of_the_first_member_sets_the_second_aside_too(tmp_path: Path) -> None:
    damaged = WHOLE[:-8] + bytes([WHOLE[-8] ^ 1]) + WHOLE[-7:] + WHOLE
    assert given_file(tmp_path, damaged).reading.reasons == {"gzip_untrusted": 600}


def test_flipped_byte_lets_no_line_of_the_file_in(tmp_path: Path) -> None:
    middle = len(WHOLE) // 2
    damaged = WHOLE[:middle] + bytes([WHOLE[middle] ^ 64]) + WHOLE[middle + 1 :]
    reading = given_file(tmp_path, damaged).reading
    assert (reading.works, list(reading.reasons)) == (0, ["gzip_untrusted"])


def test_bytes_after_the_last_member_are_one_line_set_aside(tmp_path: Path) -> None:
    reading = given_file(tmp_path, WHOLE + b"something else").reading
    assert (reading.works, reading.reasons) == (300, {"gzip_trailing_bytes": 1})


def test_truncated_zstd_keeps_complete_lines(tmp_path: Path) -> None:
    frames = b"".join(zstandard.compress(LINES[n : n + 999]) for n in range(0, len(LINES), 999))
    reading = given_file(tmp_path, frames[: len(frames) - 30]).reading
    assert reading.damaged_files == ("works.jsonl.gz: zstd_truncated",)
    assert reading.works > 200


def test_wrong_check_sum_of_zstd_sets_every_line_aside(tmp_path: Path) -> None:
    frame = zstandard.ZstdCompressor(write_checksum=True).compress(LINES)
    reading = given_file(tmp_path, frame[:-1] + bytes([frame[-1] ^ 1])).reading
    assert (reading.works, list(reading.reasons)) == (0, ["zstd_untrusted"])


def test_a_file_of_which_nothing_inflates_is_one_line_set_aside(tmp_path: Path) -> None:
    extra = WHOLE[:3] + bytes([WHOLE[3] ^ 4]) + WHOLE[4:]  # its head announces a long extra field
    reading = given_file(tmp_path, extra).reading
    assert (reading.works, reading.reasons) == (0, {"gzip_truncated": 1})
    (tmp_path / "cut").mkdir()
    assert given_file(tmp_path / "cut", WHOLE[:12]).reading.reasons == {"gzip_truncated": 1}


def test_damaged_file_does_not_touch_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(WHOLE[:-8] + b"12345678")
    (tmp_path / "b.gz").write_bytes(WHOLE)
    given = Given(tmp_path / "out", tmp_path / "a.gz", tmp_path / "b.gz")
    assert given.rows("input_file", "works", "quarantined") == [(0, 300), (300, 0)]


@settings(max_examples=40, deadline=None)
@drawn(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_any_changed_byte_loses_no_line_in_silence(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    damaged = WHOLE[:place] + bytes([WHOLE[place] ^ change]) + WHOLE[place + 1 :]
    given = given_file(tmp_path_factory.mktemp("damage"), damaged)
    reading = given.reading
    assert reading.lines == reading.works + reading.quarantined > 0
    assert reading.works == 300 or reading.damaged_files or reading.works == 0


@drawn(st.binary(max_size=60).map(lambda b: b.replace(b"\r", b"\n")), st.integers(1, 7))
def test_lines_are_those_of_the_text_however_it_is_cut_into_blocks(text: bytes, size: int) -> None:
    blocks = iter([text[n : n + size] for n in range(0, len(text), size)])
    lines = [x for group in split_lines(blocks) for x in group]
    expected = text.split(b"\n")
    assert lines == (expected if expected[-1] else expected[:-1])
