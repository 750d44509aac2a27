"""A seeded sample of works for each keyword and each flagged institution, as a CSV to fill in.

Every keyword and every institution is drawn from by a chance of its own, made of the seed and its
key: the sample of one does not change when another has more works.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

import pandas as pd

from bibnet.metrics.counts.listed import FIELD_ORDER
from bibnet.runs.open import Run
from bibnet.storage.csv_text import guarded_cell
from bibnet.tag.lists.verdict import FLAG, KEYWORD, keyword_key

COLUMNS = (
    "sample_id",
    "run",
    "kind",
    "key",
    "family",
    "term",
    "institution",
    "population",
    "work_id",
    "doi",
    "title",
    "matched_text",
    "context",
    "affiliation",
    "verdict",
    "note",
)
# Characters shown on either side of a match: enough to see what the sentence is about.
CONTEXT = 160
Row = dict[str, Any]


@dataclass(frozen=True)
class Draw:
    """How much to draw: works a keyword, works a flagged institution, the seed, the families."""

    seed: int
    per_keyword: int = 20
    per_institution: int = 20
    families: Sequence[str] = ()  # none = every family


def draw_sample(run: Run, draw: Draw) -> list[Row]:
    """Rows of COLUMNS, flags first, each by key and work; `verdict` and `note` are empty.

    `population` is the number of works that the key stands for. A key with fewer works than
    asked for gives them all. Flags that a verdict set aside are not drawn.
    """
    rows = [*_flag_rows(run, draw), *_keyword_rows(run, draw)]
    named = {"run": run.manifest["run"], "verdict": "", "note": ""}
    return [
        {**dict.fromkeys(COLUMNS, ""), **row, **named, "sample_id": f"S{number:05d}"}
        for number, row in enumerate(rows, start=1)
    ]


def write_sample(rows: Sequence[Row], file: TextIO) -> None:
    """Write a sample as CSV; a cell that a spreadsheet would take for a formula is guarded."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(row[column]) for column in COLUMNS] for row in rows)


def guarded(value: object) -> str:
    """A cell in one line, with an apostrophe where a spreadsheet would take it for a formula."""
    return guarded_cell(" ".join(str(value).split()))


def _drawn(frame: pd.DataFrame, key: str, most: int, seed: int) -> list[Row]:
    """At most `most` rows of a frame that is in order, by chance, in their old order."""
    chance = random.Random(f"{seed} {key}")  # noqa: S311 - draws works to read, no secret
    places = sorted(chance.sample(range(len(frame)), min(most, len(frame))))
    found = frame.iloc[places].to_dict("records")
    rows = [{str(name): cell for name, cell in row.items()} for row in found]
    return [{**row, "key": key, "population": len(frame)} for row in rows]


def _keyword_rows(run: Run, draw: Draw) -> Iterator[Row]:
    hits = run.table("keyword_hit").merge(_works(run), on="work_key")
    if draw.families:
        hits = hits[hits["family"].isin(list(draw.families))]
    place = hits["field"].map({name: at for at, name in enumerate(FIELD_ORDER)})
    first = hits.assign(place=place).sort_values(["family", "term", "work_id", "place"])
    first = first.drop_duplicates(["family", "term", "work_id"])
    rows = [
        {**row, "kind": KEYWORD}
        for (family, term), frame in first.groupby(["family", "term"], sort=True)
        for row in _drawn(frame, keyword_key(str(family), str(term)), draw.per_keyword, draw.seed)
    ]
    texts = _texts(run, rows)
    for row in rows:
        text = row["title"] if row["field"] == "title" else texts[row["work_key"]][row["field"]]
        yield {**_known(row), "context": context(str(text), row["matched_text"])}


def _flag_rows(run: Run, draw: Draw) -> Iterator[Row]:
    keys = ["work_key", "author_seq", "affiliation_seq"]
    flags = run.table("list_flag")
    flags = flags[flags["rejected_by"].isna()].merge(_works(run), on="work_key")
    flags = flags.merge(run.table("affiliation")[[*keys, "text"]], on=keys)
    body = ["entry_id", "institution_id"]
    flags[body] = flags[body].fillna("")
    first = flags.sort_values([*body, "work_id", "author_seq", "affiliation_seq"])
    first = first.drop_duplicates([*body, "work_id"]).rename(columns={"text": "affiliation"})
    for (entry, own), frame in first.groupby(body, sort=True):
        key = keyword_key(str(entry), str(own)) if own else str(entry)
        for row in _drawn(frame, key, draw.per_institution, draw.seed):
            yield {**_known(row), "kind": FLAG, "term": f"{row['lists']} ({row['rule']})"}


def _known(row: Row) -> Row:
    """The cells of a row that have a column, undefined ones empty."""
    return {name: "" if pd.isna(row[name]) else row[name] for name in COLUMNS if name in row}


def _works(run: Run) -> pd.DataFrame:
    return run.table("work")[["work_key", "work_id", "doi", "title"]].fillna("")


def _texts(run: Run, rows: Sequence[Row]) -> dict[int, Row]:
    """Abstract and keywords of the works that need them, by work_key."""
    text = run.tables["text"]
    needed = sorted({int(row["work_key"]) for row in rows if row["field"] != "title"})
    found = text.filter(text.work_key.isin(needed or [0])).to_pandas()
    return {row["work_key"]: row for row in found.to_dict("records")}


def context(text: str, matched: str) -> str:
    """The match with what stands around it, cut parts marked by an ellipsis."""
    at = text.find(matched)
    if at < 0:  # words that need not stand together
        return text[: 2 * CONTEXT]
    start, end = max(0, at - CONTEXT), at + len(matched) + CONTEXT
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
