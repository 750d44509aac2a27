"""Which files the given paths stand for, in a fixed order.

Order: the paths as given; within a folder by path below it, as text by code
point. A file that is given twice is read once.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bibnet.schema.errors import Fault, InputError
from bibnet.tables.files.remote import RemoteFile, is_remote, remote_files
from bibnet.tables.identifiers import instant

# Files that lie beside works in a snapshot or a download and hold none. Only files found
# in a folder are passed over by their name; one that is given by itself is read.
NOT_WORKS = re.compile(
    r"\..*|manifest|manifest\.json|readme.*|licen[sc]e.*|release_notes.*|.*\.(csv|csv\.gz|md)",
    re.IGNORECASE,
)
# Ids that stood for merged works until November 2025; the list was never continued.
MERGED_IDS = "merged_ids"
MERGED_IDS_REASON = "merged_ids_not_used"
LEFT_OUT = "left_out_as_damaged"
PARTITION = re.compile(r"updated_date=([0-9]{4}-[0-9]{2}-[0-9]{2})")
DATE = re.compile(r"(?<![0-9])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")


@dataclass(frozen=True)
class SourceFile:
    """An input file: place in the order of reading, path, name below what was given.

    `passed_over` says why it is not read, empty if it is. A file in a store has its address
    as path; `nearby` gives it a local one.
    """

    seq: int
    path: Path
    name: str
    passed_over: str = ""
    remote: RemoteFile | None = None

    @property
    def shown(self) -> str:
        """Path or address as users know it."""
        return self.remote.address if self.remote else str(self.path)

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
    """Every file under the paths; raises InputError that names all paths that do not exist.

    Files `left_out` (resolved paths) are passed over.
    """
    missing = [path for path in paths if not is_remote(path) and not path.exists()]
    if missing:
        remedy = "give a file or a folder of works that exists"
        raise InputError([Fault("no such file or folder", str(path), remedy) for path in missing])
    found = [source for path in paths for source in _files(path)]
    seen: set[Path] = set()
    sources = []
    for seq, source in enumerate(found):
        place = source.path if source.remote else source.path.resolve()
        reason = "given_twice" if place in seen else source.passed_over
        reason = LEFT_OUT if place in left_out else reason
        seen.add(place)
        sources.append(replace(source, seq=seq, passed_over=reason))
    return sources


@contextmanager
def nearby(source: SourceFile) -> Iterator[SourceFile]:
    """The file on this machine: itself, or a copy of one in a store, deleted afterwards.

    The copy lies in a folder of the same name, which may be a partition's. Raises OSError.
    """
    if not source.remote:
        yield source
        return
    with TemporaryDirectory(prefix="bibnet-part-") as folder:
        copy = Path(folder, *source.path.parts[-2:])
        copy.parent.mkdir(parents=True, exist_ok=True)
        source.remote.copy_to(copy)
        yield replace(source, path=copy)


def _files(given: Path) -> Iterator[SourceFile]:
    """Every file that a given path stands for; one given by itself is read whatever its name."""
    if is_remote(given):
        for name, remote in remote_files(given):
            whole = name == given.name
            path = given if whole else given / name
            yield SourceFile(0, path, name, "" if whole else _passed_over(name), remote)
    elif not given.is_dir():
        yield SourceFile(0, given, given.name)
    else:
        names = sorted(
            path.relative_to(given).as_posix() for path in given.rglob("*") if not path.is_dir()
        )
        for name in names:
            yield SourceFile(0, given / name, name, _passed_over(name))


def _passed_over(name: str) -> str:
    """Why a file found in a folder is not read; empty if it is."""
    parts = name.split("/")
    if MERGED_IDS in parts[:-1]:
        return MERGED_IDS_REASON
    hidden = any(part.startswith(".") for part in parts)
    return "not_works_by_name" if hidden or NOT_WORKS.fullmatch(parts[-1]) else ""


@dataclass
class Beside:
    """What the files that lie beside works gave: hash of each by its number, and issues."""

    hashes: dict[int, str] = field(default_factory=dict)
    issues: list[str] = field(default_factory=list)
