import json
from collections import Counter

import pytest

from bibnet.harvest.sandbox.answers import json_answer
from bibnet.harvest.sandbox.faults import (
    OWN_ANSWERS,
    Faults,
    FaultSource,
    faulty_answer,
    malformed,
    parse_faults,
)
from bibnet.schema.errors import UsageError


def test_a_text_gives_rates() -> None:
    assert parse_faults("http_500=0.1, truncated=0.05,seed=7") == Faults(
        http_500=0.1, truncated=0.05, seed=7
    )
    assert parse_faults("") == Faults()


@pytest.mark.parametrize("text", ["nonsense=0.1", "http_500", "http_500=often", "seed=0.5"])
def test_a_wrong_text_is_refused_and_the_names_are_listed(text: str) -> None:
    with pytest.raises(UsageError, match="http_504"):
        parse_faults(text)


@pytest.mark.parametrize("text", ["http_500=1.5", "drift=-0.1", "http_500=0.6,reset=0.6"])
def test_rates_are_between_nothing_and_all(text: str) -> None:
    with pytest.raises(UsageError):
        parse_faults(text)


def test_faults_come_at_their_rates() -> None:
    source = FaultSource(Faults(http_500=0.2, reset=0.1, partial=0.3))
    drawn = [source.draw() for _ in range(5000)]
    counts = Counter(draw.fault for draw in drawn)
    assert 900 < counts["http_500"] < 1100
    assert 420 < counts["reset"] < 580
    assert 1400 < sum(draw.partial for draw in drawn) < 1600


def test_draws_repeat_with_the_seed() -> None:
    def draws(seed: int) -> list[str]:
        source = FaultSource(Faults(slow=0.5, seed=seed))
        return [source.draw().fault for _ in range(50)]

    assert draws(1) == draws(1) != draws(2)


def test_no_faults_is_no_fault() -> None:
    source = FaultSource(Faults())
    assert {source.draw().fault for _ in range(100)} == {""}


@pytest.mark.parametrize(
    ("name", "status", "retry_after", "html"),
    [
        ("too_fast", 429, "1", False),
        ("too_fast_bare", 429, None, False),
        ("budget_spent", 429, "99", False),
        ("plan_upgrade", 429, None, False),
        ("http_401", 401, None, False),
        ("http_500", 500, None, True),
        ("http_502", 502, None, True),
        ("http_503", 503, "30", False),
        ("http_504", 504, None, False),
        ("html_200", 200, None, True),
    ],
)
def test_answers_of_faults(name: str, status: int, retry_after: str | None, html: bool) -> None:
    answer = faulty_answer(name, Faults(), 99)
    assert (answer.status, answer.headers.get("Retry-After")) == (status, retry_after)
    assert answer.body.startswith(b"<!doctype html>") == html


def test_every_own_answer_is_there() -> None:
    assert all(faulty_answer(name, Faults(), 1).status for name in OWN_ANSWERS)


def test_the_three_kinds_of_429_have_different_words() -> None:
    names = ("too_fast", "budget_spent", "plan_upgrade")
    bodies = [json.loads(faulty_answer(name, Faults(), 9).body) for name in names]
    assert [body["error"] for body in bodies] == [
        "Rate limit exceeded",
        "Rate limit exceeded",
        "Plan upgrade required",
    ]
    assert "requests per second" in bodies[0]["message"]
    assert "Resets at midnight UTC" in bodies[1]["message"]


def test_malformed_json_has_its_length_and_cannot_be_read() -> None:
    answer = json_answer({"results": [1, 2, 3], "meta": {}})
    broken = malformed(answer)
    assert len(broken.body) == len(answer.body)
    with pytest.raises(ValueError, match=r"."):
        json.loads(broken.body)
