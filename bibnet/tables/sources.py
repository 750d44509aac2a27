"""Which files the given paths stand for, in a fixed order.

Order: the paths as given; within a folder by path below it, as text by code
point. A file that is given twice is read once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bibnet.errors import Fault, InputError
from bibnet.tables.identifiers import instant

# Files that lie beside works in a snapshot or a download and hold none. Only files found
# in a folder are passed over by their name; one that is given by itself is read.
NOT_WORKS = re.compile(
    r"\..*|manifest|manifest\.json|readme.*|licen[sc]e.*|release_notes.*|.*\.(csv|csv\.gz|md)",
    re.IGNORECASE,
)
PARTITION = re.compile(r"updated_date=([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True)
class SourceFile:
    """An input file: place in the order of reading, path, name below what was given.

    `passed_over` says why it is not read, empty if it is.
    """

    seq: int
    path: Path
    name: str
    passed_over: str = ""

    @property
    def partition(self) -> datetime | None:
        """Date of the snapshot folder the file lies in, None outside such folders."""
        dates = (PARTITION.fullmatch(part) for part in reversed(self.path.absolute().parts))
        return next((instant(date[1]) for date in dates if date), None)


def list_sources(paths: Sequence[Path]) -> list[SourceFile]:
    """Every file under the paths; raises InputError that names all paths that do not exist."""
    missing = [path for path in paths if not path.exists()]
    if missing:
        remedy = "give a file or a folder of works that exists"
        raise InputError([Fault("no such file or folder", str(path), remedy) for path in missing])
    found = [pair for path in paths for pair in _files(path)]
    seen: set[Path] = set()
    sources = []
    for seq, (path, name, reason) in enumerate(found):
        again = path.resolve() in seen
        seen.add(path.resolve())
        sources.append(SourceFile(seq, path, name, "given_twice" if again else reason))
    return sources


def _files(given: Path) -> Iterator[tuple[Path, str, str]]:
    """Path, name and reason to pass over of each file that a given path stands for."""
    if not given.is_dir():
        yield given, given.name, ""
        return
    names = sorted(
        path.relative_to(given).as_posix() for path in given.rglob("*") if not path.is_dir()
    )
    for name in names:
        hidden = any(part.startswith(".") for part in name.split("/"))
        not_works = hidden or NOT_WORKS.fullmatch(name.rpartition("/")[2])
        yield given / name, name, "not_works_by_name" if not_works else ""
