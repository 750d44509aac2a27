"""A harvest from a query, or of all entities of a kind: the newest complete one, or a new one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bibnet.harvest.conditions import Limits, Surroundings
from bibnet.harvest.estimating import estimates
from bibnet.harvest.folders import harvest_folder, newest_complete
from bibnet.harvest.openalex import Connection
from bibnet.harvest.pages import PAGES
from bibnet.harvest.planning import Plan, entity_plan, plan
from bibnet.harvest.progress import Progress
from bibnet.harvest.record import MANIFEST, Harvest
from bibnet.harvest.session import harvest
from bibnet.harvest.source import open_source
from bibnet.query import Query
from bibnet.schema.errors import Fault, SourceError

HARVEST_FOLDER = "harvest"


@dataclass(frozen=True)
class HarvestOptions:
    """How to harvest: the connection, the folder of all runs, limits, whom to tell.

    `say` takes lines for the user, `watch` the progress after each page; `surroundings` has the
    clock that dates the harvest.
    """

    connection: Connection
    out: Path
    limits: Limits
    say: Callable[[str], None]
    watch: Callable[[Progress], None]
    surroundings: Surroundings = field(default_factory=Surroundings)


def harvest_works(query: Query, how: HarvestOptions) -> Harvest:
    """Harvest the works of a query into OUT/NAME/harvest/DATE, resuming an unfinished one.

    A new harvest first says what each way of harvesting (sides, joint, all) would cost.
    """
    asked = plan(query)
    folder = _folder(asked, how)
    with open_source(how.connection, how.limits, how.surroundings) as source:
        if not folder.exists():
            for mode, found in estimates(query, source).items():
                how.say(f"harvest = {mode!r} would be {found}")
        return harvest(asked, folder, source, say=how.say, watch=how.watch)


def harvest_entities(entity: str, how: HarvestOptions) -> Harvest:
    """Harvest all institutions or funders into OUT/ENTITY/harvest/DATE."""
    asked = entity_plan(entity)
    folder = _folder(asked, how)
    with open_source(how.connection, how.limits, how.surroundings) as source:
        return harvest(asked, folder, source, say=how.say, watch=how.watch)


def _folder(asked: Plan, how: HarvestOptions) -> Path:
    today = how.surroundings.clock().date()
    return harvest_folder(how.out / asked.name / HARVEST_FOLDER, asked, today)


def newest_harvest(query: Query, out: Path) -> Path | None:
    """The newest complete harvest of this very query; None if there is none."""
    return newest_complete(out / query.name / HARVEST_FOLDER, plan(query))


def harvested_works(folder: Path) -> Path:
    """Where a harvest's works are, as `run` reads them."""
    return folder / PAGES


def harvest_record(folder: Path) -> Mapping[str, Any]:
    """The manifest of a harvest; raises SourceError if it cannot be read or has no date."""
    path = folder / MANIFEST
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        datetime.fromisoformat(record["date"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f"the manifest of the harvest cannot be read: {error}"
        raise SourceError(Fault(what, str(path), "run bibnet harvest again")) from error
    return record
