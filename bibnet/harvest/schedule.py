"""The plan on disk: which partitions a harvest has, decided once, when it first starts.

A resumed harvest keeps its partitions even if the source's counts have moved on.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibnet.harvest.disk import write_whole, writing
from bibnet.harvest.estimating import estimate, require_within, require_works
from bibnet.harvest.ledger import LEDGER, SCHEDULE
from bibnet.harvest.partition import Partition, partitions
from bibnet.harvest.planning import Plan
from bibnet.harvest.source import Source
from bibnet.schema.errors import Fault, UsageError

FORMAT = 1


@dataclass(frozen=True)
class Schedule:
    """Partitions of a harvest, what they were expected to hold and cost, and when it began (UTC).

    `estimate` is its text, `works` and `usd` its figures.
    """

    partitions: tuple[Partition, ...]
    started: str
    works: int
    usd: float
    estimate: str
    undated: int = 0


def read_schedule(folder: Path, plan: Plan) -> Schedule | None:
    """The schedule of a harvest that was begun; None in a new folder.

    Raises UsageError if the folder holds the harvest of another plan, or pages without one.
    """
    path = folder / SCHEDULE
    if not path.exists():
        if (folder / LEDGER).exists():
            what, remedy = "the harvest has lost its plan", "restore it, or give another folder"
            raise UsageError(Fault(what, str(path), remedy))
        return None
    document = read_document(path)
    if document.get("format") != FORMAT or document.get("identity") != plan.identity():
        what = "the folder holds another harvest: other filters, years or version"
        raise UsageError(Fault(what, str(path), "give another folder with --out"))
    return _schedule(path, document)


def read_document(path: Path) -> dict[str, Any]:
    """A JSON object from a file; raises UsageError if it is none."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        what, remedy = f"not readable as JSON: {error}", "restore it, or give another folder"
        raise UsageError(Fault(what, str(path), remedy)) from error
    return document if isinstance(document, dict) else {}


def _schedule(path: Path, document: dict[str, Any]) -> Schedule:
    try:
        parts = [Partition(item["name"], item["filters"]) for item in document["partitions"]]
        figures = (str(document["started"]), int(document["works"]), float(document["usd"]))
        words = (str(document["estimate"]), int(document["undated"]))
    except (KeyError, TypeError, ValueError) as error:
        what, remedy = f"the plan was changed: {error}", "restore it, or give another folder"
        raise UsageError(Fault(what, str(path), remedy)) from error
    return Schedule(tuple(parts), *figures, *words)


def make_schedule(folder: Path, plan: Plan, source: Source) -> Schedule:
    """Ask for the estimate, hold it against the cost limit, and write the schedule.

    Raises UsageError if it exceeds the limit, InputError if there is nothing to harvest.
    """
    found = estimate(plan, source)
    require_works(found, plan)
    require_within(found, source.limits.max_cost)
    started = source.surroundings.clock().isoformat(timespec="seconds")
    parts = tuple(partitions(plan, found))
    schedule = Schedule(parts, started, found.works, found.usd, str(found), found.undated)
    document = {
        **vars(schedule),
        "format": FORMAT,
        "identity": plan.identity(),
        "name": plan.name,
        "partitions": [{"name": part.name, "filters": dict(part.filters)} for part in parts],
    }
    with writing(folder):
        write_whole(folder / SCHEDULE, json.dumps(document, indent=1, sort_keys=True).encode())
    return schedule
