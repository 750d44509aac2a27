"""Where expressions run: one set of Ibis expressions, one engine chosen by name."""

from pathlib import Path

from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.engine.base import Engine, Tables
from bibnet.storage.engine.duckdb import DuckdbEngine

ENGINES = {"duckdb": DuckdbEngine}

__all__ = ["ENGINES", "Engine", "Tables", "open_engine"]


def open_engine(name: str, spill: Path) -> Engine:
    """Open an engine by name; raises UsageError naming the engines there are."""
    if name not in ENGINES:
        raise UsageError(
            Fault(
                f"there is no engine {name!r}",
                f"--engine {name}",
                f"use one of: {', '.join(ENGINES)}",
            )
        )
    return ENGINES[name](spill)
