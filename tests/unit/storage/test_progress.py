"""What a meter shows: number, rate, and the time left where the whole is known."""

from collections.abc import Callable

import pytest

from bibnet.storage.progress import Meter, counted, silent


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def shown(*steps: tuple[float, int], whole: int | None = None, reach: float = 0) -> list[str]:
    """Texts of a meter of lines; a step is (seconds that pass, lines that are done)."""
    said: list[str] = []
    clock = Clock()
    meter = Meter("lines", said.append, whole, clock)
    meter.reach(reach)
    for seconds, lines in steps:
        clock.now += seconds
        meter.add(lines)
    return said


def test_number_and_rate_where_nobody_knows_the_whole() -> None:
    assert shown((2, 3_000), (8, 17_000)) == ["3,000 lines, 1,500/s", "20,000 lines, 2,000/s"]


def test_the_time_left_at_the_present_rate() -> None:
    assert shown((10, 1_000), (10, 1_000), whole=10_000) == [
        "1,000 lines, 100/s, 1 min 30 s left",
        "2,000 lines, 100/s, 1 min 20 s left",
    ]
    assert shown((30, 600), reach=0.25) == ["600 lines, 20/s, 1 min 30 s left"]
    assert shown((10, 100), whole=100) == ["100 lines, 10/s"]


@pytest.mark.parametrize("whole", [0, 50])
def test_a_whole_that_was_wrong_promises_nothing(whole: int) -> None:
    assert shown((10, 100), whole=whole) == ["100 lines, 10/s"]


def test_a_rate_below_one_a_second_is_no_rate() -> None:
    assert shown((10, 1), (10, 1), whole=4) == [
        "1 lines, 0 min 30 s left",
        "2 lines, 0 min 20 s left",
    ]


def test_not_every_thing_is_worth_a_text() -> None:
    assert shown((0.1, 1), (0.1, 1), (0.5, 1)) == ["3 lines, 4/s"]


def test_counted_lets_everything_pass() -> None:
    read: Callable[[str], None] = silent
    assert list(counted("abc", "letters", read, whole=3)) == ["a", "b", "c"]
