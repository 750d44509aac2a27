"""Helpers with requests at hand: answers in order, and an end that waits for nobody."""

import errno
import fcntl
import threading

import pytest

from bibnet.storage.ahead import HelperAhead
from bibnet.storage.processes import Helper

DOUBLES = "from bibnet.storage.processes import serve; serve(lambda request: request * 2)"
LARGE = 300_000  # bytes: no pipe holds so many


def test_answers_come_in_order_though_all_was_asked_before() -> None:
    helper = HelperAhead(DOUBLES)
    requests = [b"a", b"b" * LARGE, b"", b"c" * LARGE, b"d"]
    for request in requests:
        helper.send(request)
    assert [helper.receive() for _ in requests] == [request * 2 for request in requests]
    helper.close()
    assert helper._helper._process.returncode == 0


def test_a_helper_that_is_gone_answers_none_to_all_that_is_asked() -> None:
    helper = HelperAhead("import sys; sys.stdin.buffer.read(1)")
    for request in (b"a" * LARGE, b"b"):
        helper.send(request)
    assert [helper.receive(), helper.receive()] == [None, None]
    helper.send(b"c")
    assert helper.receive() is None
    helper.close()


def test_what_was_answered_before_the_end_counts() -> None:
    answers_once = (
        "import sys; from bibnet.storage import processes as p; "
        "p._write(sys.stdout.buffer, p._read(sys.stdin.buffer) * 2)"
    )
    helper = HelperAhead(answers_once)
    helper.send(b"a")
    helper.send(b"b")
    assert [helper.receive(), helper.receive()] == [b"aa", None]
    helper.close()


@pytest.mark.parametrize("command", [DOUBLES, "import time; time.sleep(600)"])
def test_closed_in_the_middle_it_leaves_neither_process_nor_thread(command: str) -> None:
    helper = HelperAhead(command)
    for _ in range(3):
        helper.send(b"a" * LARGE)
    helper.close()
    assert helper._helper._process.returncode == -15  # SIGTERM
    assert [thread.is_alive() for thread in (helper._writer, helper._reader)] == [False, False]


def test_without_room_for_a_thread_no_process_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    close, ended = Helper.close, []

    def noted(helper: Helper) -> None:
        close(helper)
        ended.append(helper._process.returncode)

    def refused(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Helper, "close", noted)
    monkeypatch.setattr(threading.Thread, "start", refused)
    with pytest.raises(RuntimeError, match="thread"):
        HelperAhead(DOUBLES)
    assert ended == [0]


@pytest.mark.skipif(not hasattr(fcntl, "F_SETPIPE_SZ"), reason="only Linux has wider pipes")
@pytest.mark.parametrize("refused", [False, True])
def test_pipes_are_asked_to_hold_more_and_may_refuse(
    refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def noted(pipe: object, *what: int) -> None:
        asked.append(what)
        if refused:
            raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("bibnet.storage.ahead.fcntl.fcntl", noted)
    helper = HelperAhead(DOUBLES)
    helper.send(b"a" * LARGE)
    assert helper.receive() == b"a" * LARGE * 2
    helper.close()
    assert asked == [(fcntl.F_SETPIPE_SZ, 1 << 20)] * 2
