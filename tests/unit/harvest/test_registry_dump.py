"""The ROR dump from a server on this machine: whole, resumed, unchanged, broken, hostile."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bibnet.cli import app
from bibnet.harvest.registry_dump import CONCEPT, Dump, fetch_registry
from bibnet.schema.errors import SourceError, UsageError

pytestmark = pytest.mark.usefixtures("loopback")
NAME = "v2.9-2026-06-23-ror-data.zip"
BODY = bytes(range(256)) * 40  # INVENTED: 10,240 bytes
MD5 = hashlib.md5(BODY, usedforsecurity=False).hexdigest()


@dataclass
class Zenodo:
    """A record and a file; `ends` = bytes after which the file breaks off, `ranges` asked for."""

    body: bytes = BODY
    md5: str = MD5
    name: str = NAME
    ends: int | None = None
    resumes: bool = True
    status: int = 200
    link: str = ""
    files: int = 1
    ranges: list[str | None] = field(default_factory=list)
    url: str = ""

    def record(self) -> dict[str, Any]:
        link = self.link or f"{self.url}/api/records/99/files/{self.name}/content"
        file = {"key": self.name, "size": len(BODY), "checksum": f"md5:{self.md5}"}
        metadata = {"publication_date": "2026-06-23", "version": "v2.9"}
        files = [file | {"links": {"self": link}}] * self.files
        return {"doi": "10.5281/zenodo.99", "metadata": metadata, "files": files}


@contextmanager
def served(zenodo: Zenodo) -> Iterator[Zenodo]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == f"/api/records/{CONCEPT}":
                self.answer(zenodo.status, json.dumps(zenodo.record()).encode())
                return
            asked = self.headers.get("Range")
            zenodo.ranges.append(asked)
            start = int(asked.removeprefix("bytes=")[:-1]) if asked and zenodo.resumes else 0
            self.answer(206 if start else 200, zenodo.body[start:], zenodo.ends)

        def answer(self, status: int, body: bytes, ends: int | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:ends])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    zenodo.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield zenodo
    finally:
        server.shutdown()
        server.server_close()


def fetch(zenodo: Zenodo, out: Path | None) -> Dump:
    return fetch_registry(out, lambda line: None, zenodo.url)


def test_the_newest_dump_is_fetched_dated_and_hashed(tmp_path: Path) -> None:
    with served(Zenodo()) as zenodo:
        dump = fetch(zenodo, tmp_path / "folder" / "ror.zip")
    assert dump.path.read_bytes() == BODY
    assert (dump.version.version, dump.version.date, dump.fetched_bytes) == (
        "v2.9",
        "2026-06-23",
        10_240,
    )
    about = json.loads((tmp_path / "folder" / "ror.zip.json").read_text())
    assert about["sha256"] == hashlib.sha256(BODY).hexdigest() == dump.sha256
    assert (about["md5"], about["doi"], about["name"]) == (MD5, "10.5281/zenodo.99", NAME)
    assert sorted(path.name for path in dump.path.parent.iterdir()) == ["ror.zip", "ror.zip.json"]


def test_without_out_the_file_has_its_own_dated_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with served(Zenodo()) as zenodo:
        assert fetch(zenodo, None).path == Path("outputs") / "registry" / NAME


def test_a_file_that_is_the_newest_is_not_fetched_again(tmp_path: Path) -> None:
    with served(Zenodo()) as zenodo:
        first = fetch(zenodo, tmp_path / "ror.zip")
        again = fetch(zenodo, tmp_path / "ror.zip")
    assert (again.fetched_bytes, again.fetched, len(zenodo.ranges)) == (0, first.fetched, 1)


def test_an_old_file_is_replaced_only_by_a_whole_new_one(tmp_path: Path) -> None:
    out = tmp_path / "ror.zip"
    out.write_bytes(b"last quarter's")
    with served(Zenodo(ends=100)) as zenodo, pytest.raises(SourceError):
        fetch(zenodo, out)
    assert out.read_bytes() == b"last quarter's"
    with served(Zenodo()) as zenodo:
        fetch(zenodo, out)
    assert out.read_bytes() == BODY


def test_an_interrupted_fetch_goes_on_where_it_ended(tmp_path: Path) -> None:
    with served(Zenodo(ends=4_000)) as zenodo:
        with pytest.raises(SourceError, match="broke off"):
            fetch(zenodo, tmp_path / "ror.zip")
        zenodo.ends = None
        dump = fetch(zenodo, tmp_path / "ror.zip")
    assert dump.path.read_bytes() == BODY
    held = 10_240 - dump.fetched_bytes
    assert zenodo.ranges == [None, f"bytes={held}-" if held else None]


def test_it_goes_on_behind_what_is_held(tmp_path: Path) -> None:
    (tmp_path / f"ror.zip.{MD5[:8]}.part").write_bytes(BODY[:6_000])
    with served(Zenodo()) as zenodo:
        dump = fetch(zenodo, tmp_path / "ror.zip")
    assert (dump.path.read_bytes(), dump.fetched_bytes) == (BODY, 4_240)
    assert zenodo.ranges == ["bytes=6000-"]


def test_a_server_that_knows_no_ranges_sends_all_of_it(tmp_path: Path) -> None:
    (tmp_path / f"ror.zip.{MD5[:8]}.part").write_bytes(BODY[:6_000])
    with served(Zenodo(resumes=False)) as zenodo:
        dump = fetch(zenodo, tmp_path / "ror.zip")
    assert (dump.path.read_bytes(), dump.fetched_bytes) == (BODY, 10_240)


def test_what_is_held_of_another_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ror.zip.00000000.part").write_bytes(b"another version")
    with served(Zenodo()) as zenodo:
        fetch(zenodo, tmp_path / "ror.zip")
    assert zenodo.ranges == [None]


@pytest.mark.parametrize("held", [BODY[:10_000] + b"x" * 240, b"x" * 20_000])
def test_bytes_of_another_hash_never_take_the_place(tmp_path: Path, held: bytes) -> None:
    part = tmp_path / f"ror.zip.{MD5[:8]}.part"
    part.write_bytes(held)
    other = Zenodo(body=b"y" * 10_240)
    with served(other) as zenodo, pytest.raises(SourceError, match="not the one announced"):
        fetch(zenodo, tmp_path / "ror.zip")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "zenodo",
    [
        Zenodo(name="../../ror.zip"),
        Zenodo(name="ror.exe"),
        Zenodo(md5="none"),
        Zenodo(files=2),
        Zenodo(files=0),
        Zenodo(link="http://169.254.169.254/latest"),
    ],
)
def test_a_record_that_announces_something_else_is_refused(tmp_path: Path, zenodo: Zenodo) -> None:
    with served(zenodo), pytest.raises(SourceError, match="announces no dump"):
        fetch(zenodo, tmp_path / "ror.zip")
    assert (zenodo.ranges, list(tmp_path.iterdir())) == ([], [])


def test_errors_of_the_server_are_told(tmp_path: Path) -> None:
    with served(Zenodo(status=503)) as zenodo, pytest.raises(SourceError, match="503"):
        fetch(zenodo, tmp_path / "ror.zip")


def test_no_server_and_no_address(tmp_path: Path) -> None:
    with served(Zenodo()) as zenodo:
        gone = zenodo.url
    with pytest.raises(SourceError, match="cannot be reached"):
        fetch_registry(tmp_path / "ror.zip", lambda line: None, gone)
    with pytest.raises(UsageError, match="not an address"):
        fetch_registry(tmp_path / "ror.zip", lambda line: None, "ftp://there")


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with served(Zenodo()) as zenodo, pytest.raises(UsageError, match="cannot write"):
        fetch(zenodo, tmp_path / "file" / "ror.zip")


def test_the_command_prints_the_file_or_all_of_it(tmp_path: Path) -> None:
    out = tmp_path / "ror.zip"
    with served(Zenodo()) as zenodo:
        asked = ["registry", "--out", str(out), "--url", zenodo.url]
        assert CliRunner().invoke(app, asked).stdout == f"{out}\n"
        shown = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    assert (shown["path"], shown["date"], shown["fetched_bytes"]) == (str(out), "2026-06-23", 0)
