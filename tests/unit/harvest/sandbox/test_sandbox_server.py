"""Over HTTP on 127.0.0.1."""

import http.client
import json
import urllib.error
import urllib.request
from typing import Any

import pyalex.api
import pytest
import requests

from bibnet.harvest.sandbox.faults import Faults
from bibnet.harvest.sandbox.server import Entry, Settings, serve, without_key
from bibnet.harvest.sandbox.world import build_world

pytestmark = pytest.mark.usefixtures("loopback")
WORLD = build_world(1, 150)


def faulty(**faults: Any) -> Any:
    return serve(WORLD, Faults(**faults), sleep=lambda _: None)


def test_a_request_is_answered_and_noted_without_its_key() -> None:
    with serve(WORLD) as server:
        body = requests.get(f"{server.url}/works?per_page=1&api_key=secret", timeout=9).json()
        assert server.requests.entries == [Entry("/works?per_page=1", 200, "")]
    assert len(body["results"]) == 1


def test_the_key_may_come_as_a_bearer() -> None:
    with serve(WORLD) as server:
        keys = ("k", "wrong")
        found = [
            requests.get(
                f"{server.url}/rate-limit", headers={"Authorization": f"Bearer {key}"}, timeout=9
            ).status_code
            for key in keys
        ]
    assert found == [200, 401]


def test_bodies_are_packed_when_asked_for() -> None:
    with serve(WORLD) as server:
        url = f"{server.url}/works?api_key=k"
        packed = requests.get(url, timeout=9)
        plain = requests.get(url, headers={"Accept-Encoding": "identity"}, timeout=9)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.json()["results"] == plain.json()["results"]


def test_one_connection_serves_many_requests() -> None:
    with serve(WORLD) as server:
        connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=9)
        for _ in range(3):
            connection.request("GET", "/works?api_key=k&per_page=1")
            assert json.loads(connection.getresponse().read())["meta"]["count"] > 100
        connection.close()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_a_page_of_405(method: str) -> None:
    with serve(WORLD) as server:
        answer = requests.request(method, f"{server.url}/works", data="x", timeout=9)
    assert answer.status_code == 405
    assert answer.text.startswith("<!doctype html>")


def test_a_redirect_leads_to_the_work() -> None:
    old, new = next(iter(WORLD.merged.items()))
    with serve(WORLD) as server:
        url = f"{server.url}/works/{old.rsplit('/', 1)[-1]}?api_key=k"
        assert requests.get(url, timeout=9).json()["id"] == new


def test_a_truncated_body_is_shorter_than_announced() -> None:
    with faulty(truncated=1) as server, pytest.raises(http.client.IncompleteRead):
        urllib.request.urlopen(f"{server.url}/works?api_key=k", timeout=9).read()  # noqa: S310


def test_a_reset_breaks_the_connection() -> None:
    with faulty(reset=1) as server, pytest.raises(ConnectionResetError):
        urllib.request.urlopen(f"{server.url}/works?api_key=k", timeout=9)  # noqa: S310


def test_a_slow_answer_waits_as_long_as_told() -> None:
    waited: list[float] = []
    with serve(WORLD, Faults(slow=1, slow_seconds=3), sleep=waited.append) as server:
        assert requests.get(f"{server.url}/works?api_key=k", timeout=9).status_code == 200
    assert waited == [3]


def test_malformed_json_and_a_page_with_200_cannot_be_read() -> None:
    for fault in ("malformed", "html_200"):
        with faulty(**{fault: 1}) as server:
            answer = requests.get(f"{server.url}/works?api_key=k", timeout=9)
            assert (answer.status_code, dict(server.requests.by_fault)) == (200, {fault: 1})
        with pytest.raises(requests.JSONDecodeError):
            answer.json()


def test_a_mistake_of_the_sandbox_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(WORLD) as server:
        monkeypatch.setattr(server.service, "accounts", None)
        assert requests.get(f"{server.url}/works?api_key=k", timeout=9).status_code == 500
        assert "AttributeError" in server.requests.mistakes[0]


def test_the_key_is_taken_out_of_targets() -> None:
    assert without_key("/works?a=1&api_key=secret&b=x:y|z") == "/works?a=1&b=x:y|z"
    assert without_key("/works?api-key=secret") == "/works"


class Rewriting(requests.adapters.HTTPAdapter):
    """Sends what is meant for the real host to the sandbox."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.sandbox = url

    def send(self, request: Any, **options: Any) -> Any:
        request.url = request.url.replace("https://api.openalex.org", self.sandbox)
        return super().send(request, **options)


def session_to(url: str) -> requests.Session:
    session = requests.Session()
    session.mount("https://api.openalex.org", Rewriting(url))
    return session


def test_pyalex_pages_counts_and_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pyalex.config, "api_key", "k")
    with serve(WORLD) as server:
        monkeypatch.setattr(pyalex.api, "_get_requests_session", lambda: session_to(server.url))
        query = pyalex.Works().filter(institutions={"country_code": "CN|US"})
        found = [work for page in query.paginate(per_page=20, n_max=None) for work in page]
        assert len(found) == pyalex.Works().filter(institutions={"country_code": "CN|US"}).count()
        assert pyalex.Works()[found[0]["id"]]["id"] == found[0]["id"]


def test_two_filters_of_pyalex_on_one_key_fall_into_the_trap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """pyalex joins them as `CN+DE|FR`; one key each under its alias is the way out."""
    monkeypatch.setitem(pyalex.config, "api_key", "k")
    with serve(build_world(1, 1500), settings=Settings()) as server:
        monkeypatch.setattr(pyalex.api, "_get_requests_session", lambda: session_to(server.url))
        wrong = pyalex.Works().filter(institutions={"country_code": "CN"})
        wrong = wrong.filter(institutions={"country_code": "DE|FR"})
        french = pyalex.Works().filter(institutions={"country_code": "FR"})
        right = pyalex.Works().filter(
            authorships={"institutions": {"country_code": "CN"}},
            institutions={"country_code": "DE|FR"},
        )
        assert wrong.count() == french.count() > right.count() > 0


def test_many_readers_at_once_see_one_corpus() -> None:
    with serve(WORLD, settings=Settings(daily_credits=50)) as server:
        urls = [f"{server.url}/works?api_key=k&per_page=50&page={n % 3 + 1}" for n in range(12)]
        sizes = [len(requests.get(url, timeout=9).json()["results"]) for url in urls]
        assert server.requests.mistakes == []
    assert sizes == [sizes[0], sizes[1], sizes[2]] * 4


def test_an_unreachable_server_is_gone_after_its_block() -> None:
    with serve(WORLD) as server:
        pass
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{server.url}/works", timeout=1)  # noqa: S310
