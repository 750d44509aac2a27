"""Helpers that answer requests: in order, here where one is gone, and none is left behind."""

import io
import subprocess
import sys

import pytest

from bibnet.storage import processes
from bibnet.storage.processes import Helper, Turns, Work, buffer_standard_output, processors

DOUBLES = "from bibnet.storage.processes import serve; serve(lambda request: request * 2)"
HERE: list[bytes] = []


def doubled_here(request: bytes) -> bytes:
    HERE.append(request)
    return request * 2


def doubling(command: str = DOUBLES) -> Work[bytes, bytes]:
    HERE.clear()
    return Work(command, (), doubled_here, bytes, bytes)


def test_a_helper_answers_in_order_whatever_the_size() -> None:
    helper = Helper(DOUBLES)
    for request in (b"", b"a", b"b" * 300_000):
        assert helper.send(request)
        assert helper.receive() == request * 2
    helper.close()


@pytest.mark.parametrize(("helpers", "here"), [(0, b"abcdefg"), (1, b"aceg"), (2, b"adg")])
def test_answers_come_in_the_order_of_the_requests(helpers: int, here: bytes) -> None:
    requests = [bytes([letter]) for letter in b"abcdefg"]
    with Turns(doubling(), helpers) as turns:
        assert list(turns.answers(iter(requests))) == [one * 2 for one in requests]
    assert b"".join(HERE) == here


def test_what_a_helper_does_not_answer_is_answered_here() -> None:
    with Turns(doubling("import sys; sys.stdin.buffer.read(9)"), 1) as turns:
        assert list(turns.answers(iter([b"a", b"b", b"c", b"d"]))) == [b"aa", b"bb", b"cc", b"dd"]
    assert HERE == [b"a", b"b", b"c", b"d"]


def test_one_request_starts_no_helper() -> None:
    with Turns(doubling("raise SystemExit('a helper was started')"), 2) as turns:
        assert list(turns.answers(iter([b"a"]))) == [b"aa"]
    assert list(Turns(doubling(), 2).answers(iter([]))) == []


def test_a_request_nobody_waits_for_ends_with_its_helper() -> None:
    helper = Helper("import time; time.sleep(600)")
    helper.send(b"a")
    helper.close()
    assert helper._process.returncode == -15  # SIGTERM


class PartWrites(io.RawIOBase):
    """A raw file that takes seven bytes at a time, as a pipe does whose writer is stopped."""

    def __init__(self) -> None:
        self.taken = b""

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        part = bytes(memoryview(content)[:7])  # type: ignore[arg-type]
        self.taken += part
        return len(part)


def test_standard_output_without_a_buffer_gets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = PartWrites()
    unbuffered = io.TextIOWrapper(raw, encoding="ascii", write_through=True)  # type: ignore[type-var]
    monkeypatch.setattr("sys.stdout", unbuffered)
    buffer_standard_output()
    sys.stdout.write("a line of more than seven bytes\n")
    assert raw.taken == b"a line of more than seven bytes\n"
    sys.stdout.buffer.write(b"and a frame of bytes")
    sys.stdout.flush()
    assert raw.taken == b"a line of more than seven bytes\nand a frame of bytes"


def test_standard_output_with_a_buffer_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    buffered = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr("sys.stdout", buffered)
    buffer_standard_output()
    assert sys.stdout is buffered


def test_this_process_may_use_a_processor() -> None:
    assert processors() >= 1


LOOP = """
class Loop:
    def __del__(self):
        print("found")
one = Loop()
one.itself = one
del one
"""


@pytest.mark.parametrize(("first", "printed"), [("", b"found\n"), (f"{processes.FIRST}\n", b"")])
def test_cycles_are_not_looked_for_when_a_program_ends(first: str, printed: bytes) -> None:
    command = [sys.executable, "-c", first + LOOP]
    assert subprocess.run(command, capture_output=True, check=True).stdout == printed
