"""Reading registry files: which form a file has, and its records as fields of one form."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from bibnet.places.registry.record import compact_fields, openalex_fields, ror_fields
from bibnet.schema.errors import Fault, InputError
from bibnet.storage.opened import open_binary

Fields = dict[str, Any]
RecordReader = Callable[[Any], Fields]
ZIP_MAGIC = b"PK\x03\x04"
# What `bibnet harvest --institutions` leaves: a manifest beside a folder of pages.
MANIFEST, PAGES, PAGE_FILES = "manifest.json", "pages", "*.jsonl*"
DATE_LETTERS = 10  # a harvest's folder is named by its day
FAULTS_SHOWN = 10  # a file of another kind breaks in every record; ten say enough
REMEDY = "give a ROR v2 dump, OpenAlex institutions or compact ROR lines"
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError)


def registry_files(path: Path) -> list[Path]:
    """The files of a registry: the file itself, or the pages of a harvest of institutions.

    A harvest may be given by the folder of one harvest, or by the folder that holds them all;
    then the newest complete one is meant. Raises InputError if a folder holds no page, or if the
    manifest of the harvest does not say that it is complete.
    """
    if not path.is_dir():
        return [path]
    harvest = _harvest(path)
    pages = sorted((harvest / PAGES if (harvest / PAGES).is_dir() else harvest).rglob(PAGE_FILES))
    if not pages:
        remedy = "give a registry file, or the folder of `bibnet harvest --institutions`"
        raise InputError(Fault("the folder holds no page of a harvest", str(path), remedy))
    return pages


def _harvest(path: Path) -> Path:
    """The folder of one harvest at or below a folder; a folder of pages stays itself."""
    if (path / PAGES).is_dir() or not any(path.rglob(MANIFEST)):
        if (path / PAGES).is_dir() and not _is_complete(path):
            remedy = "run `bibnet harvest --institutions` again to complete it"
            raise InputError(Fault("the harvest is not complete", str(path), remedy))
        return path
    found = [manifest.parent for manifest in path.rglob(MANIFEST) if _is_complete(manifest.parent)]
    if not found:
        remedy = "run `bibnet harvest --institutions` again to complete it"
        raise InputError(Fault("no harvest below it is complete", str(path), remedy))
    return max(found, key=lambda folder: (folder.name[:DATE_LETTERS], len(folder.name), folder))


def _is_complete(harvest: Path) -> bool:
    try:
        record = msgspec.json.decode((harvest / MANIFEST).read_bytes())
    except (OSError, msgspec.DecodeError):
        return False
    return isinstance(record, dict) and record.get("complete") is True


def registry_digest(path: Path) -> str:
    """Hash of a registry's bytes, over all its files in their order."""
    found = hashlib.sha256()
    files = registry_files(path)
    for file in files:
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
        found.update(digest.digest())
    return digest.hexdigest() if files == [path] else found.hexdigest()


def read_organisations(path: Path) -> list[Fields]:
    """Read every record of a registry as fields of an organisation.

    Raises InputError with the file and the first faulty lines or records.
    """
    return [fields for file in registry_files(path) for fields in _read_file(file)]


def _read_file(path: Path) -> list[Fields]:
    try:
        with _open(path) as stream:
            return _records(path, stream)
    except BROKEN as error:
        raise InputError(Fault(f"cannot read the registry: {error}", str(path), REMEDY)) from error


def _open(path: Path) -> BinaryIO:
    with path.open("rb") as stream:
        magic = stream.read(len(ZIP_MAGIC))
    if magic != ZIP_MAGIC:
        return open_binary(path)
    archive = zipfile.ZipFile(path)
    return cast(BinaryIO, archive.open(_member(path, archive)))


def _member(path: Path, archive: zipfile.ZipFile) -> str:
    """Return the JSON file of a dump; older ones hold both schemas side by side."""
    names = sorted(name for name in archive.namelist() if name.endswith(".json"))
    second = [name for name in names if "schema_v2" in name]
    if not names:
        raise InputError(Fault("the archive holds no JSON file", str(path), REMEDY))
    return (second or names)[-1]


def _records(path: Path, stream: BinaryIO) -> list[Fields]:
    buffered = io.BufferedReader(cast(io.RawIOBase, stream))
    start = buffered.peek(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    read = _list_items if start == b"[" else _lines
    found: list[Fields] = []
    faults: list[Fault] = []
    for where, raw in read(path, buffered):
        try:
            record = msgspec.json.decode(raw)
            found.append(_reader(record)(record))
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError) as error:
            faults.append(Fault(f"not a registry record: {error}", where, REMEDY))
        if len(faults) == FAULTS_SHOWN:
            break
    if faults:
        raise InputError(faults)
    return found


def _lines(path: Path, stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    for number, line in enumerate(stream, start=1):
        if line.strip():
            yield f"{path}: line {number}", line.removeprefix(b"\xef\xbb\xbf")


def _list_items(path: Path, stream: BinaryIO) -> Iterator[tuple[str, msgspec.Raw]]:
    try:
        items = msgspec.json.decode(
            stream.read().removeprefix(b"\xef\xbb\xbf"), type=list[msgspec.Raw]
        )
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(Fault(f"not a whole JSON list: {error}", str(path), REMEDY)) from error
    for number, item in enumerate(items, start=1):
        yield f"{path}: record {number}", item


def _reader(record: object) -> RecordReader:
    """Which form a record has: by the fields that only this form has."""
    if not isinstance(record, dict):
        raise ValueError("not an object")
    if "locations" in record:
        return ror_fields
    if "cc" in record:
        return compact_fields
    if "openalex.org/I" in str(record.get("id")):
        return openalex_fields
    raise ValueError("neither ROR v2 nor OpenAlex")
