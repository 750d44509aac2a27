"""What a filled sample gives: the precision of each keyword and flag, and the verdicts that follow.

Precision = accepted / judged works of the sample, with Wilson's 95% interval (Wilson 1927,
doi:10.1080/01621459.1927.10502953). A key without a judged work has no precision and stands.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibnet.reference.filled import read_filled
from bibnet.runs.open import Run
from bibnet.runs.review.sample import COLUMNS, guarded
from bibnet.schema.errors import Fault, InputError
from bibnet.schema.proportion import wilson
from bibnet.storage.disk import whole_file
from bibnet.tag.lists.verdict import ACCEPT, FLAG, KEYWORD, OPTIONAL, REJECT, REQUIRED, keyword_key

UNSURE = "unsure"
JUDGED = (ACCEPT, REJECT)
WORDS = (*JUDGED, UNSURE, "")
NEEDED = ("sample_id", "run", "kind", "key", "work_id", "verdict")
# Below this at least one work in five is about something else, which a reader of a list of
# sensitive works would take for a finding.
MIN_PRECISION = 0.8
KEEP, DROP, NOT_JUDGED = "keep", "drop", "not judged"


@dataclass(frozen=True)
class Signature:
    """Who judged and when, if that is to be kept; empty text where not."""

    reviewer: str = ""
    date: str = ""


@dataclass(frozen=True)
class Score:
    """The judgements of one keyword or flag; precision and interval are None without any."""

    kind: str
    key: str
    drawn: int
    judged: int
    accepted: int
    unsure: int
    precision: float | None
    low: float | None
    high: float | None
    decision: str

    @property
    def note(self) -> str:
        """The measure in words, as a file of verdicts keeps it."""
        return (
            f"precision {self.precision:.2f}, {self.accepted} of {self.judged} judged, "
            f"95% interval {self.low:.2f} to {self.high:.2f}"
        )


def read_judgements(run: Run, path: Path) -> list[dict[str, str]]:
    """Rows of a filled sample; raises InputError with every fault: unknown verdicts, other runs."""
    file = read_filled(path, NEEDED, [name for name in COLUMNS if name not in NEEDED])
    known = _hits(run)
    faults, seen = list(file.faults), dict[tuple[str, ...], int]()
    for number, row in file.rows:
        row["verdict"] = row["verdict"].lower()
        faults += _row_faults(row, f"{path}: row {number}", run.manifest["run"], known)
        first = seen.setdefault((row["kind"], row["key"], row["work_id"]), number)
        if first != number:
            where = f"{path}: row {number}, first in row {first}"
            faults.append(Fault("a work is judged twice for one key", where, "keep one row"))
    if faults:
        raise InputError(faults)
    return [row for _, row in file.rows]


def score_sample(
    rows: Sequence[Mapping[str, str]], min_precision: float = MIN_PRECISION
) -> list[Score]:
    """Score of each key of the sample, in order of kind and key; no row gives no score."""
    verdicts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        verdicts[row["kind"], row["key"]].append(row["verdict"])
    return [_score(*key, verdicts[key], min_precision) for key in sorted(verdicts)]


def write_verdicts(
    path: Path, scores: Sequence[Score], run: Run, signature: Signature | None = None
) -> None:
    """Write the verdicts that follow, and those of the run itself that were not judged anew."""
    signed = signature or Signature()
    new = {
        (one.kind, one.key): {
            "kind": one.kind,
            "key": one.key,
            "verdict": REJECT if one.decision == DROP else ACCEPT,
            "reviewer": signed.reviewer,
            "date": signed.date,
            "note": one.note,
            "judged": one.judged,
            "accepted": one.accepted,
        }
        for one in scores
        if one.decision != NOT_JUDGED
    }
    old = {(row["kind"], row["key"]): row for row in run.manifest["review"]["rows"]}
    with whole_file(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        columns = [*REQUIRED, *OPTIONAL]
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        for _, row in sorted({**old, **new}.items()):
            writer.writerow({name: guarded(row[name]) for name in columns})


def _score(kind: str, key: str, verdicts: Sequence[str], min_precision: float) -> Score:
    accepted, judged = verdicts.count(ACCEPT), sum(word in JUDGED for word in verdicts)
    low, high = wilson(accepted, judged)
    precision = accepted / judged if judged else None
    decision = NOT_JUDGED if precision is None else KEEP if precision >= min_precision else DROP
    return Score(
        kind=kind,
        key=key,
        drawn=len(verdicts),
        judged=judged,
        accepted=accepted,
        unsure=verdicts.count(UNSURE),
        precision=precision,
        low=low if judged else None,
        high=high if judged else None,
        decision=decision,
    )


def _hits(run: Run) -> set[tuple[str, str, str]]:
    """(kind, key, work_id) of everything that a sample of the run can hold."""
    works = run.table("work").set_index("work_key")["work_id"]
    keywords, flags = (
        run.table("keyword_hit"),
        run.table("list_flag").fillna({"institution_id": ""}),
    )
    found: set[tuple[Any, ...]] = {
        (KEYWORD, keyword_key(family, term), works[key])
        for key, family, term in keywords[["work_key", "family", "term"]].itertuples(index=False)
    }
    return found | {
        (FLAG, keyword_key(entry, own) if own else entry, works[key])
        for key, entry, own in flags[["work_key", "entry_id", "institution_id"]].itertuples(
            index=False
        )
    }


def _row_faults(
    row: Mapping[str, str], where: str, run: str, known: set[tuple[str, str, str]]
) -> list[Fault]:
    faults = []
    if row["verdict"] not in WORDS:
        words = f"write {ACCEPT}, {REJECT} or {UNSURE}, or leave it empty"
        faults.append(Fault(f"unknown verdict {row['verdict']!r}", where, words))
    if row["run"] != run:
        remedy = f"score it with its own run, this one is {run}"
        faults.append(Fault(f"a row of another run, {row['run']!r}", where, remedy))
    elif (row["kind"], row["key"], row["work_id"]) not in known:
        what = f"no {row['kind'] or 'kind'} {row['key']!r} in work {row['work_id']!r}"
        faults.append(Fault(what, where, "leave the cells of the sample as they were drawn"))
    return faults
