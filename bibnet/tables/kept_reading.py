"""Works files that an earlier run read are not read again.

What was read lies below the user's cache folder, a folder for each reading. Its name is the hash of
all that the reading depends on: bytes, path and place in the order of every file, which are passed
over and why, and the state of bibnet. Nothing of the query is among it. The files are copied into
the run and must have the hashes that were written down: what is cut short or changed is thrown away
and read anew, never trusted. Where nothing can be written, nothing is kept.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

from bibnet.schema.source import INPUT_FILE
from bibnet.storage.cache import cache_home, forget_all_but
from bibnet.storage.manifest import file_digest
from bibnet.storage.package import package_digest
from bibnet.storage.progress import Status, silent
from bibnet.storage.tables import table_path
from bibnet.tables.files.sources import SourceFile, list_sources
from bibnet.tables.read import read_works
from bibnet.tables.reading import Reading

READINGS, RECORD = "readings", "reading.msgpack"
# Of works files: less is read within a second, more takes long to hash.
LEAST_BYTES, MOST_BYTES = 1 << 20, 20 << 30
# Of the tables of one reading; more is not kept.
MOST_KEPT_BYTES = 2 << 30
# The least recently used go first.
MOST_READINGS = 3


@dataclass(frozen=True)
class _Record:
    """What a kept folder holds: the hash of each file by its name, and what the reader counted."""

    files: dict[str, str]
    reading: Reading


@dataclass(frozen=True)
class _Given:
    """The works files of a reading, and the hash of the bytes of each that is on this machine."""

    sources: Sequence[SourceFile]
    digests: Sequence[str]

    @property
    def home(self) -> Path:
        """Where a reading of these files is kept."""
        lines = [package_digest()]
        for source, digest in zip(self.sources, self.digests, strict=True):
            place = (source.path.absolute().as_posix(), source.path.as_posix(), source.name)
            lines.append("\0".join((*place, source.passed_over, digest)))
        whole = "\n".join(lines).encode("utf-8", "surrogateescape")
        return cache_home() / READINGS / hashlib.sha256(whole).hexdigest()[:32]


def read_or_take(
    paths: Sequence[Path],
    folder: Path,
    status: Status = silent,
    left_out: Collection[Path] = (),
) -> tuple[Reading, bool]:
    """As `read_works`, and whether it was an earlier run that read the files."""
    given = _given(list_sources(paths, left_out))
    kept = _take(given.home, folder) if given else None
    if kept:
        return kept, True
    reading = read_works(paths, folder, status, left_out)
    if given and _as_read(given, folder):
        _keep(given.home, folder, reading)
    return reading, False


def _given(sources: Sequence[SourceFile]) -> _Given | None:
    """The files with their hashes; None where a reading of them is not kept."""
    if any(source.remote or source.stream for source in sources):
        return None
    try:
        sizes = [source.path.stat().st_size for source in sources if source.path.is_file()]
        if not LEAST_BYTES <= sum(sizes) <= MOST_BYTES:
            return None
        return _Given(sources, [_digest(source.path) for source in sources])
    except OSError:  # the reader says what is wrong with it
        return None


def _digest(path: Path) -> str:
    return file_digest(path) if path.is_file() else ""


def _as_read(given: _Given, folder: Path) -> bool:
    """Whether the reader met the very bytes that were hashed."""
    columns = ["file_seq", "sha256"]
    rows = pq.read_table(table_path(folder, INPUT_FILE), columns=columns).to_pylist()
    return all(row["sha256"] in (None, given.digests[row["file_seq"]]) for row in rows)


def _take(home: Path, folder: Path) -> Reading | None:
    """Copy a kept reading into the folder of a run; None where there is none that is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        content = (home / RECORD).read_bytes()
        size = hashlib.sha256().digest_size
        if content[:size] != hashlib.sha256(content[size:]).digest():
            raise ValueError("cut short")
        record = msgspec.msgpack.decode(content[size:], type=_Record)
        for name, digest in record.files.items():
            shutil.copyfile(home / name, folder / name)
            if file_digest(folder / name) != digest:
                raise ValueError("changed")
    except (OSError, ValueError, msgspec.MsgspecError):
        shutil.rmtree(home, ignore_errors=True)
        for path in folder.iterdir():
            path.unlink()
        return None
    with suppress(OSError):  # a cache that may be read alone
        os.utime(home)
    return record.reading


def _keep(home: Path, folder: Path, reading: Reading) -> None:
    """Keep what was read; a full or closed disk is no fault."""
    fresh = None
    try:
        if sum(path.stat().st_size for path in _files(folder)) > MOST_KEPT_BYTES:
            return
        home.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".fresh-", dir=home.parent))
        for path in _files(folder):
            shutil.copyfile(path, fresh / path.name)
        files = {path.name: file_digest(path) for path in _files(folder)}
        body = msgspec.msgpack.encode(_Record(files, reading))
        (fresh / RECORD).write_bytes(hashlib.sha256(body).digest() + body)
        fresh.replace(home)
        forget_all_but(MOST_READINGS, home.parent)
    except OSError:
        return
    finally:
        if fresh:
            shutil.rmtree(fresh, ignore_errors=True)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.is_file())
