"""Where harvests lie: one folder a day of start, below a query's folder or an entity's."""

from datetime import date
from pathlib import Path

from bibnet.errors import UsageError
from bibnet.harvest.planning import Plan
from bibnet.harvest.record import MANIFEST
from bibnet.harvest.schedule import SCHEDULE, read_document


def harvest_folder(root: Path, plan: Plan, today: date) -> Path:
    """Folder to harvest into: the newest unfinished harvest of this plan, else today's.

    Where today's holds another or a finished one, it gets a number: `2026-11-21-2`.
    """
    for folder in reversed(_harvests(root)):
        if not _complete(folder) and _identity(folder) == plan.identity():
            return folder
    taken = {folder.name for folder in _harvests(root)}
    names = [today.isoformat(), *(f"{today.isoformat()}-{n}" for n in range(2, len(taken) + 3))]
    return root / next(name for name in names if name not in taken)


def newest_complete(root: Path) -> Path | None:
    """The newest complete harvest below a folder; None if there is none."""
    return next((folder for folder in reversed(_harvests(root)) if _complete(folder)), None)


def _harvests(root: Path) -> list[Path]:
    found = [path.parent for path in root.glob(f"*/{SCHEDULE}")]
    return sorted(found, key=lambda folder: (folder.name[:10], len(folder.name), folder.name))


def _complete(folder: Path) -> bool:
    try:
        return read_document(folder / MANIFEST).get("complete") is True
    except UsageError:
        return False


def _identity(folder: Path) -> object:
    try:
        return read_document(folder / SCHEDULE).get("identity")
    except UsageError:
        return None
