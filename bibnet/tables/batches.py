"""Lines in batches, made into rows on every processor, and given back in their order.

A batch gives the same rows wherever it is taken, so the number of processes changes no byte; a
batch that a helper fails to answer is taken here. The first batches are always taken here: before
so much is read, starting a process costs more than it saves.
"""

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.abc import MetaPathFinder
from types import TracebackType
from typing import NamedTuple, TypeAlias

from bibnet.storage.ahead import HelperAhead
from bibnet.storage.processes import processors, serve
from bibnet.tables.columns.batch import Batch, Taken, batch_of, no_cycle_search
from bibnet.tables.columns.take import take
from bibnet.tables.columns.travel import answer, request, taken_from

BATCH_BYTES = 4 << 20
BATCH_LINES = 1_000
BATCHES_HERE = 16
# Two keep two processors busy beside this process, which inflates and writes.
MOST_HELPERS = 2
# One that a helper takes, and one that it has at hand for when it is done.
BATCHES_EACH = 2
SERVE = "from bibnet.tables.batches import serve_batches; serve_batches()"


class _NoPandas(MetaPathFinder):
    """Keeps pandas from being loaded: Arrow asks for it as soon as it makes an array.

    That takes as long as all else that a helper loads, and no helper has a use for it.
    """

    def find_spec(self, fullname: str, *_: object) -> None:
        """Say that there is no pandas, and nothing of other modules."""
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


def serve_batches() -> None:
    """Take batches from standard input until it ends: what a helper runs."""
    sys.meta_path.insert(0, _NoPandas())
    with no_cycle_search():
        serve(answer)


class _Sent(NamedTuple):
    """A batch that a helper has, as it was sent: where it has to be taken here it is read again."""

    helper: HelperAhead
    content: bytes


Asked: TypeAlias = deque[_Sent | Batch | int]


class Batches:
    """Takes lines in batches, with helpers once there are many. A context manager.

    `most` is the number of helpers; by default two, none where there is one processor.
    """

    def __init__(self, most: int | None = None, here: int = BATCHES_HERE) -> None:
        self._most = most if most is not None else MOST_HELPERS * (processors() > 1)
        self._here = here
        self._helpers: list[HelperAhead] = []
        self._free: deque[HelperAhead] = deque()  # each as often as it may be sent a batch

    def __enter__(self) -> "Batches":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for helper in self._helpers:
            helper.close()

    def taken(
        self, lists: Iterable[list[bytes]], first: int, partition: datetime | None
    ) -> Iterator[int | Taken]:
        """What lists of lines give, in their order; `first` is the key of the first line's row.

        A number stands for so many empty lines that follow one another.
        """
        asked: Asked = deque()
        for item in grouped(lists, first, partition):
            ready = list(self._make_room(asked)) if isinstance(item, Batch) else []
            asked.append(self._sent(item) if isinstance(item, Batch) and self._free else item)
            yield from ready
            while asked and not isinstance(asked[0], _Sent):
                yield self._done(asked.popleft())
        while asked:
            yield self._done(asked.popleft())

    def _make_room(self, asked: Asked) -> Iterator[int | Taken]:
        """Wait for the oldest answer where all helpers have batches, and for what waits behind."""
        self._here -= 1
        if self._here < 0 and len(self._helpers) < self._most:
            self._start()
        while asked and not self._free:
            yield self._done(asked.popleft())

    def _start(self) -> None:
        """Start a helper; where the system has no room for one, those there are must do."""
        try:
            self._helpers.append(HelperAhead(SERVE))
        except (OSError, RuntimeError):
            self._most = len(self._helpers)
        else:
            self._free += [self._helpers[-1]] * BATCHES_EACH

    def _sent(self, batch: Batch) -> _Sent:
        sent = _Sent(self._free.popleft(), request(batch))
        sent.helper.send(sent.content)
        return sent

    def _done(self, item: _Sent | Batch | int) -> int | Taken:
        if isinstance(item, _Sent):
            return self._answer(*item)
        return take(item) if isinstance(item, Batch) else item

    def _answer(self, helper: HelperAhead, content: bytes) -> Taken:
        found = helper.receive()
        if found is None:
            return taken_from(answer(content))
        self._free.append(helper)
        return taken_from(found)


def grouped(
    lists: Iterable[list[bytes]], first: int, partition: datetime | None
) -> Iterator[Batch | int]:
    """Lists of lines as batches of some size; runs of empty lines stay apart as their number."""
    held: list[bytes] = []
    size = 0
    for lines in lists:
        blank = not any(lines)
        if held and (blank or size >= BATCH_BYTES or len(held) >= BATCH_LINES):
            yield batch_of(first, held, partition)
            first, held, size = first + len(held), [], 0
        if blank:
            yield len(lines)
            first += len(lines)
        else:
            held += lines
            size += sum(map(len, lines))
    if held:
        yield batch_of(first, held, partition)
