"""Whether files that are read from a finished folder are still those of its manifest."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bibnet.schema.errors import ChangedFileWarning, Fault, InputError
from bibnet.storage.manifest import file_digest


class RecordedFiles:
    """The files of a folder by the hashes in its manifest; each is compared once, when read."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]):
        self._folder = folder
        self._left = dict(manifest.get("files") or {})

    def has(self, path: Path) -> bool:
        """Tell whether the manifest has a file that was not read yet."""
        return path.relative_to(self._folder).as_posix() in self._left

    def reading(self, path: Path) -> Path:
        """Return `path`; warns where the manifest has another hash of the file.

        A file that the manifest does not have, and one that is missing, is for the reader to
        judge; `bibnet verify` names all of them.
        """
        recorded = self._left.pop(path.relative_to(self._folder).as_posix(), None)
        if recorded and path.is_file() and file_digest(path) != recorded:
            warnings.warn(
                f"{path} has changed since the run was made; what follows is what it says now. "
                "bibnet verify names every difference; run the query again to be sure.",
                ChangedFileWarning,
                stacklevel=3,
            )
        return path


def absent(what: str, path: Path, recorded: RecordedFiles | None) -> InputError:
    """The error for a file that a run has not: it lost it, or it is of an earlier version."""
    if recorded and recorded.has(path):
        remedy = "give a whole run, or run the query again"
        return InputError(Fault(f"the run has lost its {what}", str(path), remedy))
    return earlier(f"there is no {what}", path)


def earlier(lack: str, path: Path) -> InputError:
    """The error for what a run of an earlier version has not."""
    what = f"the run was made by an earlier version of bibnet: {lack}"
    return InputError(Fault(what, str(path), "run the query again"))
