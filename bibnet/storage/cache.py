"""Values that take seconds to make, kept between commands in the user's cache folder.

A kept value has the hash of its bytes before it: one that is cut short, changed or of another
form is made again, never trusted. Where nothing can be written, nothing is kept.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

Value = TypeVar("Value")
HASH_BYTES = 32


def cache_home() -> Path:
    """Folder of bibnet below the user's cache folder (XDG_CACHE_HOME or ~/.cache)."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    home = Path(given) if given else Path.home() / ".cache"
    return home / "bibnet"


def cached(name: str, key: str, form: type[Value], make: Callable[[], Value]) -> Value:
    """The value of `make`, from the cache where it is kept under `name` and this very `key`.

    `key` holds everything the value depends on. `form` is a type that msgspec can write.
    """
    digest = hashlib.sha256(key.encode()).hexdigest()[:HASH_BYTES]
    path = cache_home() / name / f"{digest}.msgpack"
    kept = _read(path, form)
    if kept is not None:
        return kept
    value = make()
    _write(path, msgspec.msgpack.encode(value))
    return value


def _read(path: Path, form: type[Value]) -> Value | None:
    try:
        content = path.read_bytes()
        body = content[HASH_BYTES:]
        if content[:HASH_BYTES] != hashlib.sha256(body).digest():
            return None
        return msgspec.msgpack.decode(body, type=form)
    except (OSError, ValueError, msgspec.MsgspecError):
        return None


def _write(path: Path, body: bytes) -> None:
    """Write beside the path and put it in place in one step; a full or closed disk is no fault."""
    fresh = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, fresh = tempfile.mkstemp(prefix=".fresh-", dir=path.parent)
        with os.fdopen(number, "wb") as file:
            file.write(hashlib.sha256(body).digest() + body)
        Path(fresh).replace(path)
    except OSError:
        if fresh:
            Path(fresh).unlink(missing_ok=True)
