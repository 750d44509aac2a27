"""Works whose author list the source cut at 100 are fetched singly, free of charge.

Their full lines are written to `pages/authors`, which is read after all partitions: at
the same `updated_date` the later line counts, so the full one does.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from bibnet.harvest.pages import AUTHORS, is_cut, page_name, read_page, write_page
from bibnet.harvest.planning import WORK_FIELDS
from bibnet.harvest.source import GoneError, Source
from bibnet.harvest.walk import Job

WORKS_PER_FILE = 50
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def complete_authors(job: Job, say: Callable[[str], None]) -> None:
    """Fetch every cut work singly; those fetched already, or gone, are not asked for again."""
    cut, full = _cut_works(job), _full_works(job)
    known = job.ledger.gone | set(job.ledger.merged)
    known |= {work for work, updated in full.items() if updated >= cut.get(work, LONG_AGO)}
    wanted = sorted(set(cut) - known)
    if wanted:
        say(f"fetching {len(wanted):,} works with long author lists singly, free of charge")
    with ThreadPoolExecutor(job.source.limits.workers) as pool:
        for start in range(0, len(wanted), WORKS_PER_FILE):
            batch = wanted[start : start + WORKS_PER_FILE]
            _keep(job, batch, list(pool.map(lambda work: _single(job.source, work), batch)))


def bare(identifier: object) -> str:
    """Last part of an id."""
    return str(identifier).rpartition("/")[2]


def _cut_works(job: Job) -> dict[str, datetime]:
    """Cut works of the partitions and when the source last changed them."""
    found: dict[str, datetime] = {}
    names = [name for name, entry in job.ledger.pages.items() if entry.get("cut")]
    for work in filter(is_cut, _works(job, names)):
        name = bare(work.get("id"))
        found[name] = max(found.get(name, LONG_AGO), _updated(work))
    return found


def _full_works(job: Job) -> dict[str, datetime]:
    names = [name for name, entry in job.ledger.pages.items() if "partition" not in entry]
    return {bare(work.get("id")): _updated(work) for work in _works(job, names)}


def _works(job: Job, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for name in sorted(names):
        yield from read_page(job.folder / name)


def _updated(work: dict[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(str(work.get("updated_date")))
    except ValueError:
        return LONG_AGO
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _single(source: Source, work: str) -> dict[str, Any] | None:
    try:
        return source.single("works", work)
    except GoneError:
        return None


def _keep(job: Job, asked: Sequence[str], found: Sequence[dict[str, Any] | None]) -> None:
    pairs = list(zip(asked, found, strict=True))
    lines = [{key: work[key] for key in WORK_FIELDS if key in work} for work in found if work]
    number = job.ledger.last_authors_page + 1
    name = page_name(AUTHORS, number) if lines else None
    job.ledger.append(
        {
            "event": "authors",
            "page": number,
            "count": len(lines),
            "merged": {old: bare(w["id"]) for old, w in pairs if w and bare(w["id"]) != old},
            "gone": [old for old, work in pairs if work is None],
            "file": name,
            "sha256": write_page(job.folder, name, lines) if name else None,
        }
    )
