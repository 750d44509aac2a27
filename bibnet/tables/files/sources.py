"""Which files the given paths stand for, in a fixed order.

Order: the paths as given; within a folder by path below it, as text by code point. A file that is
given twice is read once. What is given by itself is read if it can be: a file whatever its name, a
pipe to its end, and `-`, which is standard input. What lies in a folder and is no file with a
plain name is passed over, with the reason.
"""

import re
import shutil
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bibnet.schema.errors import Fault, InputError
from bibnet.storage.disk import shown_path
from bibnet.storage.progress import Meter
from bibnet.tables.files.compression import holds_works
from bibnet.tables.files.folder import NO_FOLDER, PIPE, found_in, kind_of
from bibnet.tables.files.remote import RemoteFile, is_remote, remote_files
from bibnet.tables.identifiers import instant

# Files that lie beside works in a snapshot or a download and hold none. Only files found
# in a folder are passed over by their name; one that is given by itself is read.
NOT_WORKS = re.compile(
    r"\..*|manifest|manifest\.json|readme.*|licen[sc]e.*|release_notes.*|.*\.(csv|csv\.gz|md)",
    re.IGNORECASE,
)
# Exports of other sources have such names too; what is in them tells.
TABLE = re.compile(r"(?!\.|deleted_ids\.).*\.csv(\.gz)?", re.IGNORECASE)
NOT_BY_NAME = "not_works_by_name"
GIVEN_TWICE = "given_twice"
# Ids that stood for merged works until November 2025; the list was never continued.
MERGED_IDS = "merged_ids"
MERGED_IDS_REASON = "merged_ids_not_used"
LEFT_OUT = "left_out_as_damaged"
# Reasons that are no surprise to whoever gave the folder.
EXPECTED = frozenset((NOT_BY_NAME, GIVEN_TWICE, MERGED_IDS_REASON, LEFT_OUT))
PARTITION = re.compile(r"updated_date=([0-9]{4}-[0-9]{2}-[0-9]{2})")
DATE = re.compile(r"(?<![0-9])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")
STANDARD_INPUT = Path("-")
STANDARD_INPUT_NAME = "standard input"
COPY_BLOCK = 1 << 20


@dataclass(frozen=True)
class SourceFile:
    """An input file: place in the order of reading, path, name below what was given.

    `passed_over` says why it is not read, empty if it is. A file in a store has its address
    as path, and a `stream` (a pipe, standard input) is read once: `nearby` gives either a local
    file.
    """

    seq: int
    path: Path
    name: str
    passed_over: str = ""
    remote: RemoteFile | None = None
    stream: bool = False

    @property
    def shown(self) -> str:
        """Path or address as users know it."""
        return self.remote.address if self.remote else shown_path(self.path)

    @property
    def partition(self) -> datetime | None:
        """Date of the snapshot folder the file lies in, None outside such folders."""
        dates = (PARTITION.fullmatch(part) for part in reversed(self.path.absolute().parts))
        return next((instant(date[1]) for date in dates if date), None)

    @property
    def dated(self) -> datetime | None:
        """The date in its path that stands nearest to its name; None if there is none.

        That is the date of a partition, of a harvest's folder or of the file itself. The time
        that a file system keeps is no date: it changes when a file is copied.
        """
        parts = reversed(self.path.absolute().parts)
        dates = (instant(found) for part in parts for found in reversed(DATE.findall(part)))
        return next(filter(None, dates), None)


def list_sources(paths: Sequence[Path], left_out: Collection[Path] = ()) -> list[SourceFile]:
    """Every file under the paths; raises InputError that names all paths that cannot be read.

    Files `left_out` (resolved paths) are passed over.
    """
    faults = [fault for path in paths if not is_remote(path) for fault in _faults(path)]
    if faults:
        raise InputError(faults)
    found = [source for path in paths for source in _files(path)]
    seen: set[Path] = set()
    sources = []
    for seq, source in enumerate(found):
        place = source.path if source.remote or source.passed_over else _resolved(source.path)
        reason = GIVEN_TWICE if place in seen else source.passed_over
        reason = LEFT_OUT if place in left_out else reason
        seen.add(place)
        sources.append(replace(source, seq=seq, passed_over=reason))
    return sources


def _faults(path: Path) -> Iterator[Fault]:
    """What is wrong with a path that is given by itself."""
    if path == STANDARD_INPUT:
        return
    kind, remedy = kind_of(path), "give a file or a folder of works that exists"
    if kind in NO_FOLDER and kind != PIPE:
        yield Fault(f"not a file of works: {NO_FOLDER[kind]}", shown_path(path), remedy)
    elif not kind:
        yield Fault("no such file or folder", shown_path(path), remedy)


def _resolved(path: Path) -> Path:
    # A pipe that a shell has opened has a name that leads nowhere.
    return path.resolve() if path.is_file() else path.absolute()


@contextmanager
def nearby(source: SourceFile, scratch: Path | None = None) -> Iterator[SourceFile]:
    """The file on this machine: itself, or a copy of one in a store or of a stream.

    The copy lies in `scratch` (the system's own if there is none) and is deleted afterwards. That
    of a file in a store lies in a folder of the same name, which may be a partition's. Raises
    OSError.
    """
    if not source.remote and not source.stream:
        yield source
        return
    with TemporaryDirectory(prefix="bibnet-part-", dir=scratch) as folder:
        copy = Path(folder, *source.path.parts[-2:]) if source.remote else Path(folder, "stream")
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.remote:
            source.remote.copy_to(copy)
        else:
            _drain(source.path, copy)
        yield replace(source, path=copy)


def _drain(stream: Path, copy: Path) -> None:
    """Copy a pipe, or standard input, to its end."""
    with copy.open("wb") as target:
        if stream == STANDARD_INPUT:
            shutil.copyfileobj(sys.stdin.buffer, target, COPY_BLOCK)
        else:
            with stream.open("rb") as pipe:
                shutil.copyfileobj(pipe, target, COPY_BLOCK)


def _files(given: Path) -> Iterator[SourceFile]:
    """Every file that a given path stands for; one given by itself is read whatever its name."""
    if is_remote(given):
        for name, remote in remote_files(given):
            whole = name == given.name
            path = given if whole else given / name
            yield SourceFile(0, path, name, "" if whole else _passed_over(name), remote)
    elif given == STANDARD_INPUT:
        yield SourceFile(0, given, STANDARD_INPUT_NAME, stream=True)
    elif not given.is_dir():
        yield SourceFile(0, given, shown_path(given.name), stream=kind_of(given) == PIPE)
    else:
        for found in found_in(given):
            path = given / found.path
            reason = found.reason or _passed_over(found.name)
            if reason == NOT_BY_NAME and TABLE.fullmatch(path.name) and holds_works(path):
                reason = ""
            yield SourceFile(0, path, found.name, reason)


def _passed_over(name: str) -> str:
    """Why a file found in a folder is not read; empty if it is."""
    parts = name.split("/")
    if MERGED_IDS in parts[:-1]:
        return MERGED_IDS_REASON
    hidden = any(part.startswith(".") for part in parts)
    return NOT_BY_NAME if hidden or NOT_WORKS.fullmatch(parts[-1]) else ""


@dataclass
class Beside:
    """What the files that lie beside works gave: hash of each by its number, and issues."""

    hashes: dict[int, str] = field(default_factory=dict)
    issues: list[str] = field(default_factory=list)


def metered(sources: Sequence[SourceFile], meter: Meter) -> Iterator[SourceFile]:
    """The files one by one; the meter learns from their sizes how far the reading is."""
    sizes = [_size(source.path) for source in sources]
    done = 0
    for source, size in zip(sources, sizes, strict=True):
        yield source
        done += size
        meter.reach(done / max(sum(sizes), 1))


def _size(path: Path) -> int:
    """Bytes of a file on this machine; 0 of one that is elsewhere, or gone."""
    return path.stat().st_size if path.is_file() else 0


def not_used(sources: Sequence[SourceFile]) -> Iterator[str]:
    """What of a snapshot lies there and is not used, in words."""
    unused = sum(source.passed_over == MERGED_IDS_REASON for source in sources)
    if unused:
        yield f"{MERGED_IDS}: {unused} files passed over; merged ids of old releases are not used"
