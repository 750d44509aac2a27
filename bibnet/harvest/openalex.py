"""OpenAlex through pyalex: the only place that imports it.

pyalex fixes the host, has no timeout, hides the headers and loses the body of a 429.
So its session is replaced by one that reroutes, times out, does not retry, and keeps
each answer for this thread. The names it replaces are private: pyalex is pinned, and
a test fails when they change. pyalex's settings are global: one OpenAlex at a time.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import pyalex
import pyalex.api
import requests
from requests.adapters import HTTPAdapter

from bibnet.harvest.budget import Meter
from bibnet.harvest.failures import Answer
from bibnet.harvest.listing import PER_PAGE, Groups, Listing, Page
from bibnet.schema.errors import Fault, UsageError

HOST = "https://api.openalex.org"
USER_AGENT = "bibnet"
ENTITIES = {
    "works": pyalex.Works,
    "institutions": pyalex.Institutions,
    "funders": pyalex.Funders,
}
CONNECT_SECONDS, READ_SECONDS = 10.0, 60.0  # the source itself gives up after 9 seconds
TEXT_KEPT = 10_000
# What pyalex, requests and the checks below raise when an answer is not what it should be.
FAILURES = (
    requests.RequestException,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
)


@dataclass(frozen=True)
class Connection:
    """Where the source is, and the key, which is never shown or written.

    Raises UsageError if the key is empty or cannot be sent in a header, or the address
    is none.
    """

    key: str = field(repr=False)
    url: str = HOST
    timeout: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS)

    def __post_init__(self) -> None:
        faults = []
        if not (self.key and self.key.isascii() and self.key.isprintable() and " " not in self.key):
            remedy = "get a free key from OpenAlex and set the variable to it"
            faults.append(Fault("no usable key for OpenAlex", "OPENALEX_API_KEY", remedy))
        if not self.url.startswith(("https://", "http://")):
            faults.append(Fault("not an address of a source", self.url, f"use {HOST}"))
        if faults:
            raise UsageError(faults)


class _Reroute(HTTPAdapter):
    """Sends what is meant for OpenAlex to the given address, with timeouts."""

    def __init__(self, connection: Connection) -> None:
        self.base = connection.url.rstrip("/")
        self.timeout = connection.timeout
        super().__init__(max_retries=0)

    def send(self, request: Any, **options: Any) -> Any:  # type: ignore[override]
        if request.url.startswith(HOST):
            request.url = self.base + request.url.removeprefix(HOST)
        return super().send(request, **{**options, "timeout": self.timeout})


class OpenAlex:
    """Single requests to OpenAlex; use it in a `with` block. Failures are among FAILURES."""

    def __init__(self, connection: Connection, meter: Meter) -> None:
        self.connection = connection
        self.meter = meter
        self._own = threading.local()
        self._sessions: list[requests.Session] = []
        self._before: tuple[Any, dict[str, Any]] = (None, {})

    def __enter__(self) -> "OpenAlex":
        self._before = (pyalex.api._get_requests_session, dict(pyalex.config))
        pyalex.api._get_requests_session = self._session
        pyalex.config.update(
            api_key=self.connection.key,
            email=None,
            user_agent=USER_AGENT,
            max_retries=0,
            retry_http_codes=[],
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pyalex.api._get_requests_session, settings = self._before
        pyalex.config.update(settings)
        for session in self._sessions:
            session.close()

    def page(self, listing: Listing, cursor: str, per_page: int = PER_PAGE) -> Page:
        """One page of a list."""
        self._own.response = None
        found = query(listing).get(per_page=per_page, cursor=cursor)
        meta = found.meta
        following = meta.get("next_cursor")
        if not (following is None or isinstance(following, str)):
            raise ValueError("the next cursor is not text")
        return Page(list(found), _count(meta), following)

    def groups(self, listing: Listing, key: str) -> Groups:
        """Counts of a list by the values of a field, all pages of them."""
        counts: dict[str, int] = {}
        cursor: str | None = "*"
        while cursor:
            self._own.response = None
            found = query(listing).group_by(key).get(per_page=PER_PAGE, cursor=cursor)
            counts.update({str(item["key"]): int(item["count"]) for item in found})
            following = found.meta.get("next_cursor")
            ended = not found or sum(counts.values()) >= _count(found.meta)
            cursor = None if ended or following == cursor else following
        return Groups(counts, _count(found.meta))

    def single(self, entity: str, identifier: str) -> dict[str, Any]:
        """One entity by its bare id; where it was merged, the one it was merged into."""
        self._own.response = None
        found = ENTITIES[entity]()[identifier]
        if not isinstance(found.get("id"), str):
            raise ValueError("the entity has no id")
        return dict(found)

    def last_answer(self) -> Answer | None:
        """The answer to this thread's last request; None if there was none."""
        response = getattr(self._own, "response", None)
        if response is None:
            return None
        text = _text(response).replace(self.connection.key, "***")
        return Answer(response.status_code, response.headers, text)

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._own, "session", None)
        if session is None:
            session = requests.Session()
            for scheme in ("https://", "http://"):
                session.mount(scheme, _Reroute(self.connection))
            session.hooks["response"].append(self._keep)
            self._own.session = session
            self._sessions.append(session)
        return session

    def _keep(self, response: requests.Response, **_: Any) -> None:
        self._own.response = response
        self.meter.take(response.headers)


def query(listing: Listing) -> Any:
    """A fresh pyalex query of a listing; pyalex changes queries in place, so never reuse one."""
    made = ENTITIES[listing.entity]()
    if listing.filters:
        made.filter(**dict(listing.filters))
    if listing.sort:
        made.sort(**{listing.sort: "asc"})
    if listing.select:
        made.select(list(listing.select))
    if listing.corpus:
        made._add_params("corpus", listing.corpus)
    return made


def address(listing: Listing) -> str:
    """The address pyalex asks for, without paging."""
    return str(query(listing).url)


def _count(meta: Mapping[str, Any]) -> int:
    count = meta["count"]
    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        raise ValueError("the announced count is not a count")
    return count


def _text(response: requests.Response) -> str:
    try:
        return response.content[:TEXT_KEPT].decode("utf-8", "replace")
    except (requests.RequestException, RuntimeError):
        return ""
