"""`bibnet demo`: the whole pipeline on an invented corpus, served and harvested on this machine."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bibnet.harvest.conditions import Limits
from bibnet.harvest.openalex import Connection
from bibnet.harvest.progress import Progress
from bibnet.harvest.run import HarvestOptions, harvest_record, harvest_works, harvested_works
from bibnet.harvest.sandbox.server import serve
from bibnet.harvest.sandbox.world import build_world
from bibnet.query import find_query, load_query
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request
from bibnet.storage.progress import Status, silent

DEMO_QUERY = "demo"
DEMO_SEED = 1
DEMO_WORKS = 8000
# The sandbox is on this machine: the pace that spares OpenAlex is not needed.
REQUESTS_PER_SECOND = 200.0


def run_demo(
    out: Path,
    say: Callable[[str], None],
    watch: Callable[[Progress], None],
    status: Status = silent,
) -> Path:
    """Invent a corpus, serve it, harvest it, run everything; the folder of the run.

    Every name in it is invented, and every page and exhibit says so.
    """
    query = load_query(find_query(DEMO_QUERY))
    with serve(build_world(DEMO_SEED, DEMO_WORKS)) as server:
        how = HarvestOptions(
            Connection(key="invented", url=server.url),
            out,
            replace(Limits(), per_second=REQUESTS_PER_SECOND),
            say,
            watch,
        )
        folder = harvest_works(query, how).folder
    request = Request(
        query=query,
        works=(harvested_works(folder),),
        out=out,
        harvest=harvest_record(folder),
        invented=True,
    )
    return run_query(request, say, status)
