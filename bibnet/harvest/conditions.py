"""What a harvest takes from its surroundings, as values, so that a test can stand in for them."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

WORKERS = 4  # partitions walked at once; more would only wait for the rate limit
REQUESTS_PER_SECOND = 10.0  # the gateway allows 30 with a free key; its documents say less
JITTER_SEED = 1


def utc_now() -> datetime:
    """The present instant in UTC."""
    return datetime.now(UTC)


def _jitter() -> random.Random:
    return random.Random(JITTER_SEED)  # noqa: S311 - spreads retries, guards nothing


@dataclass(frozen=True)
class Surroundings:
    """Clock (UTC), timer (seconds, only differences count), sleep and chance (for jitter)."""

    clock: Callable[[], datetime] = utc_now
    timer: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: random.Random = field(default_factory=_jitter)


@dataclass(frozen=True)
class Limits:
    """How hard a harvest may press the source, and what it may cost in USD (None = no bound)."""

    workers: int = WORKERS
    per_second: float = REQUESTS_PER_SECOND
    max_cost: float | None = None
