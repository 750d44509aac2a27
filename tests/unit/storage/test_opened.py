"""Files and pipes are opened as what they hold, and no byte of them is lost."""

import gzip
import os
from pathlib import Path
from threading import Thread

import pytest

from bibnet.storage.opened import open_binary

TEXT = b"Paris, France\nBeijing, China\n"


@pytest.mark.parametrize("content", [TEXT, gzip.compress(TEXT, mtime=0)], ids=["plain", "gzip"])
@pytest.mark.parametrize("kind", ["file", "pipe"])
def test_every_byte_is_read(content: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "strings"
    if kind == "file":
        path.write_bytes(content)
    else:
        os.mkfifo(path)
        Thread(target=path.write_bytes, args=[content], daemon=True).start()
    with open_binary(path) as stream:
        assert stream.read() == TEXT


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    (tmp_path / "none").write_bytes(b"")
    with open_binary(tmp_path / "none") as stream:
        assert stream.read() == b""


def test_what_cannot_be_opened_is_the_system_s_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_binary(tmp_path / "none")
