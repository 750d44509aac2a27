"""Folders of runs: made whole or not at all, and only where something can be written."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bibnet.schema.errors import Fault, UsageError


@contextmanager
def run_folder(parent: Path) -> Iterator[Path]:
    """A folder for a run in the making; gone if the run fails. Move it with `publish`."""
    parent.mkdir(parents=True, exist_ok=True)
    staging = parent / f".unfinished-{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def publish(staging: Path, target: Path) -> None:
    """Give a finished run its name, in one step; an earlier run of that name is replaced."""
    replaced = target.with_name(f".replaced-{target.name}-{os.getpid()}")
    if target.exists():
        target.rename(replaced)
    staging.rename(target)
    shutil.rmtree(replaced, ignore_errors=True)


def writable(folder: Path) -> None:
    """Raise UsageError if nothing can be written into `folder` (made if missing)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            Fault(f"cannot write the output: {error}", str(folder), "give another --out")
        ) from error
    if not os.access(folder, os.W_OK):
        raise UsageError(Fault("cannot write the output", str(folder), "give another --out"))
