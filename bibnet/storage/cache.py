"""Values that take seconds to make, kept between commands in the user's cache folder.

A kept value has the hash of its bytes before it: one that is cut short, changed or of another
form is made again, never trusted. Where nothing can be written, nothing is kept.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
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


def cached(
    name: str,
    key: str,
    form: type[Value],
    make: Callable[[], Value],
    *,
    most: int | None = None,
) -> Value:
    """The value of `make`, from the cache where it is kept under `name` and this very `key`.

    `key` holds everything the value depends on. `form` is a type that msgspec can write. Of the
    values of that name the `most` that were used last are kept.
    """
    known = kept(name, key, form)
    if known is not None:
        return known
    value = make()
    keep(name, key, value, most=most)
    return value


def kept(name: str, key: str, form: type[Value]) -> Value | None:
    """The value of this form that is kept under `name` and `key`; None where there is none."""
    return _read(_path(name, key), form)


def keep(name: str, key: str, value: object, *, most: int | None = None) -> None:
    """Keep a value under `name` and `key`, and of that name the `most` that were used last."""
    path = _path(name, key)
    _write(path, msgspec.msgpack.encode(value))
    if most is not None:
        forget_all_but(most, path.parent)


def _path(name: str, key: str) -> Path:
    digest = hashlib.sha256(key.encode()).hexdigest()[:HASH_BYTES]
    return cache_home() / name / f"{digest}.msgpack"


def forget_all_but(most: int, folder: Path) -> None:
    """Delete what a folder of the cache holds beyond the files and folders that were used last."""
    try:
        held = [(path.stat().st_mtime, path) for path in folder.iterdir()]
    except OSError:  # taken away by another command meanwhile
        return
    for _, path in sorted(held, reverse=True)[most:]:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _read(path: Path, form: type[Value]) -> Value | None:
    try:
        content = path.read_bytes()
        body = content[HASH_BYTES:]
        if content[:HASH_BYTES] != hashlib.sha256(body).digest():
            return None
        value = msgspec.msgpack.decode(body, type=form)
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    with suppress(OSError):  # a cache that may be read alone
        os.utime(path)
    return value


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
