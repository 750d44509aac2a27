"""A server on 127.0.0.1 that answers as api.openalex.org does, from an invented world.

with serve(build_world(seed=1, works=100)) as server:
...  # GET server.url + "/works?filter=publication_year:2020&api_key=any"
"""

import gzip
import socket
import socketserver
import struct
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qsl, urlencode, urlsplit

from bibnet.harvest.sandbox.answers import Answer, html_answer
from bibnet.harvest.sandbox.faults import Faults
from bibnet.harvest.sandbox.service import Outcome, Service, Settings
from bibnet.harvest.sandbox.world import World

HOST = "127.0.0.1"
POLL_SECONDS = 0.02  # how soon a server that is told to stop does so
WAITING_CONNECTIONS = 128
SMALLEST_GZIP = 500  # bytes; smaller bodies are sent as they are
# Close at once and tell the other side so (struct linger: on, 0 seconds).
LINGER_OFF = struct.pack("ii", 1, 0)
ALLOWED = {"Allow": "GET"}
KEY_NAMES = ("api_key", "api-key")

__all__ = ["Entry", "Requests", "Server", "Settings", "serve"]


@dataclass(frozen=True)
class Entry:
    """One request that was answered: target without the key, status, fault (or "")."""

    target: str
    status: int
    fault: str


@dataclass
class Requests:
    """Every request of a server, in the order of the answers.

    `mistakes` are errors in the sandbox itself, as text; a test should find none.
    """

    entries: list[Entry] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def add(self, target: str, outcome: Outcome) -> None:
        """Note a request; its key is left out."""
        entry = Entry(without_key(target), outcome.answer.status, outcome.fault)
        with self._lock:
            self.entries.append(entry)

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def by_status(self) -> Counter[int]:
        """Requests by status."""
        return Counter(entry.status for entry in self.entries)

    @property
    def by_fault(self) -> Counter[str]:
        """Requests by fault, those without one left out."""
        return Counter(entry.fault for entry in self.entries if entry.fault)


def without_key(target: str) -> str:
    """A target without the key in its query."""
    address = urlsplit(target)
    pairs = parse_qsl(address.query, keep_blank_values=True)
    query = urlencode([pair for pair in pairs if pair[0] not in KEY_NAMES], safe=":,|*!")
    return f"{address.path}?{query}" if query else address.path


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    requests: Requests
    service: Service


class _Listener(ThreadingHTTPServer):
    """Listens without asking for this machine's name, and stops without waiting for clients."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = WAITING_CONNECTIONS

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that break off are part of the tests."""


@contextmanager
def serve(
    world: World,
    faults: Faults | None = None,
    *,
    settings: Settings | None = None,
    port: int = 0,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Server]:
    """Serve a world on 127.0.0.1 until the block ends; port 0 takes a free one.

    `sleep` is what slow answers wait with.
    """
    service = Service(world, faults or Faults(), settings or Settings())
    requests = Requests()
    listener = _Listener((HOST, port), _handler(service, requests, sleep))
    thread = Thread(target=listener.serve_forever, args=(POLL_SECONDS,), daemon=True)
    thread.start()
    try:
        yield Server(f"http://{HOST}:{listener.server_port}", requests, service)
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Reads a request, sends its outcome; the attributes are set for each server."""

    service: Service
    requests: Requests
    sleep: Callable[[float], None]

    protocol_version = "HTTP/1.1"
    server_version = "InventedOpenAlex"
    sys_version = ""
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer; a client that has gone is no error."""
        outcome = self._outcome()
        self.requests.add(self.path, outcome)
        if outcome.damage == "slow":
            self.sleep(self.service.faults.slow_seconds)
        with suppress(OSError):
            self._send(outcome)

    def _outcome(self) -> Outcome:
        try:
            return self.service.answer(self.path, dict(self.headers.items()))
        except Exception:  # a mistake of the sandbox must not pass for a broken connection
            self.requests.mistakes.append(traceback.format_exc())
            return Outcome(html_answer(500, "Internal Server Error", "The sandbox failed."))

    def _refuse(self) -> None:
        text = "The method is not allowed for the requested URL."
        outcome = Outcome(html_answer(405, "Method Not Allowed", text).with_headers(ALLOWED))
        self.close_connection = True  # a body may follow that nobody reads
        self.requests.add(self.path, outcome)
        self._send(outcome)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = _refuse  # noqa: N815

    def _send(self, outcome: Outcome) -> None:
        if outcome.damage == "reset":
            self._reset()
            return
        body = self._head(outcome.answer)
        cut = len(body) // 2 if outcome.damage == "truncated" else len(body)
        self.close_connection |= cut < len(body)
        self.wfile.write(body[:cut])

    def _head(self, answer: Answer) -> bytes:
        """Write the head of an answer and return its body, compressed if asked for."""
        wanted = "gzip" in (self.headers.get("Accept-Encoding") or "")
        packed = wanted and len(answer.body) >= SMALLEST_GZIP
        body = gzip.compress(answer.body, compresslevel=1, mtime=0) if packed else answer.body
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        return body

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_OFF)
        self.connection.close()

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is printed; `Requests` keeps the log."""


def _handler(
    service: Service, requests: Requests, sleep: Callable[[float], None]
) -> type[_Handler]:
    attributes = {"service": service, "requests": requests, "sleep": staticmethod(sleep)}
    return type("Handler", (_Handler,), attributes)
