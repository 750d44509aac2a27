"""When the next request may go out: the rate limit, and how long to wait after a failure."""

import threading
from typing import TYPE_CHECKING

from bibnet.harvest.conditions import Limits, Surroundings

if TYPE_CHECKING:
    from bibnet.harvest.failures import Trouble

MOST_TRIES = 10  # with the waits below about two minutes; then `harvest` is run again
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
SLICE = 1.0  # a wait is cut into slices, so that a stop is noticed


class Pacing:
    """Spaces the requests of all threads and stretches the waits after failures."""

    def __init__(self, surroundings: Surroundings, limits: Limits, stop: threading.Event) -> None:
        self._surroundings = surroundings
        self._gap = 1.0 / limits.per_second
        self._stop = stop
        self._next = surroundings.timer()
        self._lock = threading.Lock()

    def take_turn(self) -> None:
        """Wait until a request may go out."""
        now = self._surroundings.timer()
        with self._lock:
            turn = max(self._next, now)
            self._next = turn + self._gap
        self.wait(turn - now)

    def back_off(self, attempt: int, trouble: "Trouble") -> None:
        """Wait after a failure: what the source asks for (capped), or full jitter.

        Full jitter: even between nothing and a ceiling that doubles with each attempt.
        """
        ceiling = min(LONGEST_WAIT, FIRST_WAIT * 2**attempt)
        drawn = self._surroundings.chance.uniform(0.0, ceiling)
        asked = min(trouble.wait or 0.0, LONGEST_WAIT)
        self.wait(max(asked, drawn))

    def wait(self, seconds: float) -> None:
        """Sleep; ends early when the harvest is stopped."""
        while seconds > 0 and not self._stop.is_set():
            self._surroundings.sleep(min(SLICE, seconds))
            seconds -= SLICE
