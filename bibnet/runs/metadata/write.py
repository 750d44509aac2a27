"""The descriptions of a run, written into its folder before the manifest is."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bibnet.runs.metadata.citation_file import citation_file
from bibnet.runs.metadata.crate import CRATE_FILE, crate
from bibnet.runs.metadata.data_package import data_package
from bibnet.runs.metadata.described import described_run
from bibnet.storage.manifest import file_digest, file_hashes

PACKAGE_FILE = "datapackage.json"
CITATION_FILE = "CITATION.cff"


def write_metadata(folder: Path, manifest: Mapping[str, Any]) -> dict[str, str]:
    """Write datapackage.json, CITATION.cff and ro-crate-metadata.json into a run's folder.

    `manifest` is the run's, without hashes. Returns the SHA-256 of every file that is now there,
    for the manifest: each file is read once. The same run gives the same bytes.
    """
    hashes = file_hashes(folder)
    run = described_run(folder, manifest, hashes)
    _write(folder, hashes, PACKAGE_FILE, _json(data_package(run)))
    _write(folder, hashes, CITATION_FILE, citation_file(run))
    whole = described_run(folder, manifest, hashes)
    _write(folder, hashes, CRATE_FILE, _json(crate(whole)))
    return hashes


def _write(folder: Path, hashes: dict[str, str], name: str, text: str) -> None:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    hashes[name] = file_digest(path)


def _json(record: Mapping[str, Any]) -> str:
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"
