"""The rate limit, the waits after failures, and the cost of it all."""

import random
import threading
from datetime import UTC, datetime

import pytest

from bibnet.harvest.budget import Meter, credits_used, next_midnight, usd
from bibnet.harvest.conditions import Limits, Surroundings
from bibnet.harvest.failures import Kind, Trouble
from bibnet.harvest.pacing import FIRST_WAIT, LONGEST_WAIT, MOST_TRIES, Pacing
from bibnet.schema.errors import BudgetError

BUSY = Trouble(Kind.BUSY, "HTTP 500")


def pacing(slept: list[float], *, per_second: float = 10.0, seed: int = 1) -> Pacing:
    surroundings = Surroundings(timer=lambda: 0.0, sleep=slept.append, chance=random.Random(seed))
    return Pacing(surroundings, Limits(per_second=per_second), threading.Event())


def waits(seed: int) -> list[float]:
    """Wait after each failure of a request that never succeeds."""
    found = []
    for attempt in range(MOST_TRIES):
        slept: list[float] = []
        pacing(slept, seed=seed).back_off(attempt, BUSY)
        found.append(sum(slept))
    return found


def test_requests_are_spaced() -> None:
    slept: list[float] = []
    turns = pacing(slept)
    for _ in range(3):
        turns.take_turn()
    assert slept == pytest.approx([0.1, 0.2])  # the timer stands still in this test


@pytest.mark.parametrize("seed", range(20))
def test_a_wait_stays_below_a_ceiling_that_doubles_up_to_the_cap(seed: int) -> None:
    ceilings = [min(LONGEST_WAIT, FIRST_WAIT * 2**attempt) for attempt in range(MOST_TRIES)]
    assert all(0 <= w <= top for w, top in zip(waits(seed), ceilings, strict=True))


def test_the_same_seed_waits_the_same() -> None:
    assert (waits(1), waits(1) == waits(2)) == (waits(1), False)


def test_a_stop_ends_a_wait() -> None:
    stop = threading.Event()
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        stop.set()

    Pacing(Surroundings(sleep=sleep), Limits(), stop).wait(60)
    assert slept == [1.0]


@pytest.mark.parametrize(("text", "used"), [("1", 1), ("10.0", 10), ("", 0), ("x", 0), ("nan", 0)])
def test_what_an_answer_cost(text: str, used: int) -> None:
    assert credits_used({"X-RateLimit-Credits-Used": text}) == used


def test_an_answer_without_the_header_cost_nothing_known() -> None:
    assert credits_used({}) == 0


def test_a_credit_is_a_hundredth_of_a_cent() -> None:
    assert usd(370) == 0.037


def test_new_credits_come_at_midnight() -> None:
    assert next_midnight(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == datetime(
        2027, 1, 1, tzinfo=UTC
    )


def test_earlier_sessions_count_towards_the_limit() -> None:
    meter = Meter(max_cost=0.001)
    meter.earlier = 10
    with pytest.raises(BudgetError, match=r"0\.0010 USD spent"):
        meter.require(1)


def test_each_thread_has_its_own_count() -> None:
    meter = Meter()
    thread = threading.Thread(target=meter.take, args=({"X-RateLimit-Credits-Used": "5"},))
    thread.start()
    thread.join()
    assert (meter.spent, meter.take_own()) == (5, 0)
