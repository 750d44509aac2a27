"""Failures told apart by status, headers, text and what was raised."""

import pytest
import requests

from bibnet.harvest.failures import Answer, Kind, classify

BUDGET = '{"error": "Rate limit exceeded", "message": "Insufficient budget. Resets at midnight"}'
PER_SECOND = '{"error": "Rate limit exceeded", "message": "Rate limit exceeded: 10 per second"}'
CASES = {
    "per second": (Answer(429, {"Retry-After": "1"}, PER_SECOND), Kind.SLOW_DOWN),
    "per second without a body": (Answer(429), Kind.SLOW_DOWN),
    "budget": (Answer(429, {"Retry-After": "3"}, BUDGET), Kind.BUDGET),
    "budget by its wait": (Answer(429, {"Retry-After": "3601"}), Kind.BUDGET),
    "budget by its body's wait": (Answer(429, {}, '{"retryAfter": 40000}'), Kind.BUDGET),
    "plan": (Answer(429, {}, '{"error": "Plan upgrade required"}'), Kind.PLAN),
    "key": (Answer(401, {}, '{"error": "Invalid or missing API key"}'), Kind.KEY),
    "not found": (Answer(404, {}, "<html>"), Kind.GONE),
    "gone": (Answer(410), Kind.GONE),
    "server": (Answer(500, {}, "<html>"), Kind.BUSY),
    "cloud": (Answer(520, {}, "<html>"), Kind.BUSY),
    "gateway refusal": (Answer(403, {}, "<html>"), Kind.BUSY),
    "refusal": (Answer(403, {}, '{"error": "no"}'), Kind.REQUEST),
    "bad filter": (Answer(400, {}, '{"message": "x is not a valid field"}'), Kind.REQUEST),
    "bad cursor": (
        Answer(400, {}, '{"error": "Pagination error.", "message": "Invalid cursor value"}'),
        Kind.CURSOR,
    ),
    "bad parameter": (
        Answer(400, {}, '{"error": "Invalid query", "message": "Valid are: cursor, page"}'),
        Kind.REQUEST,
    ),
    "redirected for ever": (Answer(301), Kind.BUSY),
    "not what was asked": (Answer(200, {}, "<html>"), Kind.BUSY),
}


@pytest.mark.parametrize(("answer", "kind"), CASES.values(), ids=CASES.keys())
def test_an_answer_has_a_kind(answer: Answer, kind: Kind) -> None:
    assert classify(answer, ValueError()).kind is kind


TRANSPORT = {
    "timeout": (requests.ReadTimeout(), "no answer in time"),
    "cut": (requests.exceptions.ChunkedEncodingError(), "the body was cut short"),
    "gzip": (requests.exceptions.ContentDecodingError(), "the body cannot be unpacked"),
    "refused": (requests.ConnectionError(), "no connection (ConnectionError)"),
}


@pytest.mark.parametrize(("error", "said"), TRANSPORT.values(), ids=TRANSPORT.keys())
def test_a_broken_way_passes_whatever_the_status(error: Exception, said: str) -> None:
    trouble = classify(Answer(200), error)
    assert (trouble.kind, trouble.what) == (Kind.BUSY, said)


@pytest.mark.parametrize("wait", ["soon", "-1", "inf", "nan", ""])
def test_a_wait_that_is_none_is_passed_over(wait: str) -> None:
    assert classify(Answer(503, {"Retry-After": wait}), ValueError()).wait is None


def test_a_long_message_is_shown_in_part() -> None:
    trouble = classify(Answer(400, {}, '{"message": "%s"}' % ("x" * 5000)), ValueError())
    assert len(trouble.what) < 300
