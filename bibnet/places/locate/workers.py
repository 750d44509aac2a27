"""Several processes that locate strings: batches go out over pipes, rows come back in order.

Each helper is a Python of its own that loads the registry's index from the cache; this process
answers batches too. A batch is answered the same wherever it is answered, so the number of
processes changes no byte; a batch that a helper fails to answer is answered here.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from bibnet.places.locate.answers import Locator
from bibnet.places.locate.located import Located
from bibnet.places.registry.cache import read_index

SERVE = "from bibnet.places.locate.workers import serve; serve()"
Batch = list[str]


class Workers:
    """The calling process and its helpers, which start with the second batch."""

    def __init__(self, locator: Locator, folder: Path | None, processes: int):
        self._locator, self._folder = locator, folder
        self._most = processes - 1 if folder else 0
        self._helpers: list[subprocess.Popen[str]] = []

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        for helper in self._helpers:
            if helper.stdin:
                helper.stdin.close()
            helper.wait()
            if helper.stdout:
                helper.stdout.close()

    def rows(self, batches: Iterator[Batch]) -> Iterator[Located]:
        """Rows of all batches, in their order."""
        while turn := list(islice(batches, self._most + 1)):
            own, *others = turn
            while len(self._helpers) < len(others):
                self._helpers.append(_start(self._folder))
            sent = [_send(h, batch) for h, batch in zip(self._helpers, others, strict=False)]
            yield from self._answer(own)
            for helper, batch, out in zip(self._helpers, others, sent, strict=False):
                found = _receive(helper) if out else None
                yield from self._answer(batch) if found is None else found

    def _answer(self, batch: Batch) -> Iterator[Located]:
        for rows in self._locator.locate_all(batch):
            yield from rows


def _start(folder: Path | None) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return subprocess.Popen(  # noqa: S603 - our own interpreter on our own code
        [sys.executable, "-c", SERVE, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="ascii",
        env=environment,
    )


def _send(helper: subprocess.Popen[str], batch: Batch) -> bool:
    """Send a batch; False if the helper is gone."""
    if helper.stdin is None:
        return False
    try:
        helper.stdin.write(json.dumps(batch) + "\n")
        helper.stdin.flush()
    except OSError:
        return False
    return True


def _receive(helper: subprocess.Popen[str]) -> list[Located] | None:
    """Rows of the batch sent last; None if the helper is gone."""
    line = helper.stdout.readline() if helper.stdout else ""
    if not line.endswith("\n"):
        return None
    return [Located(*row) for row in json.loads(line)]


def serve(arguments: Sequence[str] = ()) -> None:
    """Answer batches from standard input until it ends; the first argument is the index folder."""
    folder = Path((arguments or sys.argv[1:])[0])
    locator = Locator(read_index(folder))
    for line in sys.stdin:
        answers = locator.locate_all(json.loads(line))
        sys.stdout.write(json.dumps([row for rows in answers for row in rows]) + "\n")
        sys.stdout.flush()
