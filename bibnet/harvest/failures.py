"""What went wrong with a request, told apart: each kind asks for something else.

The source answers three different things with 429, and several of its failures come
as a web page or as half a body, so status, headers and text are all looked at.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import Any

import requests

# No limit per second asks for a longer wait; the daily budget asks for hours.
LONGEST_SLOW_DOWN = 600.0
TEXT_SHOWN = 200
BUDGET_WORDS = ("insufficient budget", "daily budget", "insufficient credits")
PASSING_REFUSALS = {403, 408, 425}  # a gateway's web page; the source's own refusals are JSON


class Kind(Enum):
    """What to do about it."""

    SLOW_DOWN = "asked to slow down"
    BUSY = "the source or the way to it failed for the moment"
    BUDGET = "the day's budget is spent"
    PLAN = "the request needs a paid plan"
    KEY = "the key is missing or wrong"
    GONE = "there is no such thing"
    CURSOR = "the cursor is refused"
    REQUEST = "the request is refused"


@dataclass(frozen=True)
class Answer:
    """Status, headers and text of an answer; the text is empty where the body was cut."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True)
class Trouble:
    """A kind of failure, in words, and the seconds the source asks to wait (None: it does not)."""

    kind: Kind
    what: str
    wait: float | None = None


def classify(answer: Answer | None, error: Exception) -> Trouble:
    """Tell what went wrong, from the last answer (None: there was none) and what was raised."""
    if answer is None or _cut(error):
        return Trouble(Kind.BUSY, _transport(error))
    status, body = answer.status, _body(answer.text)
    what = f"HTTP {status}{_said(body, answer.text)}"
    wait = _retry_after(answer, body)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Trouble(_too_many(body, wait), what, wait)
    if status < HTTPStatus.BAD_REQUEST:
        return Trouble(Kind.BUSY, f"HTTP {status} with a body of the wrong shape ({_name(error)})")
    return Trouble(_refusal(status, body), what, wait)


def _cut(error: Exception) -> bool:
    broken = (
        requests.exceptions.ChunkedEncodingError,
        requests.exceptions.ContentDecodingError,
        requests.exceptions.ConnectionError,
        requests.exceptions.Timeout,
    )
    return isinstance(error, broken)


def _transport(error: Exception) -> str:
    if isinstance(error, requests.exceptions.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the body was cut short"
    if isinstance(error, requests.exceptions.ContentDecodingError):
        return "the body cannot be unpacked"
    return f"no connection ({_name(error)})"


def _name(error: Exception) -> str:
    return type(error).__name__


def _body(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _said(body: Mapping[str, Any], text: str) -> str:
    words = [str(body[key]) for key in ("error", "message", "reason") if body.get(key)]
    if words:
        return f": {' - '.join(words)[:TEXT_SHOWN]}"
    return " with a web page" if text.lstrip().startswith("<") else ""


def _retry_after(answer: Answer, body: Mapping[str, Any]) -> float | None:
    for value in (answer.headers.get("Retry-After"), body.get("retryAfter")):
        try:
            seconds = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            continue
        if 0 <= seconds < float("inf"):
            return seconds
    return None


def _too_many(body: Mapping[str, Any], wait: float | None) -> Kind:
    words = f"{body.get('error')} {body.get('message')}".lower()
    if "upgrade" in words:
        return Kind.PLAN
    if any(word in words for word in BUDGET_WORDS) or (wait or 0.0) > LONGEST_SLOW_DOWN:
        return Kind.BUDGET
    return Kind.SLOW_DOWN


def _refusal(status: int, body: Mapping[str, Any]) -> Kind:
    if status == HTTPStatus.UNAUTHORIZED:
        return Kind.KEY
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return Kind.GONE
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or (status in PASSING_REFUSALS and not body):
        return Kind.BUSY
    paging = "pagination" in str(body.get("error")).lower()
    if paging and "cursor" in str(body.get("message")).lower():
        return Kind.CURSOR
    return Kind.REQUEST
