"""Reviewers' verdicts on keywords and flags: a CSV file that a run obeys and keeps.

Columns: kind (keyword, flag), key, verdict (accept, reject), and if wanted reviewer, date, note,
judged and accepted. The key of a keyword is FAMILY:TERM, that of a flag ENTRY_ID, or
ENTRY_ID:INSTITUTION_ID for one institution only, which goes before the entry's own verdict. What
is not named stands. A rejected flag is set aside, never deleted; a rejected keyword is not
searched.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from bibnet.reference import load
from bibnet.reference.filled import read_filled
from bibnet.schema.errors import Fault, ReferenceListError

KEYWORD, FLAG = "keyword", "flag"
ACCEPT, REJECT = "accept", "reject"
REQUIRED = ("kind", "key", "verdict")
OPTIONAL = ("reviewer", "date", "note", "judged", "accepted")
KEY_SEPARATOR = ":"
REMEDIES: Mapping[str, str] = {
    KEYWORD: "write FAMILY:TERM of a keyword that keywords.csv includes",
    FLAG: "write ENTRY_ID of defence_institutions.csv, or ENTRY_ID:INSTITUTION_ID",
}


@dataclass(frozen=True)
class Verdict:
    """One row of the file; empty text where it says nothing. `row` is its number in the file."""

    row: int
    kind: str
    key: str
    verdict: str
    reviewer: str = ""
    date: str = ""
    note: str = ""
    judged: str = ""
    accepted: str = ""


@dataclass(frozen=True)
class Verdicts:
    """All rows of a file; none where no file was given."""

    rows: tuple[Verdict, ...] = ()

    def dropped(self) -> list[tuple[str, str]]:
        """Keywords that are not searched, as (family, term), sorted."""
        found = (row.key for row in self.rows if row.kind == KEYWORD and row.verdict == REJECT)
        return sorted(keyword_of(key) for key in found)

    def rejected_by(self, entry_id: str, institution_id: str) -> str:
        """Name the verdict that sets a flag aside; empty if the flag stands."""
        own = keyword_key(entry_id, institution_id) if institution_id else entry_id
        found = {row.key: row for row in self.rows if row.kind == FLAG}
        row = found.get(own) or found.get(entry_id)
        if row is None or row.verdict == ACCEPT:
            return ""
        said = ", ".join(filter(None, (row.reviewer, row.date)))
        return f"verdict in row {row.row}" + (f" ({said})" if said else "")

    def record(self) -> list[dict[str, object]]:
        """The rows as the manifest keeps them."""
        return [asdict(row) for row in self.rows]


def keyword_key(family: str, term: str) -> str:
    """Key of a keyword (or of an entry and an institution) in the file of verdicts."""
    return f"{family}{KEY_SEPARATOR}{term}"


def keyword_of(key: str) -> tuple[str, str]:
    """Family and term of a key (or entry and institution); no family has the separator."""
    family, _, term = key.partition(KEY_SEPARATOR)
    return family, term


def read_verdicts(path: Path) -> Verdicts:
    """Read a file of verdicts; raises ReferenceListError with every fault of it."""
    file = read_filled(path, REQUIRED, OPTIONAL)
    rows = [Verdict(row=number, **cells) for number, cells in file.rows]
    known = _known_keys()
    faults = [*file.faults]
    faults += [fault for row in rows for fault in _row_faults(row, path, known)]
    faults += _repeats(rows, path)
    if faults:
        raise ReferenceListError(faults)
    return Verdicts(tuple(rows))


def reject_flags(flags: pd.DataFrame, verdicts: Verdicts) -> pd.DataFrame:
    """Flags with the column rejected_by; `flags` has entry_id and institution_id."""
    pairs = zip(flags["entry_id"], flags["institution_id"], strict=True)
    found = [verdicts.rejected_by(str(entry), str(own)) for entry, own in pairs]
    return flags.assign(rejected_by=pd.Series(found, index=flags.index, dtype=object))


def _known_keys() -> dict[str, Collection[str]]:
    keywords = {
        keyword_key(row["family"], row["term"])
        for row in load.rows("keywords")
        if row["decision"] == "include"
    }
    return {KEYWORD: keywords, FLAG: {r["entry_id"] for r in load.rows("defence_institutions")}}


def _row_faults(row: Verdict, path: Path, known: Mapping[str, Collection[str]]) -> list[Fault]:
    where = f"{path}: row {row.row}"
    faults = []
    if row.verdict not in (ACCEPT, REJECT):
        faults.append(Fault(f"unknown verdict {row.verdict!r}", where, f"{ACCEPT} or {REJECT}"))
    if row.kind not in known:
        faults.append(Fault(f"unknown kind {row.kind!r}", where, f"{KEYWORD} or {FLAG}"))
    elif (keyword_of(row.key)[0] if row.kind == FLAG else row.key) not in known[row.kind]:
        faults.append(Fault(f"unknown {row.kind} {row.key!r}", where, REMEDIES[row.kind]))
    checks: tuple[tuple[str, str, Callable[[str], object]], ...] = (
        ("date", row.date, date.fromisoformat),
        ("judged", row.judged, int),
        ("accepted", row.accepted, int),
    )
    for name, cell, read in checks:
        if cell and not _reads(read, cell):
            faults.append(Fault(f"{name} is not one: {cell!r}", where, "mend it or leave it empty"))
    return faults


def _reads(read: Callable[[str], object], cell: str) -> bool:
    try:
        read(cell)
    except ValueError:
        return False
    return True


def _repeats(rows: list[Verdict], path: Path) -> list[Fault]:
    first: dict[tuple[str, str], int] = {}
    return [
        Fault(
            f"{row.kind} {row.key!r} is judged twice",
            f"{path}: row {row.row}, first in row {first[row.kind, row.key]}",
            "keep one of the rows",
        )
        for row in rows
        if first.setdefault((row.kind, row.key), row.row) != row.row
    ]
