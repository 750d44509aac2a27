"""The first lines of a file are with the helpers while the last of the file before are awaited."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from read_inputs import Given, gzipped, line, work

from bibnet.schema.errors import InputError
from bibnet.tables import waiting
from bibnet.tables.batches import Batches
from bibnet.tables.files.compression import SoundBlocks

PER_FILE = 30
MakeBatches = Callable[[int], None]


@pytest.fixture
def helpers(monkeypatch: pytest.MonkeyPatch) -> MakeBatches:
    """Lets so many helpers take batches of about seven lines, from the first on."""

    def let(most: int) -> None:
        monkeypatch.setattr("bibnet.tables.files.compression.BLOCK", 200)
        monkeypatch.setattr("bibnet.tables.batches.BATCH_LINES", 7)
        monkeypatch.setattr(
            "bibnet.tables.read.Batches", lambda most=most: Batches(most=most, here=0)
        )

    return let


def lines(number: int) -> bytes:
    first = number * PER_FILE
    works = [line(work(n, title=f"Work {n}")) for n in range(first, first + PER_FILE)]
    return b"".join(one + b"\n" for one in works)


def broken_sum(content: bytes) -> bytes:
    return content[:-8] + bytes([content[-8] ^ 1]) + content[-7:]


def files(folder: Path) -> list[Path]:
    """Sound files, files of one line, blank lines, damage of all kinds, and other formats."""
    contents = {
        "a.gz": gzipped(lines(0)),
        "b.gz": gzipped(lines(1))[:-4],
        "c.gz": gzipped(lines(2)),
        "d.gz": broken_sum(gzipped(lines(3))),
        "e.gz": gzipped(b"\n" * 40 + lines(4)),
        "f.gz": gzipped(line(work(901)) + b"\n"),
        "g.gz": gzipped(line(work(902)) + b"\nno json\n"),
        "h.jsonl": lines(5),
        "i.gz": gzipped(lines(6)) + b"trailing",
        "j.gz": gzipped(b"TY  - JOUR\nTI  - A title\nER  - \n"),
        "k.gz": gzipped(lines(7)),
        "l.gz": broken_sum(gzipped(lines(8))),
    }
    folder.mkdir()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def written(given: Given) -> tuple[object, dict[str, bytes]]:
    found = given.reading
    return found, {path.name: path.read_bytes() for path in sorted(given.folder.iterdir())}


@pytest.mark.parametrize("held", [0, waiting.MOST_HELD])
@pytest.mark.parametrize("most", [1, 2])
def test_files_read_ahead_give_the_bytes_of_files_read_alone(
    most: int, held: int, tmp_path: Path, helpers: MakeBatches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_HELD", held)
    paths = files(tmp_path / "given")
    found = []
    for number in (0, most):
        helpers(number)
        folder = tmp_path / str(number)
        folder.mkdir()
        found.append(written(Given(folder, *paths)))
    assert found[1] == found[0]


DIES_AFTER = """
import os, signal
from bibnet.storage import processes
from bibnet.tables import batches
left = [%d]
def answer(request):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return batches.answer(request)
processes.serve(answer)
"""


@pytest.mark.parametrize("answers", [0, 3, 8])
def test_helpers_that_die_between_files_change_nothing(
    answers: int, tmp_path: Path, helpers: MakeBatches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bibnet.tables.batches.SERVE", f"exec({DIES_AFTER % answers!r})")
    paths = files(tmp_path / "given")
    found = []
    for number in (0, 2):
        helpers(number)
        folder = tmp_path / str(number)
        folder.mkdir()
        found.append(written(Given(folder, *paths)))
    assert found[1] == found[0]


def test_what_is_found_of_each_file(tmp_path: Path, helpers: MakeBatches) -> None:
    helpers(2)
    given = Given(tmp_path, *files(tmp_path / "given"))
    columns = ("path", "works", "quarantined", "event")
    assert given.rows("input_file", *columns) == [
        ("a.gz", 30, 0, None),
        ("b.gz", 30, 0, "gzip_truncated"),
        ("c.gz", 30, 0, None),
        ("d.gz", 0, 30, "gzip_untrusted"),
        ("e.gz", 30, 40, None),
        ("f.gz", 1, 0, None),
        ("g.gz", 1, 1, None),
        ("h.jsonl", 30, 0, None),
        ("i.gz", 30, 1, "gzip_trailing_bytes"),
        ("j.gz", 1, 0, None),
        ("k.gz", 30, 0, None),
        ("l.gz", 0, 30, "gzip_untrusted"),
    ]


def two_files(folder: Path) -> list[Path]:
    paths = [folder / "a.gz", folder / "b.gz"]
    for number, path in enumerate(paths):
        path.write_bytes(gzipped(lines(number)))
    return paths


def test_a_file_that_changes_while_the_next_is_begun_is_named(
    tmp_path: Path, helpers: MakeBatches, monkeypatch: pytest.MonkeyPatch
) -> None:
    helpers(1)
    first, second = two_files(tmp_path)

    def begun(path: Path, *codec: object) -> SoundBlocks:
        if path == second:
            os.utime(first, (1, 1))
        return SoundBlocks(path, *codec)  # type: ignore[arg-type]

    monkeypatch.setattr("bibnet.tables.read.SoundBlocks", begun)
    given = Given(tmp_path, first, second)
    assert given.rows("input_file", "works", "event") == [(30, "changed_while_read"), (30, None)]


def test_a_file_that_cannot_be_read_to_its_end_is_named_though_the_next_is_begun(
    tmp_path: Path, helpers: MakeBatches, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    helpers(1)
    monkeypatch.setattr(waiting, "MOST_HELD", 0)
    monkeypatch.setattr(waiting, "examine", refused)
    with pytest.raises(InputError, match=r"reading stopped: Input/output error") as found:
        Given(tmp_path, *two_files(tmp_path))
    assert "a.gz" in str(found.value)


def test_where_the_disk_is_full_the_input_is_not_blamed(
    tmp_path: Path, helpers: MakeBatches, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    helpers(1)
    monkeypatch.setattr("bibnet.storage.tables.TableWriter.write", refused)
    with pytest.raises(OSError, match="No space left on device"):
        Given(tmp_path, *two_files(tmp_path))
