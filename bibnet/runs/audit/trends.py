"""`bibnet trends`: works a year whose titles hold all of a list of words, by language."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from bibnet.query import Query
from bibnet.reference import load
from bibnet.runs.audit.document import Document, Section
from bibnet.runs.pipeline.corpus_frame import corpus_frame
from bibnet.runs.pipeline.harvested import newest_pages
from bibnet.schema.errors import Fault, InputError, UsageError
from bibnet.tag.keywords.keywords import TITLE, TOGETHER, TOGETHER_SIGN, Field, Keyword

FAMILY = "securitization"
ALL, UNKNOWN = "all", "unknown"
COLUMNS = ["work_id", "doi", "title", "year", "language"]


def trend_report(query: Query, works: Sequence[Path], words: Sequence[str], out: Path) -> Document:
    """Works by year, words and language whose titles hold all the words, with totals.

    `words` are texts such as "AI + security"; without any, those of the study of securitization
    in the keyword list. Works are of the query's corpus, whatever its rule of AI, from `works`
    or the newest complete harvest of the query below `out`. Raises InputError where there are
    none, UsageError for words that cannot be looked for.
    """
    asked = _terms(words)
    paths = tuple(works) or newest_pages(query, out)
    if not paths:
        remedy = "give --works, or run bibnet harvest first"
        raise InputError(Fault("no works to read", f"query {query.name}", remedy))
    frame = _titles(replace(query, ai=(ALL,)), paths)
    hits = _hits(frame, asked)
    facts: dict[str, Any] = {
        "query": query.question,
        "works": len(frame),
        "works_without_title": int(frame["title"].isna().sum()),
        "works_of_unknown_language": int((frame["language"] == UNKNOWN).sum()),
        "words": [one.term for one in asked],
        "how_to_read": "A title counts where all the words of a list stand in it; the language is "
        "the source's guess, wrong in about one case of seven.",
    }
    return Document(
        f"Titles by year, query {query.name}",
        facts,
        [
            Section("trends", "Titles that hold all the words", _counted(frame, hits, asked)),
            Section("works", "The works", hits),
        ],
    )


def _terms(words: Sequence[str]) -> list[Keyword]:
    texts = words or [
        row["term"]
        for row in load.rows("keywords")
        if row["family"] == FAMILY and row["form"] == TOGETHER and row["decision"] == "include"
    ]
    found = []
    for text in texts:
        parts = [part.strip() for part in text.split("+")]
        if not all(parts):
            remedy = 'write them as "artificial intelligence + security"'
            raise UsageError(Fault("not a list of words", f"--words {text!r}", remedy))
        found.append(Keyword(TOGETHER_SIGN.join(parts), TOGETHER, ()))
    return found


def _titles(query: Query, paths: Sequence[Path]) -> pd.DataFrame:
    frame = corpus_frame(query, paths, COLUMNS)
    return frame.assign(language=frame["language"].fillna(UNKNOWN))


def _hits(frame: pd.DataFrame, asked: Sequence[Keyword]) -> pd.DataFrame:
    rows = []
    titles = frame["title"].fillna("").tolist()
    for cells, title in zip(frame[COLUMNS].to_numpy().tolist(), titles, strict=True):
        one = Field(TITLE, title)
        for keyword in asked:
            matched = one.find(keyword)
            if matched:
                rows.append((*cells, keyword.term, matched))
    return pd.DataFrame(rows, columns=[*COLUMNS, "words", "matched_text"])


def _counted(frame: pd.DataFrame, hits: pd.DataFrame, asked: Sequence[Keyword]) -> pd.DataFrame:
    """A row for each year, list of words and language, and for all languages; zeros among them."""
    both = pd.concat([frame, frame.assign(language=ALL)])
    total = Counter(zip(both["year"].tolist(), both["language"].tolist(), strict=True))
    twice = pd.concat([hits, hits.assign(language=ALL)])
    found = Counter(zip(*(twice[c].tolist() for c in ("year", "words", "language")), strict=True))
    rows = [
        (year, one.term, language, found[year, one.term, language], number)
        for (year, language), number in total.items()
        for one in asked
    ]
    table = pd.DataFrame(rows, columns=["year", "words", "language", "works", "total"])
    table["share"] = table["works"] / table["total"]
    return table.sort_values(["words", "language", "year"], ignore_index=True)
