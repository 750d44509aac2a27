"""Where expressions run: one set of Ibis expressions, one engine chosen by name.

Every module here but `base` is an engine of that name, with a function `connect(spill)`. It is
loaded when it is asked for: an engine that is not installed costs nothing.
"""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.engine.base import WHOLE, Engine, Parts, Tables

DEFAULT_ENGINE = "duckdb"
__all__ = ["DEFAULT_ENGINE", "WHOLE", "Engine", "Parts", "Tables", "engine_names", "open_engine"]


def engine_names() -> list[str]:
    """Names of the engines there are, sorted."""
    return sorted(module.name for module in iter_modules(__path__) if module.name != "base")


def open_engine(spill: Path, name: str = DEFAULT_ENGINE) -> Engine:
    """Open an engine by name, or by name and address (`spark://HOST:PORT`).

    `spill` is a folder for its temporary files. Raises UsageError naming the engines there are.
    """
    kind, _, address = name.partition("://")
    if kind not in engine_names():
        remedy = f"use one of: {', '.join(engine_names())}"
        raise UsageError(Fault(f"there is no engine {name!r}", f"--engine {name}", remedy))
    connect = import_module(f"{__name__}.{kind}").connect
    engine: Engine = connect(spill, address) if address else connect(spill)
    return engine
