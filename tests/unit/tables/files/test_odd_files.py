"""What lies in folders beside plain files, and what is given by name and is none."""

import hashlib
import os
import socket
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command_line import bibnet
from read_inputs import Given, line, work, write_lines

from bibnet.schema.errors import InputError
from bibnet.tables import read, read_works
from bibnet.tables.files.sources import list_sources


def events(given: Given) -> dict[str, str | None]:
    return dict(given.rows("input_file", "path", "event"))


def test_what_is_no_plain_file_is_passed_over_with_its_reason(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_lines(folder / "works.jsonl", [work(1)])
    write_lines(folder / "below" / "more.jsonl", [work(2)])
    (folder / "below" / "up").symlink_to(folder)
    (folder / "itself").symlink_to("itself")
    (folder / "nowhere").symlink_to(tmp_path / "absent")
    (folder / "null").symlink_to("/dev/null")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / "door"))
        found = Given(tmp_path, folder)
    assert events(found) == {
        "below/more.jsonl": None,
        "below/up": "folder_reached_twice",
        "door": "socket",
        "itself": "broken_link",
        "nowhere": "broken_link",
        "null": "device",
        "pipe": "pipe",
        "works.jsonl": None,
    }
    assert found.reading.odd_files == tuple(
        f"{name}: {event}" for name, event in events(found).items() if event
    )


def test_a_link_to_a_folder_elsewhere_is_followed(tmp_path: Path) -> None:
    write_lines(tmp_path / "elsewhere" / "works.jsonl", [work(1)])
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path / "elsewhere")
    assert events(Given(tmp_path, tmp_path / "in")) == {"link/works.jsonl": None}


def test_a_folder_is_named_by_its_own_path_and_not_by_a_link(tmp_path: Path) -> None:
    write_lines(tmp_path / "in" / "z" / "works.jsonl", [work(1)])
    (tmp_path / "in" / "a").symlink_to("z")
    assert events(Given(tmp_path, tmp_path / "in")) == {
        "a": "folder_reached_twice",
        "z/works.jsonl": None,
    }


def test_a_name_that_is_not_utf8_is_passed_over_in_a_folder_and_read_by_itself(
    tmp_path: Path,
) -> None:
    name = os.fsdecode(b"w\xe9rk.jsonl")
    path = write_lines(tmp_path / "in" / name, [work(1)])
    assert events(Given(tmp_path / "1", path.parent)) == {"w\\xe9rk.jsonl": "name_not_utf8"}
    assert events(Given(tmp_path / "2", path)) == {"w\\xe9rk.jsonl": None}


def test_a_folder_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lines(tmp_path / "in" / "closed" / "works.jsonl", [work(1)])
    listed = Path.iterdir

    def refused(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refused)
    assert [source.passed_over for source in list_sources([tmp_path / "in"])] == [
        "unreadable_folder"
    ]


def test_a_works_file_that_the_system_refuses_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_lines(tmp_path / "in" / "closed.jsonl", [work(1)])
    opened = Path.open

    def refused(path: Path, *how: Any, **more: Any) -> Any:
        if path.name == "closed.jsonl":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(InputError) as caught:
        read_works([path], tmp_path / "out")
    [fault] = caught.value.faults
    assert (fault.what, fault.where) == ("reading stopped: Permission denied", str(path))
    assert (fault.remedy, caught.value.exit_code) == ("check that it can be opened", 11)


def test_a_pipe_given_by_name_is_read_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    lines = b"".join(line(work(number)) + b"\n" for number in range(1, 3000))
    writer = threading.Thread(target=pipe.write_bytes, args=(lines,))
    writer.start()
    found = Given(tmp_path, pipe)
    writer.join()
    assert (found.reading.works, events(found)) == (2999, {"pipe": None})


def test_standard_input_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "q.toml").write_text(
        'name = "small"\nquestion = "?"\n[works]\nai = ["all"]\n[sides]\na = ["DE"]\nb = ["CN"]\n'
    )
    given = b'{"id": "https://openalex.org/W1", "authorships": []}\n' * 3
    done = bibnet("run", "q.toml", "--works", "-", cwd=tmp_path, given=given)
    assert done.returncode == 11
    assert "no work is left of 3 lines (no_year 1, duplicate 2)" in done.stderr
    assert "where: -" in done.stderr


@pytest.mark.parametrize("path", ["/dev/zero", "loop"])
def test_what_never_ends_or_is_nothing_is_refused(path: str, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(InputError, match="not a file of works"):
        read_works([tmp_path / path], tmp_path / "out")


def changing(monkeypatch: pytest.MonkeyPatch, path: Path, content: bytes, at: str) -> None:
    """Let a file get other content after it was examined, or after it was read."""
    examine, cut = read.examine, read.read_content

    def examined(place: Path) -> object:
        condition = examine(place)
        if at == "examined":
            path.write_bytes(content)
        return condition

    def cut_up(*arguments: Any, **options: Any) -> object:
        found = cut(*arguments, **options)
        items = list(found.items)
        if at == "read":
            path.write_bytes(content)
        return replace(found, items=iter(items))

    monkeypatch.setattr(read, "examine", examined)
    monkeypatch.setattr(read, "read_content", cut_up)


@pytest.mark.parametrize("at", ["examined", "read"])
def test_a_file_that_changes_while_it_is_read_is_named_with_the_hash_of_what_was_parsed(
    at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_lines(tmp_path / "works.jsonl", [work(1)])
    old = path.read_bytes()
    new = b"".join(line(work(number)) + b"\n" for number in range(1, 4))
    changing(monkeypatch, path, new, at)
    found = Given(tmp_path, path)
    parsed = new if at == "examined" else old
    assert found.reading.damaged_files == ("works.jsonl: changed_while_read",)
    assert found.reading.works == parsed.count(b"\n")
    assert found.rows("input_file", "sha256") == [hashlib.sha256(parsed).hexdigest()]
