"""What reading gave: counts that the manifest and the checks take up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


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
    snapshot_issues: tuple[str, ...] = ()  # what a snapshot's manifest or lists do not agree with


@dataclass
class Beside:
    """What the files that lie beside works gave: hash of each by its number, and issues."""

    hashes: dict[int, str] = field(default_factory=dict)
    issues: list[str] = field(default_factory=list)
