"""Whether a run's folder is still what its manifest says, and what it was when it was opened."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bibnet.schema.errors import CheckError, Fault
from bibnet.storage.manifest import read_manifest, verify_files

NAMED = 3  # files named in one sentence
State = tuple[int, int]


class RunFolder:
    """A run's folder as it was opened; `changes` says in words how it is another."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._manifest = read_manifest(folder)
        self._opened = _states(folder)
        self._since_made = self._differences()

    @property
    def manifest(self) -> Mapping[str, Any]:
        """The manifest as it was when the folder was opened."""
        return self._manifest

    def changes(self) -> list[str]:
        """One sentence for each kind of change; none for a folder that is what it was."""
        found = []
        if self._since_made:
            found.append(
                f"This folder is not what the run made it: {_listed(self._since_made)}. What is "
                "shown is what the files say now; bibnet verify names every difference."
            )
        now = _states(self._folder)
        names = {*now, *self._opened}
        since = sorted(name for name in names if now.get(name) != self._opened.get(name))
        if since:
            found.append(
                f"This folder has changed since the explorer was started: {_listed(since)}. What "
                "is shown is what the files said then; start bibnet serve again."
            )
        return found

    def _differences(self) -> list[str]:
        try:
            verify_files(self._folder, self._manifest)
        except CheckError as error:
            return [self._difference(fault) for fault in error.faults]
        return []

    def _difference(self, fault: Fault) -> str:
        name = Path(fault.where).relative_to(self._folder).as_posix()
        return f"{name} ({fault.what.rpartition(' is ')[2]})"


def _states(folder: Path) -> dict[str, State]:
    """Size and time of change of every file."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            known = path.stat()
            found[path.relative_to(folder).as_posix()] = (known.st_size, known.st_mtime_ns)
    return found


def _listed(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
