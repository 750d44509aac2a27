import json
from datetime import UTC, datetime, timedelta

import pytest

from bibnet.harvest.sandbox.answers import Refusal
from bibnet.harvest.sandbox.gateway import Accounts, check_key, key_of, usd

EVENING = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = EVENING

    def __call__(self) -> datetime:
        return self.now


@pytest.mark.parametrize(
    ("headers", "query", "key"),
    [
        ({"Authorization": "Bearer abc"}, "", "abc"),
        ({}, "filter=x:1&api_key=abc", "abc"),
        ({}, "api-key=abc", "abc"),
        ({"api-key": "abc"}, "", "abc"),
        ({"Authorization": "Bearer "}, "", ""),
        ({}, "api_key=", ""),
        ({}, "", ""),
    ],
)
def test_the_key_comes_from_a_header_or_the_query(
    headers: dict[str, str], query: str, key: str
) -> None:
    assert key_of(headers, query) == key


@pytest.mark.parametrize("key", ["", "wrong"])
def test_no_key_and_a_wrong_one_are_unauthorised(key: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_key(key)
    assert refusal.value.answer.status == 401
    assert json.loads(refusal.value.answer.body) == {
        "error": "Invalid or missing API key",
        "message": "API key not found",
    }


def test_headers_tell_the_budget() -> None:
    accounts = Accounts(clock=Clock())
    accounts.charge("k", 11)
    assert accounts.headers("k", 10) == {
        "x-ratelimit-limit": "10000",
        "x-ratelimit-remaining": "9989",
        "x-ratelimit-credits-used": "10",
        "x-ratelimit-reset": "3600",
        "x-ratelimit-limit-usd": "1",
        "x-ratelimit-remaining-usd": "0.9989",
        "x-ratelimit-cost-usd": "0.001",
        "x-ratelimit-prepaid-remaining-usd": "0",
        "x-ratelimit-onetime-remaining": "0",
    }


def test_a_spent_budget_says_when_to_resume() -> None:
    accounts = Accounts(daily_credits=5, clock=Clock())
    accounts.charge("k", 5)
    with pytest.raises(Refusal) as refusal:
        accounts.admit("k", 1)
    answer = refusal.value.answer
    assert (answer.status, answer.headers["Retry-After"]) == (429, "3600")
    assert json.loads(answer.body)["message"].startswith("Insufficient budget.")


def test_free_requests_pass_when_the_budget_is_spent() -> None:
    accounts = Accounts(daily_credits=0, clock=Clock())
    accounts.admit("k", 0)
    with pytest.raises(Refusal):
        accounts.admit("k", 1)


def test_the_budget_is_new_after_midnight_and_of_each_key() -> None:
    clock = Clock()
    accounts = Accounts(daily_credits=5, clock=clock)
    accounts.charge("k", 5)
    assert (accounts.left("k"), accounts.left("other")) == (0, 5)
    clock.now += timedelta(hours=2)
    assert accounts.left("k") == 5


def test_too_many_requests_in_a_second_are_told_to_wait() -> None:
    clock = Clock()
    accounts = Accounts(per_second=2, clock=clock)
    accounts.admit("k", 1)
    accounts.admit("k", 1)
    with pytest.raises(Refusal) as refusal:
        accounts.admit("k", 1)
    assert refusal.value.answer.headers["Retry-After"] == "1"
    clock.now += timedelta(seconds=1)
    accounts.admit("k", 1)
    assert accounts.left("k") == 10_000


def test_the_report_names_the_reset_and_hides_the_key() -> None:
    report = Accounts(clock=Clock()).report("secret")
    assert "secret" not in str(report)
    assert report["rate_limit"]["resets_at"] == "2026-11-22T00:00:00.000Z"  # type: ignore[index]


def test_credits_in_dollars() -> None:
    assert [usd(n) for n in (0, 1, 10, 10_000)] == ["0", "0.0001", "0.001", "1"]
