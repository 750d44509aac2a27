"""What lies in a folder, all the way down: plain files, and what is no such thing, with the reason.

Links are followed; a folder that is reached twice, by a link to one of its own parents or to a
folder beside it, is looked into once. Nothing here waits: a pipe or device is never opened.
"""

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bibnet.storage.disk import shown_path

FILE, FOLDER, PIPE, SOCKET, DEVICE = "file", "folder", "pipe", "socket", "device"
BROKEN, UNREADABLE = "broken_link", "unreadable_folder"
REACHED_TWICE, NOT_UTF8 = "folder_reached_twice", "name_not_utf8"
# Kinds that are neither file nor folder, in words.
NO_FOLDER: Mapping[str, str] = {
    PIPE: "a pipe",
    SOCKET: "a socket",
    DEVICE: "a device",
    BROKEN: "a link that leads nowhere or in a circle, or a name too long",
}
KINDS = (
    (stat.S_ISREG, FILE),
    (stat.S_ISDIR, FOLDER),
    (stat.S_ISFIFO, PIPE),
    (stat.S_ISSOCK, SOCKET),
)


@dataclass(frozen=True)
class Found:
    """An entry below a folder: its path there, the same as text, and why it is no file to read."""

    path: str
    name: str
    reason: str = ""


def kind_of(path: Path) -> str:
    """What a path is, links followed; empty where there is nothing."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return BROKEN if path.is_symlink() else ""
    except OSError:
        return BROKEN
    return next((kind for holds, kind in KINDS if holds(mode)), DEVICE)


def found_in(folder: Path) -> Iterator[Found]:
    """Every entry below a folder that is no folder to look into, by its name as text."""
    found: list[Found] = []
    seen: set[tuple[int, int]] = set()
    # Folders before links to folders: what can be reached by its own path is named by it.
    waiting, links = [""], list[str]()
    while waiting or links:
        below = waiting.pop() if waiting else links.pop()
        place = folder / below
        try:
            names = sorted(entry.name for entry in place.iterdir())
            identity = place.stat()
        except OSError:
            found.append(_named(below, UNREADABLE))
            continue
        if (identity.st_dev, identity.st_ino) in seen:
            found.append(_named(below, REACHED_TWICE))
            continue
        seen.add((identity.st_dev, identity.st_ino))
        for path in reversed([f"{below}/{name}" if below else name for name in names]):
            kind = kind_of(folder / path)
            if kind == FOLDER:
                (links if (folder / path).is_symlink() else waiting).append(path)
            else:
                found.append(_named(path, "" if kind == FILE else kind or BROKEN))
    yield from sorted(found, key=lambda one: one.name)


def _named(path: str, reason: str) -> Found:
    name = shown_path(path)
    return Found(path, name, reason or (NOT_UTF8 if name != path else ""))
