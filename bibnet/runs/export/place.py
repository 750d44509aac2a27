"""Where an export may be written: beside runs, never into one."""

from collections.abc import Callable
from pathlib import Path

from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.manifest import MANIFEST

Say = Callable[[str], None]


def outside_runs(path: Path) -> None:
    """Raise UsageError if a file at `path` would be in a run folder, whose files are hashed."""
    for parent in path.absolute().resolve().parents:
        if (parent / MANIFEST).exists():
            remedy = "give an --out outside the run: its files are hashed"
            raise UsageError(Fault("a run folder takes no further files", str(parent), remedy))


def ending_in(out: Path, name: str, ending: str) -> Path:
    """The file to write: in a folder `out` one of that name, else `out` with the ending."""
    path = out / name if out.is_dir() else out
    return path if path.suffix == ending else path.with_name(path.name + ending)
