"""From a query to works on disk: the newest complete harvest, or a new one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibnet.harvest import (
    PAGES,
    Connection,
    Harvest,
    Limits,
    Plan,
    Progress,
    Surroundings,
    entity_plan,
    harvest,
    harvest_folder,
    newest_complete,
    open_source,
    plan,
)
from bibnet.query import Query

HARVEST_FOLDER = "harvest"


@dataclass(frozen=True)
class Gathering:
    """How to harvest: the connection, the folder of all runs, limits, whom to tell.

    `say` takes lines for the user, `watch` the progress after each page.
    """

    connection: Connection
    out: Path
    limits: Limits
    say: Callable[[str], None]
    watch: Callable[[Progress], None]


def gather_works(query: Query, how: Gathering) -> Harvest:
    """Harvest the works of a query into OUT/NAME/harvest/DATE, resuming an unfinished one."""
    return _gather(plan(query), how)


def gather_entities(entity: str, how: Gathering) -> Harvest:
    """Harvest all institutions or funders into OUT/ENTITY/harvest/DATE."""
    return _gather(entity_plan(entity), how)


def _gather(asked: Plan, how: Gathering) -> Harvest:
    surroundings = Surroundings()
    root = how.out / asked.name / HARVEST_FOLDER
    folder = harvest_folder(root, asked, surroundings.clock().date())
    with open_source(how.connection, how.limits, surroundings) as source:
        return harvest(asked, folder, source, say=how.say, watch=how.watch)


def newest_harvest(query: Query, out: Path) -> Path | None:
    """The newest complete harvest of a query's name; None if there is none."""
    return newest_complete(out / query.name / HARVEST_FOLDER)


def harvested_works(folder: Path) -> Path:
    """Where a harvest's works are, as `run` reads them."""
    return folder / PAGES


def harvest_record(folder: Path) -> Mapping[str, Any]:
    """The manifest of a harvest."""
    record: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return record
