"""What a run is asked for: the query, the inputs, where the run goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bibnet.query import Query
from bibnet.reference.load import PACKAGED
from bibnet.storage.engine import DEFAULT_ENGINE
from bibnet.tables.reading import Reading


@dataclass(frozen=True)
class Request:
    """What is asked for.

    `verdicts` is a file of reviewers' verdicts that goes before the query's own.
    `command` keeps what the command line put in place of the query file's own values,
    `harvest` the manifest of the harvest the works are from, empty for files. `invented`
    says that the works are made up. `previous` is the folder of a finished run whose
    communities lend their labels. `left_out` are files below `works` that are not to be read, and
    `losses` says why, in sentences: pages of a damaged harvest. `funder_records` is a file or
    folder of OpenAlex funder objects. `today` is for warnings of lists that are due to be checked
    again; None = no such warning. `lists` is the folder of the lists of bodies, their intervals
    and the lists they are from.
    """

    query: Query
    works: tuple[Path, ...]
    out: Path
    registry: Path | None = None
    verdicts: Path | None = None
    engine: str = DEFAULT_ENGINE
    command: tuple[str, ...] = ()
    harvest: Mapping[str, Any] = field(default_factory=dict)
    invented: bool = False
    previous: Path | None = None
    funder_records: Path | None = None
    today: date | None = None
    left_out: frozenset[Path] = frozenset()
    losses: tuple[str, ...] = ()
    lists: Path = PACKAGED

    @property
    def verdict_file(self) -> Path | None:
        """The file of reviewers' verdicts that holds for the run; None if there is none."""
        return self.verdicts or self.query.verdicts

    def source_date(self, reading: Reading) -> date | None:
        """The start of the harvest, else the newest change of a work; None if neither is known."""
        if self.harvest:
            return date.fromisoformat(str(self.harvest["date"])[:10])
        return reading.newest_updated.date() if reading.newest_updated else None
