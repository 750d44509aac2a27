"""LightGBM, imported without the libraries that it looks for and bibnet never hands it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

# LightGBM takes their frames and estimators where they are there; importing them takes a second.
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


with _hidden(UNUSED):
    import lightgbm

__all__ = ["lightgbm"]
