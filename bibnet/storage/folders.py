"""Folders of runs: made whole or not at all, and only where something can be written.

A run in the making lies in `.unfinished-NAME`, a name that no other run has, whatever machine or
container it is on. Beside it lies `.unfinished-NAME.lock`, which its process holds as long as it
lives: the system lets go of it however the process ends. So the next run can tell what a dead one
has left, and removes it.
"""

import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bibnet.schema.errors import UsageError
from bibnet.storage.disk import refusal, writing

UNFINISHED, LOCK, REPLACED = ".unfinished-", ".lock", ".replaced"
OCCUPIED = (errno.ENOTEMPTY, errno.EEXIST)
NAME_BYTES = 8


@contextmanager
def run_folder(parent: Path) -> Iterator[Path]:
    """A folder for a run in the making; gone if the run fails. Move it with `publish`.

    Removes what dead runs have left. Raises UsageError where the system refuses to write.
    """
    with writing(parent, "the run"):
        parent.mkdir(parents=True, exist_ok=True)
        remove_dead(parent)
        with _own_name(parent) as staging:
            try:
                staging.mkdir()
                yield staging
            finally:
                _remove(staging)


def publish(staging: Path, target: Path) -> None:
    """Give a finished run its name, in one step; an earlier run of that name is replaced.

    If the process dies between putting the earlier one aside and giving the name, `remove_dead`
    puts the earlier one back.
    """
    aside = _aside(staging)
    while not _renamed(staging, target):
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        with suppress(FileNotFoundError):  # another run of this name has moved it just now
            target.rename(aside / target.name)
    shutil.rmtree(aside, ignore_errors=True)


def _renamed(staging: Path, target: Path) -> bool:
    """Rename; False if the name is taken."""
    try:
        staging.rename(target)
    except OSError as error:
        if error.errno not in OCCUPIED:
            raise
        return False
    return True


def remove_dead(parent: Path) -> None:
    """Remove what runs that are dead for sure have left: those whose lock nobody holds."""
    for lock in sorted(parent.glob(f"{UNFINISHED}*{LOCK}")):
        held = _hold(lock)
        if held is not None:
            _remove(lock.with_name(lock.name.removesuffix(LOCK)))
            lock.unlink(missing_ok=True)
            os.close(held)


def _remove(staging: Path) -> None:
    """Remove an unfinished run; an earlier one that it was about to replace gets its name back."""
    aside = _aside(staging)
    for earlier in aside.iterdir() if aside.is_dir() else ():
        with suppress(OSError):
            _renamed(earlier, staging.with_name(earlier.name))
    for folder in (staging, aside):
        shutil.rmtree(folder, ignore_errors=True)


def _aside(staging: Path) -> Path:
    return staging.with_name(f"{staging.name}{REPLACED}")


@contextmanager
def _own_name(parent: Path) -> Iterator[Path]:
    """A path that no other run has, with its lock held."""
    staging, held = _taken(parent)
    lock = staging.with_name(f"{staging.name}{LOCK}")
    try:
        yield staging
    finally:
        lock.unlink(missing_ok=True)
        os.close(held)


def _taken(parent: Path) -> tuple[Path, int]:
    while True:
        staging = parent / f"{UNFINISHED}{secrets.token_hex(NAME_BYTES)}"
        lock = staging.with_name(f"{staging.name}{LOCK}")
        created = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_RDWR)
        held = _hold(lock)
        if held is not None:
            os.close(created)
            return staging, held
        # Either another run took it for a dead one's, and another name is tried; or this disk
        # has no locks: then the run goes on without, and nobody will take it for dead.
        if lock.exists():
            return staging, created
        os.close(created)


def _hold(lock: Path) -> int | None:
    """The lock, held (a file descriptor); None if another process holds or has removed it."""
    try:
        handle = os.open(lock, os.O_RDWR)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(handle).st_ino == lock.stat().st_ino:
            return handle
    except OSError:
        pass
    os.close(handle)
    return None


def writable(folder: Path) -> None:
    """Raise UsageError if nothing can be written into `folder` (made if missing)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(refusal(error, folder, "the output")) from error
    if not os.access(folder, os.W_OK):
        denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        raise UsageError(refusal(denied, folder, "the output"))
