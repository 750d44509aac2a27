"""Answers to strings, kept between runs: a string that was read before is not read again.

Below the user's cache folder, a folder for each registry and state of bibnet, with one file for
every run that met new strings. A file is named by the hash of its bytes: one that is cut short or
changed is passed over, never trusted. Where nothing can be written, nothing is kept.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bibnet.places.registry.cache import OpenRegistry
from bibnet.schema import Table
from bibnet.storage.cache import cache_home, forget_all_but
from bibnet.storage.manifest import file_digest
from bibnet.storage.package import package_digest
from bibnet.storage.tables import table_path

STRINGS = "strings"
NO_REGISTRY = "no registry"
# Enough for some ten million strings; what comes after it is read anew in every run.
MOST_BYTES = 2 << 30
# Of other registries or versions, the least recently used go first.
MOST_FOLDERS = 4


def kept_folder(opened: OpenRegistry | None) -> Path | None:
    """Where answers by a registry are kept; None where its index could not be kept either."""
    if opened and not opened.folder:
        return None
    registry = opened.folder.name if opened and opened.folder else NO_REGISTRY
    name = hashlib.sha256(f"{registry} {package_digest()}".encode()).hexdigest()[:32]
    return cache_home() / STRINGS / name


def take_kept(folder: Path, table: Table, into: Path) -> Iterator[Path]:
    """Copy what is kept of a table below `into`, a folder a file, and return these folders.

    Two files may hold the same rows, where two runs met the same strings at the same time.
    """
    with suppress(OSError):  # nothing is kept, or the cache may be read alone
        os.utime(folder)
    for number, path in enumerate(sorted((folder / table.name).glob("*.parquet"))):
        own = into / f"{table.name}-{number}"
        own.mkdir(parents=True)
        try:
            shutil.copyfile(path, table_path(own, table))
        except OSError:  # taken away meanwhile: read anew
            continue
        if file_digest(table_path(own, table)) == path.stem:
            yield own
        else:
            path.unlink(missing_ok=True)


def keep(folder: Path, table: Table, source: Path) -> None:
    """Keep the file of a table in `source` for later runs; a full or closed disk is no fault."""
    path, home = table_path(source, table), folder / table.name
    try:
        home.mkdir(parents=True, exist_ok=True)
        if sum(file.stat().st_size for file in home.iterdir()) < MOST_BYTES:
            _put(path, home / f"{file_digest(path)}.parquet")
        forget_all_but(MOST_FOLDERS, folder.parent)
    except OSError:
        return


def _put(path: Path, target: Path) -> None:
    """Copy beside the target and put it in place in one step."""
    number, name = tempfile.mkstemp(prefix=".fresh-", dir=target.parent)
    os.close(number)
    try:
        shutil.copyfile(path, name)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
