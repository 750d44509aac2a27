"""Two invented corpora, the second grown out of the first."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ibis
from build import DECLARED, SIDES, table, tables

from bibnet.network.membership import membership
from bibnet.network.scope import side_countries, work_scope, work_sides
from bibnet.storage.engine import Engine
from bibnet.tables.fingerprints import with_authors, with_subject

SOURCE = datetime(2026, 2, 16, tzinfo=UTC)
COUNTRIES = ("DE", "FR", "CN", "HK", "US", None)
# Where bibnet places a string of a country.
INSTITUTION_OF = {"DE": "I10", "FR": "I11", "CN": "I12", "HK": "I13", "US": "I14"}
DATES = (None, "2026-01-01", "2026-02-16", "2026-02-17", "2026-05-01")
RULES = ("topics",)  # the AI rules of the query
AI = ("not_ai", "ai_not_judgeable")
WIDE = "max_countries"


@dataclass(frozen=True)
class Paper:
    """A work: one author per string.

    The source ties each string to one institution or none (`asserted`) and may state a country
    (`stated`), bibnet places it in one country or none (`countries`).
    """

    id: str
    doi: str | None
    year: int
    published: str | None
    citations: int | None
    strings: tuple[str, ...]
    countries: tuple[str | None, ...]
    asserted: tuple[str | None, ...] = ()
    stated: tuple[str | None, ...] = ()
    funders: tuple[str, ...] = ()
    listed: bool = False  # a list of bodies holds one of it
    topic: str = "T1"
    title: str = ""
    author: str | None = None
    rule: str | None = None  # the rule that leaves it out


Corpus = dict[str, Paper]
Change = Callable[[random.Random, Paper], Paper | None]


def first_corpus(chance: random.Random, size: int) -> Corpus:
    return {f"W{n}": invented(chance, f"W{n}", (2019, 2026)) for n in range(size)}


def invented(chance: random.Random, name: str, years: tuple[int, int]) -> Paper:
    authors = chance.randrange(0, 4)
    return Paper(
        id=name,
        doi=f"10.1/{name.lower()}" if chance.random() < 0.7 else None,
        year=chance.randint(*years),
        published=chance.choice(DATES),
        citations=chance.choice((None, 0, 1, 7)),
        strings=tuple(f"lab {chance.randrange(9)}" for _ in range(authors)),
        countries=tuple(chance.choice(COUNTRIES) for _ in range(authors)),
        asserted=tuple(chance.choice(("I1", "I2", None)) for _ in range(authors)),
        funders=("F1",) if chance.random() < 0.3 else (),
        listed=chance.random() < 0.3,
        title=f"A title of {name} that is long enough to tell works apart",
        author=f"A{name}" if chance.random() < 0.8 else None,
        rule=chance.choice(("retracted", "not_ai", WIDE)) if chance.random() < 0.15 else None,
    )


def _resolved(chance: random.Random, paper: Paper) -> Paper:
    return replace(paper, countries=tuple(chance.choice(COUNTRIES) for _ in paper.strings))


def _rewritten(chance: random.Random, paper: Paper) -> Paper:
    return replace(paper, strings=tuple(f"{text}!" for text in paper.strings))


def _toggled(rule: str) -> Change:
    return lambda _, paper: replace(paper, rule=None if paper.rule else rule)


# What can happen to a work at the source or with us between two runs.
CHANGES: Mapping[str, Change] = {
    "removed": lambda _, paper: None,
    "merged": lambda _, paper: replace(paper, id=f"M{paper.id}"),
    # The article that the preprint is merged into has a DOI of its own.
    "merged_title": lambda _, paper: replace(paper, id=f"M{paper.id}", doi=f"10.2/{paper.id}"),
    "retyped": _toggled("paratext"),
    "new_topic": lambda _, paper: replace(_toggled("not_ai")(_, paper), topic="T2"),  # type: ignore[type-var]
    "new_list": _toggled("not_ai"),
    "too_wide": _toggled(WIDE),
    "rewritten": lambda chance, paper: _resolved(chance, _rewritten(chance, paper)),
    "text_only": _rewritten,
    "rematched": lambda chance, paper: _resolved(
        chance, replace(paper, asserted=tuple("I9" for _ in paper.strings))
    ),
    "rematched_within": lambda _, p: replace(p, asserted=tuple("I8" for _ in p.strings)),
    "resolved": _resolved,
    "funded": lambda _, paper: replace(paper, funders=() if paper.funders else ("F1",)),
    "other_funder": lambda _, paper: replace(paper, funders=tuple("F2" for _ in paper.funders)),
    "listed": lambda _, paper: replace(paper, listed=not paper.listed),
    "cited": lambda _, paper: replace(paper, citations=(paper.citations or 0) + 5),
}


def grown(chance: random.Random, old: Corpus, kinds: tuple[str, ...] | None = None) -> Corpus:
    """The same corpus a quarter later: to every third work nothing, to others one or two changes.

    With `kinds` every work gets these changes, in this order, and none is new.
    """
    found = {}
    for paper in old.values():
        few = chance.sample(sorted(CHANGES), chance.randrange(0, 3))
        changed: Paper | None = paper
        for kind in few if kinds is None else kinds:
            changed = changed and CHANGES[kind](chance, changed)
        if changed:
            found[changed.id] = changed
    for n in range(len(old), len(old) + len(old) // 3) if kinds is None else ():
        found[f"W{n}"] = invented(chance, f"W{n}", (2024, 2027))
    return found


def run_tables(engine: Engine, folder: Path, corpus: Corpus) -> dict[str, ibis.Table]:
    """The tables of a run that kept the works no rule leaves out, as files in `folder`."""
    folder.mkdir()
    found = {
        name: engine.write(rows, folder, DECLARED[name])
        for name, rows in _source_tables(corpus).items()
    }
    side_country = side_countries({side: tuple(codes) for side, codes in SIDES.items()})

    def add(name: str, rows: ibis.Table) -> None:
        found[name] = engine.write(rows, folder, DECLARED[name])

    add("country_membership", membership(found, "country"))
    add("institution_membership", membership(found, "institution_id"))
    add("work_side", work_sides(found, side_country))
    add("work_scope", work_scope(found, len(SIDES)))
    return {**found, "side_country": side_country}


def _source_tables(corpus: Corpus) -> dict[str, ibis.Table]:
    numbered = list(enumerate(corpus.values(), 1))
    return {
        **_tables_of([(key, p) for key, p in numbered if p.rule is None]),
        "excluded": _excluded([(key, p) for key, p in numbered if p.rule]),
    }


def _excluded(papers: list[tuple[int, Paper]]) -> ibis.Table:
    """Works left out, with the hashes that a run keeps of them."""
    sources = _tables_of(papers)
    out = table("excluded", *({"work_key": k, "work_id": p.id, "rule": p.rule} for k, p in papers))
    bare = out.select("work_key", "work_id", "rule")
    narrow = with_subject(bare.filter(bare.rule != WIDE), sources, RULES)
    return narrow.union(with_authors(bare.filter(bare.rule == WIDE), sources))


def _tables_of(papers: list[tuple[int, Paper]]) -> dict[str, ibis.Table]:
    authors = [(k, n, p) for k, p in papers for n in range(len(p.strings))]
    keys = [{"work_key": k, "author_seq": n + 1, "affiliation_seq": 1} for k, n, _ in authors]
    both = list(zip(keys, authors, strict=True))
    return tables(
        work=[_work_row(key, paper) for key, paper in papers],
        text=[],
        topic=[{"work_key": k, "topic_seq": 0, "topic_id": p.topic} for k, p in papers],
        concept=[],
        authorship=[
            {"work_key": k, "author_seq": n + 1, "author_id": None if n else p.author}
            for k, n, p in authors
        ],
        affiliation=[{**key, "text": p.strings[n]} for key, (_, n, p) in both],
        asserted_institution=[
            {**key, "institution_seq": 1, "institution_id": p.asserted[n]}
            for key, (_, n, p) in both
            if p.asserted and p.asserted[n]
        ],
        stated_country=[
            {"work_key": k, "author_seq": n + 1, "country": p.stated[n]}
            for k, n, p in authors
            if p.stated and p.stated[n]
        ],
        place=[
            {
                **key,
                "place_seq": 1,
                "country": p.countries[n],
                "institution_id": INSTITUTION_OF[p.countries[n]],
            }
            for key, (_, n, p) in both
            if p.countries[n]
        ],
        work_funder=[{"work_key": k, "funder_id": f} for k, p in papers for f in p.funders],
        funding=[{"work_key": k, "funder_id": f} for k, p in papers for f in p.funders],
        award=[],
        institution=[
            {"institution_id": name, "institution": f"Institution {name}"}
            for name in INSTITUTION_OF.values()
        ],
        list_flag=[
            {"work_key": k, "author_seq": 1, "entry_id": "e", "is_default": True}
            for k, p in papers
            if p.listed
        ],
    )


def _work_row(key: int, paper: Paper) -> dict[str, Any]:
    day = paper.published and datetime.fromisoformat(paper.published).replace(tzinfo=UTC)
    return {
        "work_key": key,
        "work_id": paper.id,
        "doi": paper.doi,
        "title": f"={paper.title or paper.id}",
        "year": paper.year,
        "published": day,
        "citations": paper.citations,
        "authors": len(paper.strings),
    }
