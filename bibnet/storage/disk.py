"""What a disk refuses, said once and in words; and files that appear whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bibnet.schema.errors import Fault, UsageError

# A disk or a quota is full, or may not be written: the output's fault, never the input's.
OUTPUT_REFUSED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)

MORE_ROOM = "make room there, or give another --out"
FEWER_WORKS = "ask for fewer works or years, or let a cluster do it (--engine spark)"


def shown_path(path: Path | str) -> str:
    """A path or name as text that can be written anywhere; bytes that are not UTF-8 as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def is_file(path: Path) -> bool:
    """Whether a path is a file; one that the system cannot even look up is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def refusal(error: OSError, place: Path, what: str) -> Fault:
    """The fault that says which output cannot be written, and why."""
    # Without a file's name it is a library that speaks, in more words than the system.
    known = error.errno and not error.filename
    reason = os.strerror(error.errno or 0) if known else error.strerror or str(error)
    remedy = FEWER_WORKS if error.errno == errno.ENOMEM else MORE_ROOM
    return Fault(f"cannot write {what}: {reason}", shown_path(place), remedy)


@contextmanager
def writing(place: Path, what: str) -> Iterator[None]:
    """Turn a refusal of the system (disk full, read-only, not allowed) into UsageError."""
    try:
        yield
    except OSError as error:
        raise UsageError(refusal(error, place, what)) from error


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Another name to write a file under, which gets `path` when all of it is there.

    If the block fails nothing is left, and an earlier file stays as it was; a pipe or device keeps
    its name. Raises UsageError where the system refuses to write.
    """
    if path.exists() and not path.is_file():
        with writing(path, "the output"):
            yield path
        return
    unfinished = path.with_name(f".unfinished-{secrets.token_hex(8)}-{path.name}")
    with writing(path, "the output"):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield unfinished
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
