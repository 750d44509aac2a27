"""A helper that always has the next request at hand: threads of this process write and read.

A pipe holds little, so that whoever sends a request waits until it is read, and whoever answers
until the answer is. Here the threads wait, and both processes go on.
"""

import fcntl
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import IO

from bibnet.storage.processes import Helper

# As much as Linux lets any process have: an answer leaves at once, and half a request waits.
PIPE_BYTES = 1 << 20


class HelperAhead:
    """A helper that is sent any number of requests before it answers the first.

    Whoever sends them bounds how many are under way: requests and answers wait in memory. Raises
    OSError or RuntimeError where the system has no room for another process or thread.
    """

    def __init__(self, command: str, *arguments: str) -> None:
        self._helper = Helper(command, *arguments)
        for pipe in self._helper.pipes:
            _widen(pipe)
        self._requests: SimpleQueue[bytes | None] = SimpleQueue()
        self._answers: SimpleQueue[bytes | None] = SimpleQueue()
        self._under_way = 0
        self._writer = Thread(target=self._write, daemon=True)
        self._reader = Thread(target=self._read, daemon=True)
        try:
            self._reader.start()
            self._writer.start()
        except RuntimeError:
            self._helper.close()
            raise

    def send(self, request: bytes) -> None:
        """Let a request be sent; that the process is gone shows where its answer is asked for."""
        self._under_way += 1
        self._requests.put(request)

    def receive(self) -> bytes | None:
        """The answer to the oldest request that has none; None if the process is gone."""
        self._under_way -= 1
        found = self._answers.get()
        if found is None:
            self._answers.put(None)  # for whoever asks next
        return found

    def close(self) -> None:
        """Let the process end, at once if nobody waits for its answer any more, and wait for it."""
        if self._under_way:
            self._helper.stop()
        self._requests.put(None)
        self._writer.join()
        self._helper.end()
        self._reader.join()
        self._helper.close()

    def _write(self) -> None:
        while (request := self._requests.get()) is not None:
            if not self._helper.send(request):
                return

    def _read(self) -> None:
        while (answer := self._helper.receive()) is not None:
            self._answers.put(answer)
        self._answers.put(None)


def _widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold more where the system has it; it works without, with more waiting."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
