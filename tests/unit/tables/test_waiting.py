"""Rows of a compressed file count only if the whole file is sound, however many wait."""

from pathlib import Path

import pytest
from read_inputs import Given, gzipped, line, work

from bibnet.tables import waiting

LINES = b"".join(line(work(n, title=f"{n * 7919}" * 9)) + b"\n" for n in range(3000))
SOUND = gzipped(LINES)
WRONG_SUM = SOUND[:-8] + bytes([SOUND[-8] ^ 1]) + SOUND[-7:]


@pytest.fixture(params=[0, waiting.MOST_HELD], ids=["examined", "held"], autouse=True)
def most_held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing wait, so that the file is examined after its first batch, or everything."""
    monkeypatch.setattr(waiting, "MOST_HELD", request.param)


def given_file(folder: Path, content: bytes) -> Given:
    path = folder / "works.jsonl.gz"
    path.write_bytes(content)
    return Given(folder, path)


def test_a_sound_file_gives_every_work_in_order(tmp_path: Path) -> None:
    given = given_file(tmp_path, SOUND)
    assert given.rows("work", "work_key") == list(range(1, 3001))
    assert given.rows("input_file", "works", "event") == [(3000, None)]


def test_no_work_of_a_file_with_a_wrong_sum_is_kept(tmp_path: Path) -> None:
    given = given_file(tmp_path, WRONG_SUM)
    assert given.reading.reasons == {"gzip_untrusted": 3000}
    assert given.rows("work") == given.rows("authorship") == []


def test_a_file_that_is_cut_keeps_its_complete_lines_once(tmp_path: Path) -> None:
    reading = given_file(tmp_path, SOUND[: len(SOUND) - 3000]).reading
    assert reading.damaged_files == ("works.jsonl.gz: gzip_truncated",)
    assert reading.lines == reading.works + 1 > 1000


def test_a_file_that_changes_after_it_was_examined_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examine = waiting.examine
    monkeypatch.setattr(waiting, "examine", lambda path: examine(path.with_name("other.gz")))
    (tmp_path / "other.gz").write_bytes(gzipped(b"{}\n"))
    changed = given_file(tmp_path, SOUND).reading.damaged_files
    examined = waiting.MOST_HELD == 0
    assert changed == (("works.jsonl.gz: changed_while_read",) if examined else ())
