"""What a reader must know before the first number: said at the end of a run and atop its report."""

from collections.abc import Iterator

from bibnet.runs.pipeline.events import mixed_input
from bibnet.runs.pipeline.outcome import Outcome
from bibnet.runs.pipeline.request import Request
from bibnet.tables.read import Reading

# Files that are named one by one; the manifest has them all.
FILES_NAMED = 10


def warnings(request: Request, found: Outcome) -> list[str]:
    """Every warning of a run, in sentences; empty for a run without any."""
    days = request.harvest.get("days") or found.reading.works_by_date
    return [*request.losses, *_damaged(found.reading), *mixed_input(days)]


def _damaged(reading: Reading) -> Iterator[str]:
    for file in reading.damaged_files[:FILES_NAMED]:
        yield f"An input file is damaged, its lines are in quarantine.jsonl: {file}."
    more = len(reading.damaged_files) - FILES_NAMED
    if more > 0:
        yield f"{more:,} more input files are damaged; manifest.json has them all."
