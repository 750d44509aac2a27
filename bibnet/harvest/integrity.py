"""Is a finished harvest still what its ledger and manifest say? Asked before a run uses it."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bibnet.harvest.ledger import LEDGER, SCHEDULE, Entry, Ledger
from bibnet.harvest.pages import PAGES, digest
from bibnet.harvest.record import MANIFEST, WITHDRAWN, withdrawn_list
from bibnet.harvest.recover import Line, broken_chains, read_lines
from bibnet.harvest.schedule import read_document
from bibnet.schema.errors import UsageError

# What the manifest says of a partition and the ledger adds up to.
COUNTS = ("announced", "received", "distinct")


@dataclass(frozen=True)
class Damage:
    """Something of a harvest that is not as its ledger or manifest says.

    `works` were received with a page (0 for anything else); a run must not read `path`.
    """

    path: Path
    what: str
    where: str
    works: int = 0


def damages(folder: Path) -> list[Damage]:
    """Everything in a harvest that is not as recorded; empty for a sound one. Changes nothing.

    Compared are the ledger's lines with their seals, every page with its line, the files in the
    folder of pages with the ledger, and the manifest's counts with what the ledger adds up to.
    """
    ledger = Ledger(folder)
    lines, found = _taken(ledger)
    numbers = {line.entry.get("file"): line.number for line in lines}
    for name, entry in ledger.pages.items():
        found += _page(folder / name, entry, f"{folder / name} ({LEDGER}, line {numbers[name]})")
    return [*found, *_strays(ledger), *_chains(ledger, lines), *_counts(ledger)]


def _taken(ledger: Ledger) -> tuple[list[Line], list[Damage]]:
    """Take up the lines of the ledger; sound ones, and what is wrong with the others."""
    path, found, sound = ledger.path, [], []
    try:
        lines, faults = read_lines(path)
    except OSError as error:
        return [], [Damage(path, f"the ledger cannot be read: {error.strerror}", str(path))]
    for where, what in faults:
        found.append(Damage(path, what or "the last line is cut short", f"{path.parent}: {where}"))
    for line in lines:
        try:
            ledger.take(line.entry)
            sound.append(line)
        except UsageError as error:
            where = f"{path}, line {line.number}"
            found += [Damage(path, fault.what, where) for fault in error.faults]
    if not lines:
        found.append(Damage(path, "the ledger is missing or empty", str(path)))
    return sound, found


def _page(path: Path, entry: Entry, where: str) -> Iterator[Damage]:
    if digest(path) == str(entry["sha256"]):
        return
    yield Damage(path, _what_ails(path), where, int(entry["count"]))


def _what_ails(path: Path) -> str:
    try:
        with gzip.open(path) as file:
            while file.read(1 << 20):
                pass
    except FileNotFoundError:
        return "a page of the harvest is missing"
    except EOFError:
        return "a page of the harvest is cut short"
    except (OSError, zlib.error):
        return "a page of the harvest cannot be read"
    return "a page of the harvest was changed"


def _strays(ledger: Ledger) -> Iterator[Damage]:
    """Files among the pages that the ledger does not know, and a changed list of merged works."""
    known = {ledger.folder / name for name in ledger.pages}
    withdrawn = ledger.folder / WITHDRAWN
    for path in sorted((ledger.folder / PAGES).rglob("*")):
        hidden = path.name.startswith(".")
        if path.is_file() and path not in known and path != withdrawn and not hidden:
            yield Damage(path, "a file that is not of the harvest lies among its pages", str(path))
    day = _document(ledger.folder / SCHEDULE).get("started", "")
    if withdrawn_list(ledger, str(day)[:10]) != _bytes(withdrawn):
        yield Damage(withdrawn, "the list of merged works was changed or is missing", WITHDRAWN)


def _chains(ledger: Ledger, lines: list[Line]) -> Iterator[Damage]:
    for name in sorted(broken_chains(lines)):
        yield Damage(
            ledger.path, "lines of the ledger are missing", f"{ledger.path}, partition {name}"
        )


def _counts(ledger: Ledger) -> Iterator[Damage]:
    """A manifest that is not of a complete harvest, or whose counts are not the ledger's."""
    path = ledger.folder / MANIFEST
    document = _document(path)
    if document.get("complete") is not True:
        missing = document.get("missing")
        works = sum(missing.values()) if isinstance(missing, dict) else 0
        yield Damage(path, "the harvest is not complete", str(path), works)
    parts = document.get("partitions")
    for part in parts if isinstance(parts, list) else ():
        walk = ledger.walks.get(part.get("name"))
        recorded = [part.get(name) for name in COUNTS]
        kept = [getattr(walk, name, 0) for name in COUNTS]
        if recorded != kept:
            what = f"the manifest's counts {recorded} are not those of the ledger, {kept}"
            yield Damage(path, what, f"{path}, partition {part.get('name')}")


def _document(path: Path) -> dict[str, object]:
    try:
        return read_document(path)
    except UsageError:
        return {}


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
