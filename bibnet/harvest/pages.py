"""Pages on disk: gzip JSON Lines, one object a line, hashed, each written in one step."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.harvest.disk import write_whole, writing

PAGES, AUTHORS = "pages", "authors"
LEVEL = 6
NO_NUMBER = -1
CUT_AT = 100  # authorships; the lists of the source end there, and nothing says so


def page_name(partition: str, number: int) -> str:
    """Name of a page's file below the harvest's folder."""
    return f"{PAGES}/{partition}/{number:05}.jsonl.gz"


def page_bytes(objects: Iterable[Mapping[str, Any]]) -> bytes:
    """A page as it stands on disk: same objects, same bytes.

    Characters beyond ASCII are escaped; a lone surrogate cannot be written otherwise.
    """
    lines = (json.dumps(item, separators=(",", ":")) + "\n" for item in objects)
    return gzip.compress("".join(lines).encode("ascii"), LEVEL, mtime=0)


def write_page(folder: Path, name: str, objects: Sequence[Mapping[str, Any]]) -> str:
    """Write a page and return its SHA-256; raises UsageError if the disk refuses it."""
    content = page_bytes(objects)
    with writing(folder):
        write_whole(folder / name, content)
    return hashlib.sha256(content).hexdigest()


def read_page(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a page."""
    with gzip.open(path, "rt", encoding="ascii") as file:
        yield from map(json.loads, file)


def is_cut(work: Mapping[str, Any]) -> bool:
    """Whether a work of a list has as many authorships as a list shows."""
    authorships = work.get("authorships")
    return isinstance(authorships, list) and len(authorships) == CUT_AT


def digest(path: Path) -> str | None:
    """SHA-256 of a file; None if it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def numbers(objects: Iterable[Mapping[str, Any]]) -> npt.NDArray[np.int64]:
    """Sorted distinct numbers of the objects' ids (17 for W17); an object without one has none."""
    found = np.fromiter((_number(item.get("id")) for item in objects), dtype=np.int64)
    return np.setdiff1d(found, [NO_NUMBER])


def _number(identifier: object) -> int:
    bare = str(identifier).rpartition("/")[2][1:]
    return int(bare) if bare.isdecimal() and bare.isascii() and len(bare) < 19 else NO_NUMBER
