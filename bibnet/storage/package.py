"""The state of bibnet: what kept results of one version are told from those of another by."""

import hashlib
import platform
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
LIBRARY = re.compile(r"[\w.-]+")


def bibnet_version() -> str:
    """Version of bibnet, or unknown when it runs without being installed."""
    try:
        return version("bibnet")
    except PackageNotFoundError:
        return "unknown"


__version__ = bibnet_version()


@cache
def package_digest() -> str:
    """A hash of every file of bibnet, of the versions of what it uses, and of the machine's kind.

    Of Python, because its tables of letters change; of the processor, because floats may differ in
    their last digits.
    """
    found = hashlib.sha256(f"{platform.python_version()} {platform.machine()}\0".encode())
    for file in sorted(PACKAGE.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            found.update(f"{file.relative_to(PACKAGE)}\0".encode())
            found.update(file.read_bytes())
    for line in sorted(requires("bibnet") or ()):
        if "extra ==" not in line:
            name = LIBRARY.match(line)
            found.update(f"{name[0]} {version(name[0])}\0".encode() if name else b"")
    return found.hexdigest()
