"""A loopback source that answers what a test has written down, in order."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bibnet.harvest.conditions import Limits, Surroundings
from bibnet.harvest.openalex import Connection
from bibnet.harvest.source import Source, open_source

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
COST = {"X-RateLimit-Credits-Used": "1", "X-RateLimit-Remaining": "9000"}


@dataclass(frozen=True)
class Reply:
    """An answer; `cut` announces a longer body than is sent; text is sent as it is."""

    body: object = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: COST)
    cut: bool = False


def listed(*numbers: int, count: int, following: str | None = None, **more: Any) -> Reply:
    """A page of works."""
    works = [{"id": f"https://openalex.org/W{number}", **more} for number in numbers]
    meta = {"count": count, "next_cursor": following, "per_page": 100, "page": None}
    return Reply({"meta": meta, "results": works, "group_by": []})


def grouped(counts: Mapping[int, int], count: int | None = None) -> Reply:
    """Works by year."""
    groups = [{"key": str(year), "count": number} for year, number in counts.items()]
    total = sum(counts.values()) if count is None else count
    return Reply({"meta": {"count": total, "next_cursor": None}, "results": [], "group_by": groups})


@dataclass
class Scripted:
    """The replies still to give, the paths asked for, the headers they came with, the sleeps."""

    replies: list[Reply]
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""

    def take(self, path: str, key: str | None) -> Reply:
        with self.lock:
            self.paths.append(path)
            self.keys.append(key)
            return self.replies.pop(0) if self.replies else Reply({"error": "no reply left"}, 400)


class _Handler(BaseHTTPRequestHandler):
    script: Scripted
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        reply = self.script.take(self.path, self.headers.get("Authorization"))
        text = reply.body if isinstance(reply.body, str) else json.dumps(reply.body)
        body = text.encode("utf-8", "surrogateescape")
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + 100 * reply.cut))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = reply.cut

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def scripted(*replies: Reply) -> Iterator[Scripted]:
    """A source that gives the replies one after the other."""
    script = Scripted(list(replies))
    handler = type("Handler", (_Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def asking(script: Scripted, **limits: Any) -> Iterator[Source]:
    """The source behind a script; sleeps are written down, not slept."""
    surroundings = Surroundings(clock=lambda: NOON, sleep=script.slept.append)
    bounds = Limits(**{"workers": 1, "per_second": 1e6, **limits})
    with open_source(Connection("secret-key", script.url), bounds, surroundings) as source:
        yield source
