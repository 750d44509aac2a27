"""The ledger of a harvest: one sealed line for each page that is on disk, and what became of it.

A page is written first, its line after it; both are on the disk before the next page
is asked for. A line carries a seal over its own text, so that a change by hand shows.
"""

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bibnet.harvest.disk import append_line, writing
from bibnet.harvest.listing import FIRST_CURSOR
from bibnet.harvest.pages import PAGES
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.disk import is_file

# By these two files a folder is known for a harvest.
LEDGER, SCHEDULE = "ledger.jsonl", "plan.json"
SEAL_DIGITS = 16
Entry = Mapping[str, Any]


def harvest_of_path(path: Path) -> Path | None:
    """The harvest whose folder, or whose folder of pages, a path is; None if it is neither."""
    for folder in (path, path.parent) if path.name == PAGES else (path,):
        if is_file(folder / SCHEDULE) and is_file(folder / LEDGER):
            return folder
    return None


def sealed(entry: Entry) -> bytes:
    """An entry as a line with its seal."""
    return (_text({**entry, "seal": _seal(entry)}) + "\n").encode()


def unsealed(line: bytes) -> dict[str, Any]:
    """The entry of a line; raises ValueError saying what is wrong with it."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("the line is not JSON") from None
    if not isinstance(entry, dict) or entry.pop("seal", None) != _seal(entry):
        raise ValueError("the line was changed by hand")
    return entry


def _text(entry: Entry) -> str:
    return json.dumps(entry, sort_keys=True, separators=(",", ":"))


def _seal(entry: Entry) -> str:
    return hashlib.sha256(_text(entry).encode()).hexdigest()[:SEAL_DIGITS]


@dataclass
class Walk:
    """How far a partition has been walked: the state that its entries add up to.

    `walk` counts from 1; `cursor` is the next to ask for, None at the end of the list.
    `judged` says that what was received has been compared with what was announced.
    `files` are the pages of this walk, `older` those of earlier walks.
    """

    walk: int = 1
    last_page: int = 0
    cursor: str | None = FIRST_CURSOR
    received: int = 0
    announced: int = 0
    distinct: int = 0
    judged: bool = False
    files: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """All that was announced is on disk."""
        return self.judged and self.distinct >= self.announced

    def page(self, entry: Entry) -> None:
        """Take up a page."""
        self.last_page, self.cursor = int(entry["page"]), entry["next"]
        self.received += int(entry["count"])
        self.announced = max(self.announced, int(entry["announced"]))
        self.files += [entry["file"]] if entry["file"] else []

    def restart(self) -> None:
        """Begin again; pages received so far are kept until the new walk is complete."""
        self.older, self.files = self.older + self.files, []
        self.walk, self.cursor = self.walk + 1, FIRST_CURSOR
        self.received = self.announced = self.distinct = 0
        self.judged = False


class Ledger:
    """The ledger's entries, folded into the state of each partition. Safe between threads.

    `pages` maps each page's file to its entry; `lines` counts the entries.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / LEDGER
        self.walks: dict[str, Walk] = {}
        self.pages: dict[str, Entry] = {}
        self.repairs: list[str] = []
        self.merged: dict[str, str] = {}
        self.gone: set[str] = set()
        self.years: dict[str, int] = {}
        self.last_authors_page = 0
        self.credits = 0
        self._lock = threading.Lock()

    def walk(self, partition: str) -> Walk:
        """State of a partition; one that was never walked is at its start."""
        return self.walks.setdefault(partition, Walk())

    def append(self, entry: Entry) -> None:
        """Write an entry to the disk and take it up; raises UsageError if the disk refuses it."""
        with self._lock:
            with writing(self.folder):
                append_line(self.path, sealed(entry))
            self.take(entry)

    def take(self, entry: Entry) -> None:
        """Take up an entry that is on disk; raises UsageError if it is of no known kind."""
        handler = getattr(self, f"_take_{entry.get('event')}", None)
        try:
            if handler is None:
                raise KeyError(f"event {entry.get('event')!r}")
            self.credits += int(entry.get("credits", 0))
            handler(entry)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            what = f"a line of the ledger is not of this version of bibnet: {error}"
            remedy = "use the version that made the harvest, or give another folder with --out"
            raise UsageError(Fault(what, str(self.path), remedy)) from error

    def _take_page(self, entry: Entry) -> None:
        self.walk(entry["partition"]).page(entry)
        if entry["file"]:
            self.pages[entry["file"]] = entry

    def _take_walked(self, entry: Entry) -> None:
        walk = self.walk(entry["partition"])
        walk.judged, walk.distinct = True, int(entry["distinct"])

    def _take_restart(self, entry: Entry) -> None:
        self.walk(entry["partition"]).restart()

    def _take_dropped(self, entry: Entry) -> None:
        for name in entry["files"]:
            self.pages.pop(name, None)
        for walk in self.walks.values():
            walk.older = [name for name in walk.older if name in self.pages]

    def _take_authors(self, entry: Entry) -> None:
        self.merged.update(entry["merged"])
        self.gone.update(entry["gone"])
        self.last_authors_page = int(entry["page"])
        if entry["file"]:
            self.pages[entry["file"]] = entry

    def _take_year(self, entry: Entry) -> None:
        self.years[entry["year"]] = int(entry["announced"])

    def _take_repair(self, entry: Entry) -> None:
        self.repairs.append(f"{entry['where']}: {entry['what']}")

    def _take_session(self, entry: Entry) -> None:
        """Credits that no page accounts for: estimates, and requests that failed."""
