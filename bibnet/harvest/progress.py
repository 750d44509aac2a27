"""How far a harvest is: works, rate, credits, time left."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from bibnet.harvest.ledger import Ledger
from bibnet.harvest.source import Source


@dataclass(frozen=True)
class Progress:
    """A harvest in the making.

    `works` received of `announced` (those that several selections find count in each);
    `rate` in works a second since the command began; `credits_left` and `seconds_left` are
    None while nothing is known.
    """

    works: int
    announced: int
    pages: int
    rate: float
    credits_spent: int
    credits_left: int | None
    seconds_left: float | None


Watch = Callable[[Progress], None]


def unwatched(progress: Progress) -> None:
    """Watch nothing."""


class Counter:
    """Counts pages as they come and tells the watcher. Safe between threads."""

    def __init__(self, source: Source, ledger: Ledger, announced: int, watch: Watch) -> None:
        self._source = source
        self._announced = announced
        self._watch = watch
        self._works = sum(walk.received for walk in ledger.walks.values())
        self._pages = len(ledger.pages)
        self._earlier = self._works
        self._started = source.surroundings.timer()
        self._lock = threading.Lock()

    def add(self, works: int) -> None:
        """A page has come."""
        with self._lock:
            self._works += works
            self._pages += 1
            self._watch(self.progress())

    def again(self, works: int) -> None:
        """A partition is walked again: its works do not count until they come again."""
        with self._lock:
            self._works -= works

    def progress(self) -> Progress:
        """How far it is now."""
        meter = self._source.meter
        seconds = self._source.surroundings.timer() - self._started
        rate = max(0, self._works - self._earlier) / seconds if seconds > 0 else 0.0
        left = max(0, self._announced - self._works)
        return Progress(
            works=self._works,
            announced=self._announced,
            pages=self._pages,
            rate=rate,
            credits_spent=meter.total,
            credits_left=meter.left,
            seconds_left=left / rate if rate else None,
        )
