"""The newest dump of the ROR registry: found by its concept record, fetched, checked by its hash.

The record at Zenodo names the newest version, its date, its file and the file's MD5. The file is
written beside its place as `NAME.HASH.part`; a fetch that was interrupted goes on where it ended,
if it is still the same version. Only a file whose hash is the announced one takes its place; beside
it stands `NAME.json`, which says which version it is and when it was fetched.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from bibnet.harvest.openalex import CONNECT_SECONDS, READ_SECONDS, USER_AGENT
from bibnet.schema.errors import Fault, SourceError, UsageError

HOST = "https://zenodo.org"
CONCEPT = "6347574"  # the record of all versions of the ROR data dump
FOLDER = Path("outputs") / "registry"
CHUNK = 1 << 20  # bytes written at once
_FILE = re.compile(r"[A-Za-z0-9][\w.-]{0,200}\.zip")
_MD5 = re.compile(r"md5:([0-9a-f]{32})")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
AGAIN = "run `bibnet registry` again; what was fetched is kept"
UNLIKE = "the record is not what it was; fetch the dump by hand from doi.org/10.5281/zenodo.6347574"


@dataclass(frozen=True)
class Version:
    """One version of the dump as its record announces it: `size` in bytes, `date` of publication.

    `address` is where the file is fetched from.
    """

    name: str
    version: str
    date: str
    doi: str
    size: int
    md5: str
    address: str


@dataclass(frozen=True)
class Dump:
    """A fetched dump: where it is, its version, its own SHA-256, and when it was fetched (UTC).

    `fetched_bytes` counts what this fetch brought; 0 if the file was there already.
    """

    path: Path
    version: Version
    sha256: str
    fetched: str
    fetched_bytes: int


def fetch_registry(out: Path | None, say: Callable[[str], None], url: str = HOST) -> Dump:
    """Fetch the newest dump to a file (default: its own dated name in `outputs/registry`).

    Raises UsageError if `url` is no address or `out` cannot be written, SourceError if the server
    fails, announces no such file, or sends other bytes than it announced.
    """
    if not url.startswith(("https://", "http://")):
        raise UsageError(Fault("not an address of a source", url, f"use {HOST}"))
    with requests.Session() as session, _told(url):
        session.headers["User-Agent"] = USER_AGENT
        newest = _newest(session, url.rstrip("/"))
        path = out or FOLDER / newest.name
        say(f"{newest.version} of {newest.date}: {newest.name}, {newest.size:,} bytes")
        with _writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            there = path.is_file() and _digest(path, "md5") == newest.md5
            fetched = 0 if there else _fetch(session, newest, path, say)
            return _recorded(path, newest, fetched)


def _newest(session: requests.Session, url: str) -> Version:
    address = f"{url}/api/records/{CONCEPT}"
    with _asked(session, address, {}) as answer:
        record = answer.json()
    try:
        return _version(record, url)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceError(
            Fault(f"the record announces no dump: {error}", address, UNLIKE)
        ) from error


def _version(record: Mapping[str, Any], url: str) -> Version:
    """The zip file that a record announces; its words are checked, for they name files."""
    found = [file for file in record["files"] if _FILE.fullmatch(str(file["key"]))]
    if len(found) != 1:
        raise ValueError(f"{len(found)} zip files instead of one")
    (file,), about = found, record["metadata"]
    hashed = _MD5.fullmatch(str(file["checksum"]))
    date = str(about["publication_date"])
    if hashed is None or not _DATE.fullmatch(date):
        raise ValueError("no MD5 or no date")
    address = str(file["links"]["self"])
    if urlsplit(address).netloc != urlsplit(url).netloc:
        raise ValueError("the file lies at another host")
    named = str(about.get("version", ""))[:40]
    return Version(
        str(file["key"]), named, date, str(record["doi"]), int(file["size"]), hashed[1], address
    )


def _fetch(
    session: requests.Session, newest: Version, path: Path, say: Callable[[str], None]
) -> int:
    """Bring the file into its place; the number of bytes that were fetched."""
    part = path.with_name(f"{path.name}.{newest.md5[:8]}.part")
    held = part.stat().st_size if part.is_file() else 0
    if held > newest.size:
        part.unlink()
        held = 0
    if held:
        say(f"going on behind {held:,} bytes")
    brought = 0
    if held < newest.size:
        brought = _append(session, newest, part, held)
    if part.stat().st_size < newest.size:
        where = f"{part}: {part.stat().st_size:,} of {newest.size:,} bytes"
        raise SourceError(Fault("the file ended early", where, AGAIN))
    if part.stat().st_size != newest.size or _digest(part, "md5") != newest.md5:
        part.unlink()
        raise SourceError(Fault("the file is not the one announced", newest.address, AGAIN))
    part.replace(path)
    return brought


def _append(session: requests.Session, newest: Version, part: Path, held: int) -> int:
    """Append what is missing; a server that sends all of it again is taken at its word."""
    asked = {"Range": f"bytes={held}-"} if held else {}
    brought = 0
    with _asked(session, newest.address, asked) as answer:
        goes_on = held and answer.status_code == HTTPStatus.PARTIAL_CONTENT
        with part.open("ab" if goes_on else "wb") as file:
            for chunk in answer.iter_content(CHUNK):
                file.write(chunk)
                brought += len(chunk)
                if brought > newest.size:
                    break
    return brought


@contextmanager
def _asked(
    session: requests.Session, address: str, headers: Mapping[str, str]
) -> Iterator[requests.Response]:
    """An answer that is none of an error; its body is not read yet."""
    with session.get(
        address, headers=headers, stream=True, timeout=(CONNECT_SECONDS, READ_SECONDS)
    ) as answer:
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            raise SourceError(
                Fault(f"the source answers HTTP {answer.status_code}", address, AGAIN)
            )
        yield answer


@contextmanager
def _told(url: str) -> Iterator[None]:
    try:
        yield
    except requests.RequestException as error:
        what = f"the source cannot be reached or broke off ({type(error).__name__})"
        raise SourceError(Fault(what, url, AGAIN)) from error


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except requests.RequestException:
        raise  # is an OSError, too
    except OSError as error:
        fault = Fault(f"cannot write the dump: {error.strerror}", str(path), "name another --out")
        raise UsageError(fault) from error


def _digest(path: Path, name: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(
            file, lambda: hashlib.new(name, usedforsecurity=False)
        ).hexdigest()


def _recorded(path: Path, newest: Version, fetched: int) -> Dump:
    """Write what the file is beside it; a file that was there keeps the day it was fetched."""
    beside = path.with_name(f"{path.name}.json")
    sha256 = _digest(path, "sha256")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    kept = _kept(beside) if not fetched else {}
    when = str(kept.get("fetched", now)) if kept.get("sha256") == sha256 else now
    about = {**asdict(newest), "sha256": sha256, "fetched": when}
    beside.write_text(json.dumps(about, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return Dump(path, newest, sha256, when, fetched)


def _kept(beside: Path) -> dict[str, Any]:
    try:
        found = json.loads(beside.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
