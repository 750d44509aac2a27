"""LightGBM, imported when it is first asked, without the libraries that it looks for in vain."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

# It takes their frames and estimators where they are there; bibnet hands it none of them, and
# importing them takes a second.
UNUSED = ("sklearn", "pandas", "matplotlib")


@contextmanager
def _hidden(names: tuple[str, ...]) -> Iterator[None]:
    """Make libraries that are not loaded yet look absent."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


@cache
def lightgbm() -> Any:
    """The library."""
    with _hidden(UNUSED):
        return import_module("lightgbm")
