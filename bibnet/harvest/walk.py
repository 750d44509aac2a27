"""Walking a partition page by page, each on the disk before the next is asked for.

At its end what was received (distinct ids, read back from the disk) is compared with
what was announced; short of it the partition is walked again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bibnet.harvest.disk import writing
from bibnet.harvest.ledger import Ledger, Walk
from bibnet.harvest.listing import FIRST_CURSOR, Page
from bibnet.harvest.pages import is_cut, numbers, page_name, read_page, write_page
from bibnet.harvest.partition import Partition, whole_years
from bibnet.harvest.planning import Plan
from bibnet.harvest.progress import Counter
from bibnet.harvest.source import CursorRefusedError, Source

MOST_WALKS = 3  # in one session; what is still missing then is missing at the source


@dataclass(frozen=True)
class Job:
    """What walking needs: plan, source, ledger (which knows the folder), counter."""

    plan: Plan
    source: Source
    ledger: Ledger
    counter: Counter

    @property
    def folder(self) -> Path:
        """Folder of the harvest."""
        return self.ledger.folder


def walk_partition(job: Job, partition: Partition) -> None:
    """Walk a partition until all that was announced is on disk, or often enough.

    Goes on where an earlier session stopped. Raises SourceError or BudgetError if the
    source must be given up, UsageError if the disk refuses a page.
    """
    walk = job.ledger.walk(partition.name)
    for _ in range(MOST_WALKS):
        if walk.judged:
            _restart(job, partition, "fewer distinct works than announced")
        try:
            _fetch_pages(job, partition, walk)
        except CursorRefusedError:
            if walk.cursor == FIRST_CURSOR:
                raise
            _restart(job, partition, "the source refuses a cursor it gave")
            continue
        _judge(job, partition, walk)
        if walk.complete:
            _drop_older(job, walk)
            return


def _restart(job: Job, partition: Partition, why: str) -> None:
    job.counter.again(job.ledger.walk(partition.name).received)
    job.ledger.append({"event": "restart", "partition": partition.name, "why": why})


def _fetch_pages(job: Job, partition: Partition, walk: Walk) -> None:
    listing = job.plan.listing(partition.filters)
    seen = set(map(int, distinct_numbers(job.folder, walk.files)))
    while walk.cursor is not None:
        page = job.source.page(listing, walk.cursor, seen)
        _keep(job, partition, walk, page)
        seen.update(map(int, numbers(page.results)))
        job.counter.add(len(page.results))


def _keep(job: Job, partition: Partition, walk: Walk, page: Page) -> None:
    number = walk.last_page + 1
    name = page_name(partition.name, number) if page.results else None
    sha256 = write_page(job.folder, name, page.results) if name else None
    ended = not page.results or page.next_cursor == walk.cursor
    job.ledger.append(
        {
            "event": "page",
            "partition": partition.name,
            "day": job.source.surroundings.clock().date().isoformat(),
            "walk": walk.walk,
            "page": number,
            "cursor": walk.cursor,
            "next": None if ended else page.next_cursor,
            "count": len(page.results),
            "cut": sum(map(is_cut, page.results)),
            "announced": page.count,
            "credits": job.source.meter.take_own(),
            "file": name,
            "sha256": sha256,
        }
    )


def check_years(job: Job, parts: Iterable[Partition]) -> None:
    """Ask how many works the source announces for each year that was walked by month.

    A work whose date is not in its year would be in no month.
    """
    for year, (filters, _) in whole_years(parts).items():
        if year not in job.ledger.years:
            count, _ = job.source.probe(job.plan.listing(filters))
            credits_spent = job.source.meter.take_own()
            entry = {"event": "year", "year": year, "announced": count, "credits": credits_spent}
            job.ledger.append(entry)


def _judge(job: Job, partition: Partition, walk: Walk) -> None:
    distinct = len(distinct_numbers(job.folder, walk.files))
    job.ledger.append(
        {
            "event": "walked",
            "partition": partition.name,
            "walk": walk.walk,
            "announced": walk.announced,
            "received": walk.received,
            "distinct": distinct,
        }
    )


def distinct_numbers(folder: Path, names: Iterable[str]) -> npt.NDArray[np.int64]:
    """Sorted distinct numbers of the ids in some pages, as they are on disk."""
    found = [numbers(read_page(folder / name)) for name in names]
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)


def _drop_older(job: Job, walk: Walk) -> None:
    """Remove the pages of earlier walks, now that all is there."""
    if not walk.older:
        return
    names = list(walk.older)
    job.ledger.append({"event": "dropped", "files": names})
    with writing(job.folder):
        for name in names:
            (job.folder / name).unlink(missing_ok=True)
