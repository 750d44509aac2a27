"""Where harvests lie: one folder a day of start, below a query's folder or an entity's."""

from datetime import date, timedelta
from pathlib import Path

from bibnet.harvest.integrity import damages
from bibnet.harvest.ledger import SCHEDULE
from bibnet.harvest.planning import Plan
from bibnet.harvest.record import MANIFEST
from bibnet.harvest.schedule import read_document
from bibnet.schema.errors import UsageError

# A search over 3 million works takes a free key 30 days; an older start is another quarter.
RESUMED_WITHIN = timedelta(days=45)


def harvest_folder(root: Path, plan: Plan, today: date) -> Path:
    """Folder to harvest into: today's or the newest unfinished harvest of this plan, else new.

    The newest complete one is unfinished too where it is damaged (see `damages`). Where today's
    name is taken by another plan, a number is added: `2026-11-21-2`.
    """
    newest = newest_complete(root, plan)
    for folder in reversed(_harvests(root, plan)):
        age = today - _day(folder)
        if not age:
            return folder
        unfinished = not _complete(folder) or (folder == newest and damages(folder))
        if age < RESUMED_WITHIN and unfinished:
            return folder
    taken = {folder.name for folder in _harvests(root)}
    names = [today.isoformat(), *(f"{today.isoformat()}-{n}" for n in range(2, len(taken) + 3))]
    return root / next(name for name in names if name not in taken)


def newest_complete(root: Path, plan: Plan | None = None) -> Path | None:
    """The newest complete harvest below a folder (of a plan, if one is given); None if none is."""
    found = (folder for folder in reversed(_harvests(root, plan)) if _complete(folder))
    return next(found, None)


def _harvests(root: Path, plan: Plan | None = None) -> list[Path]:
    """Folders of harvests, oldest first; only those of a plan if one is given."""
    found = [path.parent for path in root.glob(f"*/{SCHEDULE}")]
    ordered = sorted(found, key=lambda folder: (_day(folder), len(folder.name), folder.name))
    return [f for f in ordered if plan is None or _identity(f) == plan.identity()]


def _day(folder: Path) -> date:
    try:
        return date.fromisoformat(folder.name[:10])
    except ValueError:
        return date.min


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
