"""Whether files that are read from a finished folder are still those of its manifest."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bibnet.schema.errors import ChangedFileWarning
from bibnet.storage.manifest import file_digest


class RecordedFiles:
    """The files of a folder by the hashes in its manifest; each is compared once, when read."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]):
        self._folder = folder
        self._left = dict(manifest.get("files") or {})

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
