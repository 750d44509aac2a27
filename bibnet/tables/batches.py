"""Lines in batches, made into rows on every processor, and given back in their order.

A batch gives the same rows wherever it is taken, so the number of processes changes no byte; a
batch that a helper fails to answer is taken here. The first batches are always taken here: before
so much is read, starting a process costs more than it saves.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
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
    deliver: "Deliver"


Deliver: TypeAlias = Callable[[int | Taken], None]
Act: TypeAlias = Callable[[], None]


class Batches:
    """Takes lines in batches, with helpers once there are many. A context manager.

    What was asked first is delivered first, of whatever file it is: the first batches of a file are
    with the helpers while the last of the file before are awaited. `most` is the number of helpers;
    by default two, none where there is one processor.
    """

    def __init__(self, most: int | None = None, here: int = BATCHES_HERE) -> None:
        self._most = most if most is not None else MOST_HELPERS * (processors() > 1)
        self._here = here
        self._helpers: list[HelperAhead] = []
        self._free: deque[HelperAhead] = deque()  # each as often as it may be sent a batch
        self._asked: deque[_Sent | Act] = deque()

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

    def ask(self, items: Iterable[Batch | int], deliver: Deliver) -> None:
        """Have batches taken; what they give is delivered in their order, the last of it later.

        A number stands for so many empty lines that follow one another, and is delivered as it is.
        """
        for item in items:
            if not isinstance(item, Batch):
                self.then(partial(deliver, item))
                continue
            self._make_room()
            if self._free:
                self._send(item, deliver)
            else:
                self.then(partial(_take_here, item, deliver))

    def then(self, act: Act) -> None:
        """Do something as soon as all is delivered that was asked so far; now if it is."""
        self._asked.append(act)
        while self._asked and not isinstance(self._asked[0], _Sent):
            self._go_on()

    def settle(self) -> None:
        """Wait until all is delivered that was asked."""
        while self._asked:
            self._go_on()

    @property
    def is_settled(self) -> bool:
        """Whether all is delivered that was asked."""
        return not self._asked

    def _make_room(self) -> None:
        """Wait for the oldest answer where all helpers have batches, and for what waits behind."""
        self._here -= 1
        if self._here < 0 and len(self._helpers) < self._most:
            self._start()
        while self._asked and not self._free:
            self._go_on()

    def _start(self) -> None:
        """Start a helper; where the system has no room for one, those there are must do."""
        try:
            self._helpers.append(HelperAhead(SERVE))
        except (OSError, RuntimeError):
            self._most = len(self._helpers)
        else:
            self._free += [self._helpers[-1]] * BATCHES_EACH

    def _send(self, batch: Batch, deliver: Deliver) -> None:
        sent = _Sent(self._free.popleft(), request(batch), deliver)
        sent.helper.send(sent.content)
        self._asked.append(sent)

    def _go_on(self) -> None:
        """Deliver what was asked first."""
        item = self._asked.popleft()
        if not isinstance(item, _Sent):
            item()
            return
        found = item.helper.receive()
        if found is None:
            item.deliver(taken_from(answer(item.content)))
        else:
            self._free.append(item.helper)
            item.deliver(taken_from(found))


def _take_here(batch: Batch, deliver: Deliver) -> None:
    deliver(take(batch))


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
