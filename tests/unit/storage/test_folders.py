"""Folders of runs in the making: names of their own, locks, what dead runs leave, publishing."""

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bibnet.schema.errors import UsageError
from bibnet.storage import folders
from bibnet.storage.disk import whole_file
from bibnet.storage.folders import publish, remove_dead, run_folder, writable

DEAD = """
import os, sys
from pathlib import Path
from bibnet.storage.folders import run_folder
with run_folder(Path(sys.argv[1])) as staging:
    (staging / "half").write_text("x")
    os.kill(os.getpid(), 9)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_two_runs_of_one_process_number_do_not_meet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two containers on one disk: both are process 7."""
    monkeypatch.setattr(os, "getpid", lambda: 7)
    with run_folder(tmp_path) as first:
        (first / "file").write_text("first")
        with run_folder(tmp_path) as second:
            (second / "file").write_text("second")
            assert (first / "file").read_text() == "first"
        assert (first / "file").read_text() == "first"
    assert names(tmp_path) == []


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", DEAD, str(tmp_path)], check=False)
    assert dead.returncode == -9
    assert len(names(tmp_path)) == 2  # the folder and its lock
    with run_folder(tmp_path) as staging:
        assert names(tmp_path) == [staging.name, f"{staging.name}.lock"]
    assert names(tmp_path) == []


def test_a_run_that_lives_is_left_alone(tmp_path: Path) -> None:
    with run_folder(tmp_path) as living:
        (living / "file").write_text("mine")
        remove_dead(tmp_path)
        assert (living / "file").read_text() == "mine"


def test_what_cannot_be_proved_dead_is_left_alone(tmp_path: Path) -> None:
    """A folder without a lock may be of a version, or on a disk, without locks."""
    (tmp_path / ".unfinished-4711").mkdir()
    remove_dead(tmp_path)
    assert names(tmp_path) == [".unfinished-4711"]


def test_a_disk_without_locks_is_no_reason_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_handle: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refused)
    with run_folder(tmp_path) as staging:
        remove_dead(tmp_path)
        assert staging.is_dir()
    assert names(tmp_path) == []


def test_a_finished_run_replaces_one_of_its_name(tmp_path: Path) -> None:
    for text in ("old", "new"):
        with run_folder(tmp_path) as staging:
            (staging / "file").write_text(text)
            publish(staging, tmp_path / "run")
    assert names(tmp_path) == ["run"]
    assert (tmp_path / "run" / "file").read_text() == "new"


def test_two_runs_of_one_name_finish_one_after_the_other(tmp_path: Path) -> None:
    """Both see the name free; the second finds it taken when it renames."""
    with run_folder(tmp_path) as first, run_folder(tmp_path) as second:
        for staging in (first, second):
            (staging / "file").write_text(staging.name)
        publish(first, tmp_path / "run")
        publish(second, tmp_path / "run")
    assert names(tmp_path) == ["run"]
    assert (tmp_path / "run" / "file").read_text() == second.name


def test_killed_while_it_replaces_a_run_the_earlier_one_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "file").write_text("earlier")
    renamed = folders._renamed
    tries = iter((False,))  # the name is taken; put aside; then the kill

    def killed(staging: Path, target: Path) -> bool:
        if next(tries, None) is None:
            monkeypatch.setattr(folders, "_renamed", renamed)
            raise KeyboardInterrupt
        return False

    monkeypatch.setattr(folders, "_renamed", killed)
    with pytest.raises(KeyboardInterrupt), run_folder(tmp_path) as staging:
        (staging / "file").write_text("half")
        publish(staging, tmp_path / "run")
    assert names(tmp_path) == ["run"]
    assert (tmp_path / "run" / "file").read_text() == "earlier"


def test_a_name_taken_by_a_file_is_a_user_s_mistake(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("")
    with pytest.raises(UsageError, match="cannot write the run"), run_folder(tmp_path) as staging:
        publish(staging, tmp_path / "run")
    assert names(tmp_path) == ["run"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_disk_that_refuses_is_told_in_one_message(code: int, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as told, run_folder(tmp_path) as staging:
        (staging / "half").write_text("x")
        raise OSError(code, os.strerror(code))
    assert [fault.what for fault in told.value.faults] == [
        f"cannot write the run: {os.strerror(code)}"
    ]
    assert names(tmp_path) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot write the output"):
        writable(tmp_path / "file" / "below")


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "below" / "table.csv"
    with whole_file(path) as unfinished:
        unfinished.write_text("old")
    with pytest.raises(UsageError, match="No space left"), whole_file(path) as unfinished:
        unfinished.write_text("ha")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert (names(path.parent), path.read_text()) == (["table.csv"], "old")


def test_a_device_is_written_under_its_own_name() -> None:
    with whole_file(Path("/dev/null")) as path:
        assert path == Path("/dev/null")
