"""What a snapshot's manifest announces, compared with what was read, file by file.

Understands `manifest.json` (`files`) and the older `manifest` (`entries`): both list a URL
and a `record_count` per file. Files are recognised by the end of their path, because a copy
may lie anywhere.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bibnet.tables.files.sources import NOT_BY_NAME, PARTITION, Beside, SourceFile, nearby

MANIFEST_NAMES = ("manifest", "manifest.json")
LISTS = ("files", "entries")
LARGEST = 64 << 20  # bytes; a manifest of 10,000 files is some 2 MB
Counted = Sequence[tuple[SourceFile, int]]


def read_manifests(sources: Sequence[SourceFile], counted: Counted) -> Beside:
    """Issues of every file that is not as a manifest announces it: cut, missing, added.

    `counted` holds the files that were read with their number of lines. A manifest of other
    entities says nothing about works.
    """
    found = Beside()
    for source in sources:
        if source.passed_over == NOT_BY_NAME and source.path.name in MANIFEST_NAMES:
            content = _content(source)
            found.hashes[source.seq] = hashlib.sha256(content).hexdigest()
            below = [(s, n) for s, n in counted if s.path.is_relative_to(source.path.parent)]
            issues = _issues(_document(content), below)
            found.issues += [f"{source.name}: {issue}" for issue in issues]
    return found


def _content(source: SourceFile) -> bytes:
    """Bytes of a manifest; none where it cannot be read, which then shows as an issue."""
    try:
        with nearby(source) as here, here.path.open("rb") as file:
            return file.read(LARGEST)
    except OSError:
        return b""


def _document(content: bytes) -> Mapping[str, Any] | None:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _issues(document: Mapping[str, Any] | None, counted: Counted) -> Iterator[str]:
    if document is None:
        yield "not a manifest that can be read; the files are not compared with it"
    elif document.get("entity", "works") == "works":
        announced = dict(_announced(document))
        if not announced:
            yield "names no files; the files are not compared with it"
        else:
            yield from _compared(announced, counted)


def _announced(document: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """End of the path and number of records of every file that the manifest lists in full."""
    for name in LISTS:
        entries = document.get(name)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("meta"), dict):
                url, count = entry.get("url"), entry["meta"].get("record_count")
                if isinstance(url, str) and isinstance(count, int):
                    yield _end(url), count


def _compared(announced: Mapping[str, int], counted: Counted) -> Iterator[str]:
    lines = {_end(source.path.as_posix()): number for source, number in counted}
    for name in sorted({*announced, *lines}):
        if name not in lines:
            yield f"{name} is missing ({announced[name]} records announced)"
        elif name not in announced:
            yield f"{name} is not announced; is it of another release?"
        elif lines[name] != announced[name]:
            yield f"{name} has {lines[name]} lines, {announced[name]} records announced"


def _end(path: str) -> str:
    """Name of a file with the partition it lies in."""
    parts = Path(path).parts[-2:]
    return "/".join(parts if PARTITION.fullmatch(parts[0]) else parts[-1:])
