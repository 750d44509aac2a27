"""What is going on at the moment: how many things are done, how fast, and how long it takes yet."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Status = Callable[[str], None]
Thing = TypeVar("Thing")
STATUS_SECONDS = 0.5  # between two texts: often enough to see it move
MINUTE = 60


def silent(_text: str) -> None:
    """Say nothing."""


class Meter:
    """Counts things as they are done, and now and then shows their number, rate and time left.

    `whole` is the number of all of them, None where nobody knows; then `reach` may say how far the
    work is. `clock` gives seconds.
    """

    def __init__(
        self,
        noun: str,
        status: Status = silent,
        whole: int | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._noun, self._status, self._whole, self._clock = noun, status, whole, clock
        self._done, self._part = 0, 0.0
        self._started = self._shown = clock()

    def add(self, number: int = 1) -> None:
        """So many more are done."""
        self._done += number
        now = self._clock()
        if now - self._shown > STATUS_SECONDS:
            if self._whole:
                self._part = self._done / self._whole
            took = now - self._started
            left = _left(took, self._part)
            rate = f", {self._done / took:,.0f}/s" if self._done >= took else ""
            self._status(f"{self._done:,} {self._noun}{rate}{left}")
            self._shown = now

    def reach(self, part: float) -> None:
        """Say that this part of all the work, from 0 to 1, is done."""
        self._part = part


def _left(took: float, part: float) -> str:
    """The time left at the present rate; empty where the part done is not known."""
    if not 0 < part <= 1:
        return ""
    seconds = round(took * (1 - part) / part)
    return f", {seconds // MINUTE} min {seconds % MINUTE} s left" if seconds else ""


def counted(
    things: Iterable[Thing], noun: str, status: Status, whole: int | None = None
) -> Iterator[Thing]:
    """The things one by one, shown as a `Meter` shows them."""
    meter = Meter(noun, status, whole)
    for thing in things:
        yield thing
        meter.add()
