"""The manifest of a folder of files: what it says of itself, and the hash of every file.

Nothing in it depends on the clock, the machine or where the folder lies.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bibnet.schema.errors import CheckError, Fault, InputError

MANIFEST = "manifest.json"
CHUNK = 1 << 20


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a run folder but the manifest, by relative path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): file_digest(path)
        for path in paths
        if path.name != MANIFEST
    }


def write_manifest(folder: Path, manifest: Mapping[str, Any], hashes: Mapping[str, str]) -> None:
    """Write the manifest with the hashes of the files in the folder, by relative path."""
    whole = {**manifest, "files": hashes}
    text = json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read a run's manifest; raises InputError if the folder is not a run."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(
            Fault(f"not a finished run: {why}", str(path), "give the folder of a run")
        ) from error
    if not isinstance(manifest, dict):
        raise InputError(Fault("not a manifest", str(path), "give the folder of a run"))
    return manifest


def verify_files(folder: Path, manifest: Mapping[str, Any]) -> int:
    """Compare every file of a run with its hash; the number of files.

    Raises CheckError naming all files that are missing, changed or not of the run.
    """
    recorded, found = manifest.get("files", {}), file_hashes(folder)
    states = {
        "missing": sorted(set(recorded) - set(found)),
        "not of the run": sorted(set(found) - set(recorded)),
        "changed": sorted(n for n in set(found) & set(recorded) if found[n] != recorded[n]),
    }
    faults = [
        Fault(f"the file is {state}", str(folder / name), "run the query again")
        for state, names in states.items()
        for name in names
    ]
    if faults:
        raise CheckError(faults)
    return len(found)
