"""Works in an object store (`s3://bucket/folder`), listed and copied part by part.

The store is read without credentials, as the public snapshot allows. Each part is copied to
a temporary file, read as any other and deleted: one transfer per part, its hash is known,
and no more than one part is on disk.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyarrow import fs

from bibnet.schema.errors import Fault, InputError

# A Path has cut the double slash of an address.
ADDRESS = re.compile(r"s3:/+([^/].*)")
REGION = "us-east-1"  # of the bucket that holds the public snapshot
CONNECT_SECONDS = 10
COPY_BLOCK = 8 << 20


@dataclass(frozen=True)
class RemoteFile:
    """A file in a store: the store, and the path in it (bucket and key)."""

    store: Any
    path: str

    @property
    def address(self) -> str:
        """The address as users write it."""
        return f"s3://{self.path}"

    def copy_to(self, target: Path) -> None:
        """Copy the bytes, as they are, to a local file."""
        # By itself the stream would inflate what is named .gz.
        with (
            self.store.open_input_stream(self.path, compression=None) as source,
            target.open("wb") as copy,
        ):
            shutil.copyfileobj(source, copy, COPY_BLOCK)


def open_store() -> Any:
    """The store, read anonymously; nothing is sent or looked up before it is used."""
    return fs.S3FileSystem(anonymous=True, region=REGION, connect_timeout=CONNECT_SECONDS)


def is_remote(path: Path) -> bool:
    """Tell whether a path is an address in a store and not one on this machine."""
    return bool(ADDRESS.fullmatch(path.as_posix())) and not path.exists()


def remote_files(address: Path) -> list[tuple[str, RemoteFile]]:
    """Files at an address: name below it and file, sorted; a file itself has its own name.

    Raises InputError if nothing is there or the store cannot be reached.
    """
    match = ADDRESS.fullmatch(address.as_posix())
    place = match[1].rstrip("/") if match else ""
    try:
        store = open_store()
        found = store.get_file_info(place)
        if found.type == fs.FileType.File:
            return [(found.base_name, RemoteFile(store, found.path))]
        below = store.get_file_info(fs.FileSelector(place, recursive=True))
    except OSError as error:
        what, remedy = f"cannot be read: {error}", "check the address and the connection"
        raise InputError(Fault(what, f"s3://{place}", remedy)) from error
    files = [info.path for info in below if info.type == fs.FileType.File]
    return [(path.removeprefix(f"{place}/"), RemoteFile(store, path)) for path in sorted(files)]
