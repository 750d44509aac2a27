"""Writing so that a kill at any moment leaves a file whole or absent, and one harvest at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bibnet.schema.errors import Fault, UsageError

LOCK = ".lock"
UNFINISHED = ".unfinished"  # begins with a dot, so that no reader takes it for works


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn a refusal of the system (disk full, read-only) into UsageError naming the folder."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            Fault(
                f"cannot write the harvest: {error.strerror or error}",
                str(folder),
                "make room or give another folder with --out, then run it again; "
                "it goes on where it stopped",
            )
        ) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: under another name, to the disk, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{UNFINISHED}-{path.name}")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def append_line(path: Path, line: bytes) -> None:
    """Append a line that is on the disk when this returns; refused, nothing of it stays."""
    size = path.stat().st_size if path.exists() else 0
    try:
        with path.open("ab") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        if path.exists():
            os.truncate(path, size)
        raise


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def only_harvest(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; raises UsageError if another harvest holds it.

    The system lets go of it when the process ends, however it ends.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("ab")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            remedy = "wait until it is done, or give another folder with --out"
            raise UsageError(
                Fault("another harvest is writing into the folder", str(folder), remedy)
            ) from None
        yield
