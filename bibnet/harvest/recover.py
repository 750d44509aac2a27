"""What is on disk, compared with the ledger, when a harvest begins.

- A last line that was cut by a kill is dropped; a page without a line is removed and
  fetched again.
- A line that was changed by hand, or a page that is missing or not what its line says:
  reported with file and line, and the partition is walked again. Sound pages stay until
  the new walk is complete, so nothing that was received is lost meanwhile.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibnet.harvest.disk import write_whole, writing
from bibnet.harvest.ledger import LEDGER, Entry, Ledger, sealed, unsealed
from bibnet.harvest.listing import FIRST_CURSOR
from bibnet.harvest.pages import AUTHORS, PAGES, digest


@dataclass(frozen=True)
class Line:
    """A sound line of the ledger and its number in the file."""

    number: int
    entry: dict[str, Any]


def open_ledger(folder: Path, say: Callable[[str], None]) -> Ledger:
    """The ledger of a folder, with the folder set right; `say` is told of each repair."""
    ledger = Ledger(folder)
    with writing(folder):
        lines, faults = read_lines(ledger.path)
        if faults:
            _rewrite(ledger.path, lines, keep=any(what for _, what in faults))
    for line in lines:
        ledger.take(line.entry)
    repairs = [*((where, what) for where, what in faults if what), *_mend(ledger, lines)]
    for where, what in repairs:
        say(f"repaired: {where}: {what}")
        ledger.append({"event": "repair", "where": where, "what": what})
    with writing(folder):
        _remove_strays(ledger)
    return ledger


def read_lines(path: Path) -> tuple[list[Line], list[tuple[str, str]]]:
    """Sound lines, and a fault for each other one; the fault of a cut last line is empty."""
    content = path.read_bytes() if path.exists() else b""
    *whole, cut = content.split(b"\n")
    lines, faults = [], []
    for number, text in enumerate(whole, 1):
        try:
            lines.append(Line(number, unsealed(text)))
        except ValueError as error:
            faults.append((f"{path.name}, line {number}", str(error)))
    return lines, faults + [(path.name, "")] * bool(cut)


def _rewrite(path: Path, lines: list[Line], *, keep: bool) -> None:
    """Leave only the sound lines; `keep` keeps the file as it was beside it."""
    if keep:
        shutil.copyfile(path, path.with_name(f".damaged-{LEDGER}"))
    write_whole(path, b"".join(sealed(line.entry) for line in lines))


def _mend(ledger: Ledger, lines: list[Line]) -> list[tuple[str, str]]:
    """Drop damaged pages and restart the partitions they or broken chains belong to."""
    found = {line.entry.get("file"): line.number for line in lines}
    damaged = [name for name, entry in ledger.pages.items() if _differs(ledger, name, entry)]
    repairs = [
        (f"{name} ({LEDGER}, line {found[name]})", "the page is missing, cut short or changed")
        for name in damaged
    ]
    torn = {ledger.pages[name].get("partition", AUTHORS) for name in damaged}
    broken = broken_chains(lines) - torn
    repairs += [(f"{LEDGER}, partition {name}", "pages are missing") for name in sorted(broken)]
    for partition in sorted((torn | broken) - {AUTHORS}):
        ledger.append({"event": "restart", "partition": partition, "why": "damage"})
    if damaged:
        ledger.append({"event": "dropped", "files": damaged})
    return repairs


def _differs(ledger: Ledger, name: str, entry: Entry) -> bool:
    return digest(ledger.folder / name) != str(entry["sha256"])


def broken_chains(lines: list[Line]) -> set[str]:
    """Partitions whose pages do not follow one another: a line is gone."""
    expected: dict[str, str | None] = defaultdict(lambda: FIRST_CURSOR)
    walks: dict[str, int] = defaultdict(lambda: 1)
    broken = set()
    for entry in (line.entry for line in lines):
        partition = entry.get("partition", "")
        if entry["event"] == "restart":
            walks[partition], expected[partition] = walks[partition] + 1, FIRST_CURSOR
            broken.discard(partition)
        elif entry["event"] == "page":
            if (entry["cursor"], entry["walk"]) != (expected[partition], walks[partition]):
                broken.add(partition)
            expected[partition] = entry["next"]
        elif entry["event"] == "walked" and expected[partition] is not None:
            broken.add(partition)
    return broken


def _remove_strays(ledger: Ledger) -> None:
    """Remove files that no line accounts for: a kill came between page and line."""
    known = {ledger.folder / name for name in ledger.pages}
    for path in (ledger.folder / PAGES).rglob("*"):
        if path.is_file() and path not in known:
            path.unlink()
