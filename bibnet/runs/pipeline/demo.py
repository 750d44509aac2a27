"""`bibnet demo`: the whole pipeline on an invented corpus, served and harvested on this machine."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bibnet.harvest.conditions import Limits, Surroundings, utc_now
from bibnet.harvest.openalex import Connection
from bibnet.harvest.progress import Progress
from bibnet.harvest.run import HarvestOptions, harvest_record, harvest_works, harvested_works
from bibnet.harvest.sandbox.listed import with_listed_subjects, write_lists
from bibnet.harvest.sandbox.registry import write_funder_records, write_registry
from bibnet.harvest.sandbox.server import serve
from bibnet.harvest.sandbox.world import World, build_world
from bibnet.query import find_query, load_query
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request
from bibnet.storage.progress import Status, silent

DEMO_QUERY = "demo"
DEMO_SEED = 1
DEMO_WORKS = 8000
# The sandbox is on this machine: the pace that spares OpenAlex is not needed.
REQUESTS_PER_SECOND = 200.0


QUARTER = timedelta(days=91)
LATE = 25  # of so many works one reaches the source after its quarter
INVENTED_FOLDER = "invented"


@dataclass(frozen=True)
class Demo:
    """Where the runs go, whom to tell, and whether the quarter before is made too."""

    out: Path
    say: Callable[[str], None]
    watch: Callable[[Progress], None]
    status: Status = silent
    previous: bool = False


def run_demo(demo: Demo) -> Path:
    """Invent a corpus, serve it, harvest it, run everything; the folder of the run.

    With `previous` the corpus as it was a quarter earlier is harvested and run first, to compare
    with. Every name is invented, and every page and exhibit says so.
    """
    world, now = with_listed_subjects(build_world(DEMO_SEED, DEMO_WORKS)), utc_now()
    if demo.previous:
        earlier = now - QUARTER
        demo.say(f"the quarter before: {_run(demo, _as_of(world, earlier), earlier)}")
    return _run(demo, world, now)


def _as_of(world: World, day: datetime) -> World:
    """The world with the works that its source held on a day: some come late."""
    last = day.date().isoformat()
    known = [work for work in world.works if work["publication_date"] <= last]
    return replace(world, works=[work for n, work in enumerate(known) if n % LATE])


def _run(demo: Demo, world: World, now: datetime) -> Path:
    query = load_query(find_query(DEMO_QUERY))
    invented = demo.out / query.name / INVENTED_FOLDER
    registry, funders = invented / "registry.jsonl", invented / "funders.jsonl"
    lists = invented / "lists"
    write_registry(world, registry)
    write_funder_records(world, funders)
    write_lists(world, lists)
    with serve(world) as server:
        how = HarvestOptions(
            Connection(key="invented", url=server.url),
            demo.out,
            replace(Limits(), per_second=REQUESTS_PER_SECOND),
            demo.say,
            demo.watch,
            Surroundings(clock=lambda: now),
        )
        folder = harvest_works(query, how).folder
    request = Request(
        query=query,
        works=(harvested_works(folder),),
        out=demo.out,
        registry=registry,
        harvest=harvest_record(folder),
        invented=True,
        funder_records=funders,
        lists=lists,
    )
    return run_query(request, demo.say, demo.status)
