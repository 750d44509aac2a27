"""The drawing library the page carries, and the hashes that let the page run nothing else."""

import base64
import gzip
import hashlib
import json
import subprocess
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from bibnet.report.figures.drawing import check_ended
from bibnet.schema.errors import UsageError

_one_at_a_time = Lock()
LIBRARY_PROGRAM = Path(__file__).parents[1] / "programs" / "make_library.py"


def library() -> str:
    """Return Vega, Vega-Lite and vega-embed as one script that sets `window.vegaEmbed`.

    Wrapped in a function because the bundle declares hundreds of short names. It takes two seconds
    to make, in a program of its own, once a process; a caller waits for one that is under way.
    """
    with _one_at_a_time:
        return _made_library()


def prepare_library() -> None:
    """Begin to make the library on the second core; `library` then waits for it."""
    Thread(target=_begun, daemon=True).start()


def _begun() -> None:
    with suppress(OSError, UsageError):  # asked again where it is needed, and told there
        library()


@lru_cache(maxsize=1)
def _made_library() -> str:
    command = [sys.executable, str(LIBRARY_PROGRAM), "window.vegaEmbed=vegaEmbed;"]
    made = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # own program
    check_ended(made.returncode, "the report's page")
    return f"(()=>{{{made.stdout.decode('utf-8')}}})();"


def packed(text: str) -> str:
    """Return text as base64 of gzip: shorter, and no markup can stand in it."""
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")


def packed_json(value: Any) -> str:
    """Return a value as packed JSON, keys in order."""
    return packed(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def security_policy(*, scripts: tuple[str, ...], style: str) -> str:
    """Return the content security policy: these scripts, this style, nothing from elsewhere."""
    allowed = " ".join(_source(script) for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_source(style)}; "
        "img-src data: blob:; connect-src 'none'; font-src 'none'; object-src 'none'; "
        "base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
