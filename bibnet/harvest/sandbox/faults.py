"""Faults on demand: how often each kind happens, and the draw for each request.

>>> parse_faults("http_500=0.1,truncated=0.05,seed=7").truncated
0.05
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from itertools import accumulate
from random import Random
from threading import Lock

from bibnet.harvest.sandbox.answers import (
    Answer,
    budget_spent,
    html_answer,
    json_answer,
    plan_upgrade,
    too_fast,
    unauthorised,
)
from bibnet.harvest.sandbox.chance import stream
from bibnet.schema.errors import Fault, UsageError

# At most one of these happens to a request.
OWN_ANSWERS = (
    "too_fast",
    "too_fast_bare",
    "budget_spent",
    "plan_upgrade",
    "http_401",
    "http_500",
    "http_502",
    "http_503",
    "http_504",
    "html_200",
)
DAMAGES = ("truncated", "reset", "slow", "malformed")
# These change what a list holds, beside the above.
LAPSES = ("partial", "duplicates", "drift")
KEY_SPEED = 30  # requests per second that the message of a faked 429 names


@dataclass(frozen=True)
class Faults:
    """Rates from 0 to 1 for each kind of fault.

    too_fast, too_fast_bare: 429 per second, with and without Retry-After; budget_spent: 429 until
    midnight; plan_upgrade: 429 that never passes; http_401, http_500 (page), http_502 (page),
    http_503 (Retry-After), http_504; html_200: a page with status 200; truncated: Content-Length
    larger than what is sent; reset: connection broken; slow: an answer after `slow_seconds`;
    malformed: broken JSON; partial: fewer results than there are, the cursor moves on; duplicates:
    some works come again on the next page; drift: citation counts change before the answer.
    The kinds up to malformed exclude each other, so their rates add up to 1 at most.
    """

    too_fast: float = 0.0
    too_fast_bare: float = 0.0
    budget_spent: float = 0.0
    plan_upgrade: float = 0.0
    http_401: float = 0.0
    http_500: float = 0.0
    http_502: float = 0.0
    http_503: float = 0.0
    http_504: float = 0.0
    html_200: float = 0.0
    truncated: float = 0.0
    reset: float = 0.0
    slow: float = 0.0
    malformed: float = 0.0
    partial: float = 0.0
    duplicates: float = 0.0
    drift: float = 0.0
    retry_after: int = 1
    unavailable_seconds: int = 30
    slow_seconds: float = 12.0  # longer than the 9 s at which the real edge gives up
    seed: int = 0

    def __post_init__(self) -> None:
        wrong = [
            Fault(f"the rate of {name} is {rate}", "faults", "a number from 0 to 1")
            for name, rate in rates(self).items()
            if not 0 <= rate <= 1
        ]
        total = sum(getattr(self, name) for name in (*OWN_ANSWERS, *DAMAGES))
        if total > 1:
            what = f"the rates of faults that exclude each other add up to {total:g}"
            wrong.append(Fault(what, "faults", "keep their sum at 1 or below"))
        if wrong:
            raise UsageError(wrong)


def rates(faults: Faults) -> dict[str, float]:
    """Rate of every kind of fault."""
    return {name: getattr(faults, name) for name in (*OWN_ANSWERS, *DAMAGES, *LAPSES)}


def parse_faults(text: str) -> Faults:
    """Faults of a text such as `http_500=0.1,truncated=0.05`; raises UsageError."""
    kinds: dict[str, Callable[[str], float]] = {
        each.name: int if each.type is int else float for each in fields(Faults)
    }
    given: dict[str, float] = {}
    wrong = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = part.partition("=")
        try:
            given[name] = kinds[name](value)
        except (KeyError, ValueError):
            remedy = f"NAME=NUMBER with a name of: {', '.join(kinds)}"
            wrong.append(Fault(f"{part!r} is no fault", "--faults", remedy))
    if wrong:
        raise UsageError(wrong)
    return Faults(**given)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Draw:
    """What befalls one request: `fault` is a name or empty."""

    fault: str = ""
    partial: bool = False
    duplicates: bool = False
    drift: bool = False


class FaultSource:
    """The draws of one server, in the order of its requests; the same for the same seed."""

    def __init__(self, faults: Faults):
        self.faults = faults
        self._chance = stream(faults.seed, "faults")
        self._names = (*OWN_ANSWERS, *DAMAGES)
        self._bounds = tuple(accumulate(getattr(faults, name) for name in self._names))
        self._lock = Lock()

    def draw(self) -> Draw:
        """What befalls the next request."""
        with self._lock:
            drawn = self._chance.random()
            lapses = {name: self._chance.random() < getattr(self.faults, name) for name in LAPSES}
        named = (n for n, bound in zip(self._names, self._bounds, strict=True) if drawn < bound)
        return Draw(next(named, ""), **lapses)

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high."""
        with self._lock:
            return self._chance.randint(low, high)

    def chance(self) -> Random:
        """A stream of its own, for one request."""
        with self._lock:
            return stream(self._chance.getrandbits(64), "request")


def faulty_answer(name: str, faults: Faults, seconds_left: int) -> Answer:
    """The answer of a fault that answers by itself; `seconds_left` until midnight UTC."""
    gateway = "The server returned an invalid or incomplete response."
    answers = {
        "too_fast": too_fast(KEY_SPEED, faults.retry_after),
        "too_fast_bare": too_fast(KEY_SPEED, None),
        "budget_spent": budget_spent(seconds_left),
        "plan_upgrade": plan_upgrade("This request"),
        "http_401": unauthorised(),
        "http_500": html_answer(500, "Internal Server Error", "The server met an error."),
        "http_502": html_answer(502, "Bad Gateway", gateway),
        "http_503": json_answer({"error": "Service unavailable"}, 503).with_headers(
            {"Retry-After": str(faults.unavailable_seconds)}
        ),
        "http_504": json_answer({"error": "Gateway timeout", "reason": "query_timeout"}, 504),
        "html_200": html_answer(200, "Checking your browser", "Please wait."),
    }
    return answers[name]


def malformed(answer: Answer) -> Answer:
    """The same length of body with JSON that cannot be read."""
    middle = len(answer.body) // 2
    broken = answer.body[:middle] + b"\x00}" + answer.body[middle + 2 :]
    return Answer(answer.status, broken, answer.kind, answer.headers)
