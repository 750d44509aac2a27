"""Several processes that locate strings: batches go out over pipes, rows come back in order.

Each helper is a Python of its own that loads the registry's index from the cache; this process
answers batches too. A batch is answered the same wherever it is answered, so the number of
processes changes no byte; a batch that a helper fails to answer is answered here.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from bibnet.places.locate.answers import Locator
from bibnet.places.locate.located import Located
from bibnet.places.registry.cache import read_index
from bibnet.storage.processes import Turns, Work, serve

SERVE = "from bibnet.places.locate.workers import serve_strings; serve_strings()"
Batch = list[str]


class Workers:
    """The calling process and its helpers, which start with the second batch."""

    def __init__(self, locator: Locator, folder: Path | None, processes: int):
        work = Work(
            SERVE, (str(folder),), lambda batch: _rows(locator, batch), _packed, _rows_of_answer
        )
        self._turns: Turns[Batch, list[Located]] = Turns(work, processes - 1 if folder else 0)

    def __enter__(self) -> "Workers":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._turns.__exit__(kind, error, trace)

    def rows(self, batches: Iterator[Batch]) -> Iterator[Located]:
        """Rows of all batches, in their order."""
        for rows in self._turns.answers(batches):
            yield from rows


def serve_strings() -> None:
    """Answer batches from standard input until it ends; the argument is the index's folder."""
    locator = Locator(read_index(Path(sys.argv[1])))
    serve(lambda request: json.dumps(_rows(locator, json.loads(request))).encode("ascii"))


def _rows(locator: Locator, batch: Batch) -> list[Located]:
    return [row for rows in locator.locate_all(batch) for row in rows]


def _packed(batch: Batch) -> bytes:
    return json.dumps(batch).encode("ascii")


def _rows_of_answer(answer: bytes) -> list[Located]:
    return [Located(*row) for row in json.loads(answer)]
