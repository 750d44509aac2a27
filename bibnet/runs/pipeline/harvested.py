"""A request whose works come from a harvest: the newest complete one, or one that is made now.

A harvest is compared with its ledger and manifest before the first stage reads it, also one that
is given as files.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bibnet import harvest
from bibnet.query import Query
from bibnet.runs.pipeline.request import Request
from bibnet.schema.errors import Fault, SourceError

if TYPE_CHECKING:
    from bibnet.harvest import Damage, HarvestOptions

# Faults of one harvest that are named; a folder that was emptied needs no list of its pages.
FAULTS_SHOWN = 20
PAGES_NAMED = 5
REMEDY = (
    "run bibnet harvest again, which fetches what is missing; or go on without it by "
    "--accept-losses, and the report begins with what is lost"
)


def with_harvest(request: Request, how: "HarvestOptions") -> Request:
    """The request with the works of the newest complete harvest, harvested if there is none."""
    folder = harvest.newest_harvest(request.query, request.out)
    if folder is None:
        folder = harvest.harvest_works(request.query, how).folder
    works, record = harvest.harvested_works(folder), harvest.harvest_record(folder)
    return replace(request, works=(works,), harvest=record)


def newest_pages(query: Query, out: Path) -> tuple[Path, ...]:
    """Where the works of the newest complete harvest of a query are; none if there is none."""
    folder = harvest.newest_harvest(query, out)
    return (harvest.harvested_works(folder),) if folder else ()


def with_sound_harvests(request: Request, *, accept_losses: bool = False) -> Request:
    """The request, after every harvest among its works was compared with its records.

    The folder of a harvest stands for its pages. Raises SourceError (exit 12) that names each page
    that is missing, cut or changed; with `accept_losses` the request leaves them out and says so.
    """
    harvests = {path: harvest.harvest_of_path(path) for path in request.works}
    folders = [folder for folder in dict.fromkeys(harvests.values()) if folder]
    found = {folder: harvest.damages(folder) for folder in folders}
    broken = [damage for damages_found in found.values() for damage in damages_found]
    if broken and not accept_losses:
        raise SourceError(_faults(broken))
    works = tuple(
        harvest.harvested_works(folder) if folder == path else path
        for path, folder in harvests.items()
    )
    alone = not request.harvest and len(works) == len(folders) == 1
    return replace(
        request,
        works=works,
        harvest=harvest.harvest_record(folders[0]) if alone else request.harvest,
        left_out=frozenset(damage.path.resolve() for damage in broken),
        losses=tuple(_loss(folder, parts) for folder, parts in found.items() if parts),
    )


def _faults(broken: Sequence["Damage"]) -> list[Fault]:
    faults = [Fault(damage.what, damage.where, REMEDY) for damage in broken[:FAULTS_SHOWN]]
    more = len(broken) - FAULTS_SHOWN
    if more > 0:
        faults.append(Fault(f"{more:,} more of the kind", str(broken[-1].path.parent), REMEDY))
    return faults


def _loss(folder: Path, broken: Sequence["Damage"]) -> str:
    """What is lost with the damage of a harvest, for the first lines of the report."""
    works = sum(damage.works for damage in broken)
    names = [f"{damage.path.relative_to(folder)} ({damage.what})" for damage in broken]
    more = len(names) - PAGES_NAMED
    shown = "; ".join(names[:PAGES_NAMED] + [f"{more:,} more"] * (more > 0))
    return (
        f"The harvest is damaged: up to {works:,} works that were received are not in this report "
        f"and are missing from every number. {shown}."
    )
