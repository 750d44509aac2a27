"""Answers of the server, and the refusals of OpenAlex with their recorded bodies."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from msgspec import json

HTML = "text/html; charset=utf-8"
JSON = "application/json"
TOP = "<!doctype html>\n<html lang=en>\n<title>{status} {name}</title>\n"
PAGE = TOP + "<h1>{name}</h1>\n<p>{text}</p>\n"
NOT_FOUND = (
    "The requested URL was not found on the server. "
    "If you entered the URL manually please check your spelling and try again."
)


@dataclass(frozen=True)
class Answer:
    """One HTTP answer: `body` as sent before compression."""

    status: int
    body: bytes
    kind: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)

    def with_headers(self, headers: Mapping[str, str]) -> "Answer":
        """The same answer with further headers."""
        return replace(self, headers={**self.headers, **headers})


class Refusal(Exception):  # noqa: N818 - an answer, not a mistake of ours
    """A request that is answered with an error."""

    def __init__(self, answer: Answer):
        super().__init__(answer.status)
        self.answer = answer


def json_answer(content: object, status: int = 200) -> Answer:
    """An answer in JSON."""
    return Answer(status, json.encode(content))


def html_answer(status: int, name: str, text: str) -> Answer:
    """An answer that is a page, as the web framework and the edge give them."""
    page = PAGE.format(status=status, name=name, text=text)
    return Answer(status, page.encode(), HTML)


def problem(error: str, message: str, status: int = 400, **more: Any) -> Refusal:
    """A refusal in JSON with `error` and `message`."""
    return Refusal(json_answer({"error": error, "message": message, **more}, status))


def bad_query(message: str) -> Refusal:
    """400 for a filter, parameter or select key that does not exist or fit."""
    return problem("Invalid query parameters error.", message)


def bad_page(message: str) -> Refusal:
    """400 for pages and cursors."""
    return problem("Pagination error.", message)


def not_found() -> Refusal:
    """404: a page, not JSON."""
    return Refusal(html_answer(404, "Not Found", NOT_FOUND))


def redirect(status: int, location: str) -> Refusal:
    """301 for merged ids, 302 for ids in another case."""
    answer = html_answer(status, "Redirecting", f"See {location}.")
    return Refusal(answer.with_headers({"Location": location}))


def unauthorised() -> Answer:
    """401 for a missing, empty or wrong key."""
    body = {"error": "Invalid or missing API key", "message": "API key not found"}
    return json_answer(body, 401)


def too_fast(limit: int, retry_after: int | None = 1) -> Answer:
    """429: more requests in a second than the key allows."""
    message = f"Rate limit exceeded: {limit} requests per second"
    return _limited(message, retry_after)


def budget_spent(seconds: int, *, needed: int = 1, left: int = 0) -> Answer:
    """429: the day's credits are used up; `seconds` are left until midnight UTC."""
    message = (
        f"Insufficient budget. This request costs ${needed / 10_000:.4f}. Resets at midnight UTC."
    )
    return _limited(
        message,
        seconds,
        creditsRequired=needed,
        creditsRemaining=left,
        dailyRemainingUsd=left / 10_000,
        prepaidRemainingUsd=0,
    )


def _limited(message: str, retry_after: int | None, **more: Any) -> Answer:
    body = {"error": "Rate limit exceeded", "message": message, "retryAfter": retry_after, **more}
    answer = json_answer(body, 429)
    return answer.with_headers({} if retry_after is None else {"Retry-After": str(retry_after)})


def plan_upgrade(field_name: str) -> Answer:
    """429 without Retry-After: the key's plan does not have this; asking again is no use."""
    message = f"{field_name} needs a paid plan. See https://openalex.org/pricing"
    return json_answer({"error": "Plan upgrade required", "message": message}, 429)
