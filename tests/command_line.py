"""The real command line, called in this process: what it prints, and its exit code."""

import contextlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from bibnet.cli import main
from bibnet.storage.cache import cache_home


@dataclass(frozen=True)
class Done:
    """What a command left: exit code, standard output, standard error."""

    returncode: int
    stdout: str
    stderr: str


def bibnet(*arguments: object, cwd: Path | None = None, given: bytes = b"") -> Done:
    """Run `bibnet ARGUMENTS` in a folder; `given` is its standard input."""
    out, err, read = (_stream(content) for content in (b"", b"", given))
    words = ["bibnet", *map(str, arguments)]
    code = 0
    with (
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.object(sys, "argv", words),
        mock.patch.object(sys, "stdin", read),
    ):
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Done(code, _text(out), _text(err))


def _stream(content: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


def own_cache(folder: Path) -> Path:
    """A cache below the folder in which nothing of earlier runs is kept but registries' indexes."""
    registries = cache_home() / "registries"
    registries.mkdir(parents=True, exist_ok=True)
    (folder / "cache" / "bibnet").mkdir(parents=True)
    (folder / "cache" / "bibnet" / "registries").symlink_to(registries)
    return folder / "cache"
