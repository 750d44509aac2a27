"""Further Pythons that answer requests: a frame of bytes goes out, a frame of bytes comes back.

A frame is its length in eight bytes and its content. The code at both ends is ours and of one
version; nothing that a frame holds is carried out.
"""

import atexit
import gc
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import IO, Generic, TypeVar

LENGTH_BYTES = 8
# Objects between two searches for reference cycles, and searches between deeper ones. A command
# makes many objects at once, modules and expressions, and few cycles: with Python's own numbers,
# meant for programs that run for days, a twelfth of a small run's time goes into looking for them.
SEARCH_FOR_CYCLES = (200_000, 20, 50)
FIRST = "from bibnet.storage.processes import search_less_for_cycles; search_less_for_cycles()"
Request = TypeVar("Request")
Answer = TypeVar("Answer")


class Helper:
    """A process that runs `command` (Python) and answers each request, in order."""

    def __init__(self, command: str, *arguments: str) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter on our own code
            [sys.executable, "-c", f"{FIRST}; {command}", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        # One thread may send while another receives: each counts for itself.
        self._sent = self._received = 0

    @property
    def pipes(self) -> list[IO[bytes]]:
        """Where requests go in and answers come out."""
        return [pipe for pipe in (self._process.stdin, self._process.stdout) if pipe]

    def send(self, request: bytes) -> bool:
        """Send a request; False if the process is gone."""
        try:
            _write(self._process.stdin, request)
        except OSError:
            return False
        self._sent += 1
        return True

    def receive(self) -> bytes | None:
        """The answer to the oldest request that has none; None if the process is gone."""
        self._received += 1
        return _read(self._process.stdout)

    def stop(self) -> None:
        """End the process at once; whoever waits for its answer gets None."""
        self._process.terminate()

    def end(self) -> None:
        """Tell the process that nothing more is asked: it ends behind its last answer."""
        _close(self._process.stdin)

    def close(self) -> None:
        """Let the process end, at once if nobody waits for its answer any more, and wait for it."""
        if self._sent > self._received:
            self.stop()
        for pipe in self.pipes:
            _close(pipe)
        self._process.wait()


def search_less_for_cycles() -> None:
    """Let Python look less often for reference cycles, and at the end of the program not at all.

    The system takes the memory back then; looking through half a million objects for what could be
    freed takes half a second.
    """
    gc.set_threshold(*SEARCH_FOR_CYCLES)
    # Of the things done at the end the first that is asked for is the last.
    atexit.register(gc.freeze)


def serve(answer: Callable[[bytes], bytes]) -> None:
    """Answer requests from standard input until it ends: what a helper runs.

    An interrupt from the keyboard reaches every process of a terminal: the caller's is enough.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    buffer_standard_output()
    while (request := _read(sys.stdin.buffer)) is not None:
        _write(sys.stdout.buffer, answer(request))


def buffer_standard_output() -> None:
    """Give standard output a buffer where Python was told to have none (PYTHONUNBUFFERED).

    Without one a write may write a part only, when the process is stopped or the disk fills, and
    nobody asks for the rest. Lines still leave at once.
    """
    raw = getattr(sys.stdout, "buffer", None)
    if isinstance(raw, io.RawIOBase):
        encoding, errors = sys.stdout.encoding, sys.stdout.errors
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(raw), encoding=encoding, errors=errors, line_buffering=True
        )


@dataclass(frozen=True)
class Work(Generic[Request, Answer]):
    """What is asked of helpers: how they are started, and how a request is answered here.

    `pack` makes the bytes of a request, `unpack` reads those of an answer.
    """

    command: str
    arguments: tuple[str, ...]
    here: Callable[[Request], Answer]
    pack: Callable[[Request], bytes]
    unpack: Callable[[bytes], Answer]


class Turns(Generic[Request, Answer]):
    """Requests answered in turns: one here, one by each helper. A context manager.

    Helpers start with the first turn that has a request for them. A request that a helper fails to
    answer is answered here.
    """

    def __init__(self, work: Work[Request, Answer], helpers: int) -> None:
        self._work, self._most = work, helpers
        self._helpers: list[Helper] = []

    def __enter__(self) -> "Turns[Request, Answer]":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for helper in self._helpers:
            helper.close()

    def answers(self, requests: Iterator[Request]) -> Iterator[Answer]:
        """The answers to all requests, in their order."""
        work = self._work
        while turn := list(islice(requests, self._most + 1)):
            own, *others = turn
            while len(self._helpers) < len(others):
                self._helpers.append(Helper(work.command, *work.arguments))
            pairs = list(zip(self._helpers, others, strict=False))
            sent = [helper.send(work.pack(request)) for helper, request in pairs]
            yield work.here(own)
            for (helper, request), out in zip(pairs, sent, strict=True):
                found = helper.receive() if out else None
                yield work.here(request) if found is None else work.unpack(found)


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _close(pipe: IO[bytes] | None) -> None:
    with suppress(OSError):  # a request that nobody read: the process is gone already
        if pipe:
            pipe.close()


def _write(pipe: IO[bytes] | None, content: bytes) -> None:
    if pipe is None:
        raise BrokenPipeError
    pipe.write(len(content).to_bytes(LENGTH_BYTES, "big"))
    pipe.write(content)
    pipe.flush()


def _read(pipe: IO[bytes] | None) -> bytes | None:
    """The content of a frame, None where the pipe ends before its end."""
    length = pipe.read(LENGTH_BYTES) if pipe else b""
    if pipe is None or len(length) < LENGTH_BYTES:
        return None
    size = int.from_bytes(length, "big")
    content = pipe.read(size)
    return content if len(content) == size else None
