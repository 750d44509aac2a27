"""What the reader found: counts over all files, and of each file as it is read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bibnet.tables.files.sources import SourceFile


@dataclass(frozen=True)
class Reading:
    """Counts over all input files. For each file and in sum: lines = works + quarantined."""

    files: int  # read, without those passed over
    lines: int
    works: int
    quarantined: int
    reasons: Mapping[str, int] = field(default_factory=dict)  # of the quarantined lines
    unknown_fields: Mapping[str, int] = field(default_factory=dict)  # path -> times met
    newest_updated: datetime | None = None  # newest change of a work at the source, UTC
    field_issues: int = 0  # fields mended or emptied
    strings_outside_affiliations: int = 0  # raw strings that no entry of `affiliations` holds
    institutions_outside_affiliations: int = 0  # institutions that no entry names; appended
    files_passed_over: int = 0  # found in a folder, not works by their name, or given twice
    damaged_files: tuple[str, ...] = ()  # "name: event"
    odd_files: tuple[str, ...] = ()  # "name: reason" of what lies in a folder and is no plain file
    works_by_date: Mapping[str, int] = field(default_factory=dict)  # of files with a date of theirs
    first_set_aside: str = ""  # first file with a line set aside that is not blank
    snapshot_issues: tuple[str, ...] = ()  # what a snapshot's manifest or lists do not agree with


@dataclass
class FileCount:
    """Counts of one file as it is read, and its row in the table of input files."""

    source: SourceFile
    format: str | None = None
    sha256: str | None = None
    event: str = ""
    lines: int = 0
    works: int = 0

    def row(self) -> tuple[Any, ...]:
        """Row of input_file."""
        quarantined = self.lines - self.works
        named = (self.source.seq, self.source.name, self.format, self.sha256)
        found = (self.lines, self.works, quarantined, self.event or None)
        return (*named, *found, self.source.dated)


def works_by_date(counts: Sequence[FileCount]) -> dict[str, int]:
    """Works by the date in the path of their file; partitions of a snapshot are of one release."""
    found: Counter[str] = Counter()
    for count in counts:
        if count.works and count.source.dated and not count.source.partition:
            found[count.source.dated.date().isoformat()] += count.works
    return dict(sorted(found.items()))
