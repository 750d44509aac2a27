"""What is going on at the moment: how many things are done, and how fast."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Status = Callable[[str], None]
Thing = TypeVar("Thing")
STATUS_SECONDS = 0.5  # between two texts: often enough to see it move


def silent(_text: str) -> None:
    """Say nothing."""


class Meter:
    """Counts things as they are done, and now and then shows their number and rate."""

    def __init__(self, noun: str, status: Status = silent) -> None:
        self._noun, self._status = noun, status
        self._done = 0
        self._started = self._shown = time.perf_counter()

    def add(self, number: int = 1) -> None:
        """So many more are done."""
        self._done += number
        now = time.perf_counter()
        if now - self._shown > STATUS_SECONDS:
            rate = self._done / (now - self._started)
            self._status(f"{self._done:,} {self._noun}, {rate:,.0f}/s")
            self._shown = now


def counted(things: Iterable[Thing], noun: str, status: Status) -> Iterator[Thing]:
    """The things one by one, shown as a `Meter` shows them."""
    meter = Meter(noun, status)
    for thing in things:
        yield thing
        meter.add()
