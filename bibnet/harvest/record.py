"""The manifest of a harvest: what was asked, what came, what it cost, what is missing.

It never holds the key.
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibnet.harvest.budget import usd
from bibnet.harvest.disk import write_whole, writing
from bibnet.harvest.ledger import Ledger
from bibnet.harvest.pages import PAGES
from bibnet.harvest.partition import whole_years
from bibnet.harvest.schedule import Schedule
from bibnet.harvest.source import Source
from bibnet.harvest.walk import Job, distinct_numbers

MANIFEST = "manifest.json"
WITHDRAWN = f"{PAGES}/deleted_ids.csv"


@dataclass(frozen=True)
class Harvest:
    """A harvest as it stands on disk.

    `announced` and `received` add up its partitions; `distinct` counts works once,
    also those that several selections find. `missing` says what is not there, by
    partition; `complete` means that nothing is missing. `refetched` works had their
    authors cut; of those `merged` have another id now and `gone` none.
    """

    folder: Path
    complete: bool
    announced: int
    received: int
    distinct: int
    missing: dict[str, int]
    refetched: int
    merged: int
    gone: int
    credits: int
    repairs: tuple[str, ...]

    @property
    def usd(self) -> float:
        """What it cost, in US dollars."""
        return usd(self.credits)


def harvest_of(job: Job, schedule: Schedule, *, finished: bool) -> Harvest:
    """The harvest as it stands; `finished` says that all its stages have been carried out."""
    ledger = job.ledger
    walks = {part.name: ledger.walk(part.name) for part in schedule.partitions}
    missing = {
        name: max(0, walk.announced - walk.distinct)
        for name, walk in walks.items()
        if not walk.complete
    } | _outside_months(ledger, schedule)
    authors = [entry for entry in ledger.pages.values() if "partition" not in entry]
    return Harvest(
        folder=ledger.folder,
        complete=finished and not missing,
        announced=sum(walk.announced for walk in walks.values()),
        received=sum(walk.received for walk in walks.values()),
        distinct=_distinct(job, schedule) if finished else 0,
        missing=missing,
        refetched=sum(int(entry["count"]) for entry in authors),
        merged=len(ledger.merged),
        gone=len(ledger.gone),
        credits=ledger.credits,
        repairs=tuple(ledger.repairs),
    )


def _outside_months(ledger: Ledger, schedule: Schedule) -> dict[str, int]:
    """Works of years that none of their months brought."""
    found = {}
    for year, (_, months) in whole_years(schedule.partitions).items():
        brought = sum(ledger.walk(name).distinct for name in months)
        if ledger.years.get(year, 0) > brought:
            found[f"{year}, in none of its months"] = ledger.years[year] - brought
    return found


def _distinct(job: Job, schedule: Schedule) -> int:
    walks = [job.ledger.walk(part.name) for part in schedule.partitions]
    if len(job.plan.selections) == 1:
        return sum(walk.distinct for walk in walks)
    return len(distinct_numbers(job.folder, [name for walk in walks for name in walk.files]))


def write_record(job: Job, schedule: Schedule, harvest: Harvest) -> None:
    """Write the manifest, and the list of works that were merged into others."""
    text = json.dumps(_document(job, schedule, harvest), indent=1, sort_keys=True)
    with writing(job.folder):
        _write_withdrawn(job.ledger, schedule)
        write_whole(job.folder / MANIFEST, (text + "\n").encode())


def _document(job: Job, schedule: Schedule, harvest: Harvest) -> dict[str, Any]:
    counts = {name: value for name, value in vars(harvest).items() if name != "folder"}
    return {
        **counts,
        "entity": job.plan.entity,
        "name": job.plan.name,
        "query": job.plan.text,
        "notes": list(job.plan.notes),
        "usd": harvest.usd,
        "date": schedule.started,
        "days": _days(job.ledger, schedule),
        "source": _source(job.source),
        "selections": {s.name: dict(s.filters) for s in job.plan.selections},
        "fields": list(job.plan.listing({}).select),
        "estimate": {"text": schedule.estimate, "works": schedule.works, "usd": schedule.usd},
        "undated": schedule.undated,
        "partitions": [_partition(part, job.ledger) for part in schedule.partitions],
    }


def _days(ledger: Ledger, schedule: Schedule) -> dict[str, int]:
    """Objects received by day (UTC): a harvest that is resumed later may straddle an event.

    Pages that were fetched before days were kept count for the day on which the harvest began.
    """
    days: Counter[str] = Counter()
    files = {name for part in schedule.partitions for name in ledger.walk(part.name).files}
    for name in files:
        entry = ledger.pages[name]
        days[str(entry.get("day", schedule.started[:10]))] += int(entry["count"])
    return dict(sorted(days.items()))


def _source(source: Source) -> dict[str, str]:
    return {"address": source.openalex.connection.url, "api_date": source.meter.date}


def _partition(part: Any, ledger: Ledger) -> dict[str, Any]:
    walk = ledger.walk(part.name)
    return {
        "name": part.name,
        "filters": dict(part.filters),
        "announced": walk.announced,
        "received": walk.received,
        "distinct": walk.distinct,
        "walks": walk.walk,
        "complete": walk.complete,
    }


def _write_withdrawn(ledger: Ledger, schedule: Schedule) -> None:
    if ledger.merged:
        content = withdrawn_list(ledger, schedule.started[:10])
        write_whole(ledger.folder / WITHDRAWN, content)


def withdrawn_list(ledger: Ledger, day: str) -> bytes:
    """Ids that were merged into others, in the form of the source's own list; empty if none."""
    if not ledger.merged:
        return b""
    lines = ["work_id,deleted_date", *(f"{old},{day}" for old in sorted(ledger.merged))]
    return ("\n".join(lines) + "\n").encode()
