"""What stands before the answers: keys, credits of the day, requests per second, headers."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from urllib.parse import parse_qs

from bibnet.harvest.sandbox.answers import Answer, Refusal, budget_spent, too_fast, unauthorised

SINGLETON, LIST, SEARCH = 0, 1, 10  # credits
COSTS = {"singleton": SINGLETON, "list": LIST, "search": SEARCH, "semantic": SEARCH}
CREDITS_PER_USD = 10_000
NOTHING_PREPAID = {
    "prepaid_balance_usd": 0,
    "prepaid_remaining_usd": 0,
    "prepaid_expires_at": None,
}
NOTHING_ONCE = {
    "onetime_credits_balance": 0,
    "onetime_credits_remaining": 0,
    "onetime_credits_expires_at": None,
}
FREE_CREDITS = 10_000  # a free key's day
WRONG_KEY = "wrong"  # every other key but an empty one is right

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time, for servers that are not under test."""
    return datetime.now(UTC)


def key_of(headers: Mapping[str, str], query: str) -> str:
    """Key of a request: `Authorization: Bearer`, the header `api-key`, or `api_key=`."""
    bearer = headers.get("Authorization") or ""
    if bearer.startswith("Bearer "):
        return bearer.removeprefix("Bearer ").strip()
    given = parse_qs(query)
    named = given.get("api_key") or given.get("api-key") or [headers.get("api-key") or ""]
    return named[0].strip()


def check_key(key: str) -> None:
    """Raise Refusal (401) for a missing, empty or wrong key."""
    if not key or key == WRONG_KEY:
        raise Refusal(unauthorised())


@dataclass
class Accounts:
    """Credits spent today and requests of the last second, by key."""

    daily_credits: int = FREE_CREDITS
    per_second: int | None = None
    clock: Clock = utc_now
    _spent: dict[tuple[str, str], int] = field(default_factory=dict)
    _recent: dict[str, deque[datetime]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def admit(self, key: str, credits: int) -> None:
        """Let a request of a cost pass, or raise Refusal (429); it costs nothing yet."""
        with self._lock:
            self._check_speed(key)
            left = self.daily_credits - self._today(key)
            if credits > left:
                raise Refusal(budget_spent(self.seconds_left(), needed=credits, left=left))

    def charge(self, key: str, credits: int) -> None:
        """Take the cost of a request that was answered."""
        with self._lock:
            self._spent[self._day(key)] = self._today(key) + credits

    def left(self, key: str) -> int:
        """Credits left today."""
        with self._lock:
            return max(0, self.daily_credits - self._today(key))

    def seconds_left(self) -> int:
        """Seconds until midnight UTC."""
        now = self.clock()
        midnight = datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
        return int((midnight - now).total_seconds())

    def headers(self, key: str, credits: int) -> dict[str, str]:
        """The `x-ratelimit-*` headers of an answer."""
        left = self.left(key)
        return {
            "x-ratelimit-limit": str(self.daily_credits),
            "x-ratelimit-remaining": str(left),
            "x-ratelimit-credits-used": str(credits),
            "x-ratelimit-reset": str(self.seconds_left()),
            "x-ratelimit-limit-usd": usd(self.daily_credits),
            "x-ratelimit-remaining-usd": usd(left),
            "x-ratelimit-cost-usd": usd(credits),
            "x-ratelimit-prepaid-remaining-usd": "0",
            "x-ratelimit-onetime-remaining": "0",
        }

    def report(self, key: str) -> dict[str, object]:
        """Body of `/rate-limit`, as recorded in May 2026."""
        left, seconds = self.left(key), self.seconds_left()
        resets = (self.clock() + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        spent = self.daily_credits - left
        limits = {
            "daily_budget_usd": self.daily_credits / CREDITS_PER_USD,
            "daily_used_usd": spent / CREDITS_PER_USD,
            "daily_remaining_usd": left / CREDITS_PER_USD,
            **NOTHING_PREPAID,
            "resets_at": resets,
            "resets_in_seconds": seconds,
            "endpoint_costs_usd": {k: v / CREDITS_PER_USD for k, v in COSTS.items()},
            "credits_limit": self.daily_credits,
            "credits_used": spent,
            "credits_remaining": left,
            **NOTHING_ONCE,
            "credit_costs": dict(COSTS),
        }
        return {"api_key": "hidden", "is_grandfathered": False, "rate_limit": limits}

    def _check_speed(self, key: str) -> None:
        if self.per_second is None:
            return
        now, recent = self.clock(), self._recent.setdefault(key, deque())
        while recent and now - recent[0] >= timedelta(seconds=1):
            recent.popleft()
        if len(recent) >= self.per_second:
            raise Refusal(too_fast(self.per_second))
        recent.append(now)

    def _day(self, key: str) -> tuple[str, str]:
        return key, self.clock().date().isoformat()

    def _today(self, key: str) -> int:
        return self._spent.get(self._day(key), 0)


def usd(credits: int) -> str:
    """Credits in dollars, as the headers write them."""
    return f"{credits / CREDITS_PER_USD:g}"


def with_cost(answer: Answer, accounts: Accounts, key: str, credits: int) -> Answer:
    """An answer with the headers of its cost."""
    return answer.with_headers(accounts.headers(key, credits))
