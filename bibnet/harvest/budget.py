"""Credits as the source's answers state them: spent, left, and when there are new ones."""

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta

from bibnet.schema.errors import BudgetError, Fault

USD_PER_CREDIT = 0.0001
LIST_CREDITS, SEARCH_CREDITS = 1, 10  # a page, where no answer has said it yet
USED, LEFT = "X-RateLimit-Credits-Used", "X-RateLimit-Remaining"


def usd(credits_spent: float) -> float:
    """Price of credits in US dollars, without the noise of binary fractions."""
    return round(credits_spent * USD_PER_CREDIT, 6)


def next_midnight(now: datetime) -> datetime:
    """When the source gives new credits: the next midnight in UTC."""
    return (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def credits_used(headers: Mapping[str, str]) -> int:
    """Credits that an answer says it cost; 0 where it does not say."""
    return _whole(headers.get(USED)) or 0


class Meter:
    """Adds up what answers cost. Safe between threads; `take_own` is per thread.

    `earlier` are credits that earlier sessions of the same harvest have spent.
    """

    def __init__(self, max_cost: float | None = None) -> None:
        self.max_cost = max_cost
        self.earlier = 0
        self.spent = 0
        self.left: int | None = None
        self.date = ""
        self._own = threading.local()
        self._lock = threading.Lock()

    def take(self, headers: Mapping[str, str]) -> None:
        """Read the headers of an answer."""
        used, left = credits_used(headers), _whole(headers.get(LEFT))
        with self._lock:
            self.spent += used
            self.left = self.left if left is None else left
            self.date = self.date or headers.get("Date", "")
        self._own.credits = self._own_credits() + used

    def take_own(self) -> int:
        """Credits that this thread has spent since it last asked."""
        spent, self._own.credits = self._own_credits(), 0
        return spent

    def _own_credits(self) -> int:
        return int(getattr(self._own, "credits", 0))

    @property
    def total(self) -> int:
        """Credits of the whole harvest so far."""
        return self.earlier + self.spent

    def require(self, cost: int) -> None:
        """Raise BudgetError if a request of this cost would exceed the bound of the user."""
        if self.max_cost is not None and usd(self.total + cost) > self.max_cost:
            raise BudgetError(
                Fault(
                    f"the harvest has reached its cost limit: {usd(self.total):.4f} USD spent",
                    f"--max-cost {self.max_cost}",
                    "run it again with a higher limit; it goes on where it stopped",
                )
            )


def _whole(text: str | None) -> int | None:
    try:
        return round(float(text or ""))
    except (ValueError, OverflowError):
        return None
