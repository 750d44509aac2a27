"""A request whose works come from a harvest: the newest complete one, or one that is made now."""

from dataclasses import replace

from bibnet.harvest.run import (
    HarvestOptions,
    harvest_record,
    harvest_works,
    harvested_works,
    newest_harvest,
)
from bibnet.runs.pipeline.request import Request


def with_harvest(request: Request, how: HarvestOptions) -> Request:
    """The request with the works of the newest complete harvest, harvested if there is none."""
    folder = newest_harvest(request.query, request.out)
    if folder is None:
        folder = harvest_works(request.query, how).folder
    return replace(request, works=(harvested_works(folder),), harvest=harvest_record(folder))
