"""Two invented corpora, the second grown out of the first, and their split in plain Python."""

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import ibis
from build import DECLARED, SIDES, tables

from bibnet.network.membership import membership
from bibnet.network.scope import side_countries, work_scope, work_sides
from bibnet.storage.engine import Engine

SOURCE = datetime(2026, 2, 16, tzinfo=UTC)
COUNTRIES = ("DE", "FR", "CN", "HK", "US", None)
DATES = (None, "2026-01-01", "2026-02-16", "2026-02-17", "2026-05-01")


@dataclass(frozen=True)
class Paper:
    """A work: one author per string, each string resolved to one country or none."""

    id: str
    doi: str | None
    year: int
    published: str | None
    citations: int | None
    strings: tuple[str, ...]
    countries: tuple[str | None, ...]
    funded: bool = False
    rule: str | None = None  # the rule that leaves it out


Corpus = dict[str, Paper]


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
        funded=chance.random() < 0.3,
        rule="retracted" if chance.random() < 0.15 else None,
    )


def grown(chance: random.Random, old: Corpus) -> Corpus:
    """The same corpus a quarter later: some of everything that can happen to a work."""
    found = {paper.id: paper for paper in (_changed(chance, p) for p in old.values()) if paper}
    for n in range(len(old), len(old) + len(old) // 3):
        found[f"W{n}"] = invented(chance, f"W{n}", (2024, 2027))
    return found


def _changed(chance: random.Random, paper: Paper) -> Paper | None:
    other = invented(chance, paper.id, (2019, 2026))
    changes: dict[str, Any] = {
        "same": {},
        "removed": None,
        "merged": {"id": f"M{paper.id}"},
        "rule": {"rule": None if paper.rule else "paratext"},
        "cited": {"citations": (paper.citations or 0) + 5},
        "moved": {"strings": other.strings, "countries": other.countries},
        "resolved": {"countries": tuple(chance.choice(COUNTRIES) for _ in paper.strings)},
        "funded": {"funded": not paper.funded},
    }
    change = changes[chance.choice(sorted(changes))]
    return None if change is None else replace(paper, **change)


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
    kept = [(key, p) for key, p in enumerate(corpus.values(), 1) if p.rule is None]
    authors = [(k, n, p) for k, p in kept for n in range(1, len(p.strings) + 1)]
    affiliation = [
        {"work_key": k, "author_seq": n, "affiliation_seq": 1, "text": p.strings[n - 1]}
        for k, n, p in authors
    ]
    return tables(
        work=[_work_row(key, paper) for key, paper in kept],
        excluded=[
            {"work_key": key, "work_id": p.id, "rule": p.rule}
            for key, p in enumerate(corpus.values(), 1)
            if p.rule
        ],
        authorship=[{"work_key": k, "author_seq": n} for k, n, _ in authors],
        affiliation=affiliation,
        asserted_institution=[],
        stated_country=[],
        place=[
            {**row, "place_seq": 1, "country": p.countries[n - 1]}
            for row, (_, n, p) in zip(affiliation, authors, strict=True)
            if p.countries[n - 1]
        ],
        funding=[{"work_key": k, "funder_id": "F1"} for k, p in kept if p.funded],
        award=[],
    )


def _work_row(key: int, paper: Paper) -> dict[str, Any]:
    day = paper.published and datetime.fromisoformat(paper.published).replace(tzinfo=UTC)
    return {
        "work_key": key,
        "work_id": paper.id,
        "doi": paper.doi,
        "title": f"=Title of {paper.id}",
        "year": paper.year,
        "published": day,
        "citations": paper.citations,
        "authors": len(paper.strings),
    }


def gives(paper: Paper) -> dict[tuple[str, str], Fraction]:
    """What a kept work gives to each number; a key is there where the work belongs to it."""
    found: dict[tuple[str, str], Fraction] = {("works", "all"): Fraction(1)}
    sides = [side for side, codes in SIDES.items() if set(codes) & set(paper.countries)]
    for side in sides:
        inside = sum(country in SIDES[side] for country in paper.countries)
        found["works", side] = Fraction(1)
        found["works_fractional", side] = Fraction(inside, len(paper.countries))
    if any(paper.countries):
        found["works_with_country", "all"] = Fraction(1)
    if paper.funded:
        found["works_with_funder", "all"] = Fraction(1)
    if len(sides) == len(SIDES):
        found["joint_works", "all"] = Fraction(1)
        found["citations_joint", "all"] = Fraction(paper.citations or 0)
    elif sides:
        found["citations_one_side", sides[0]] = Fraction(paper.citations or 0)
    return found


def split(old: Corpus, new: Corpus) -> dict[tuple[str, str, str], Fraction]:
    """Change of each number by part, work by work, without a table."""
    parts: Counter[tuple[str, str, str]] = Counter()
    for name in {*old, *new}:
        before, after = old.get(name), new.get(name)
        gave = gives(before) if before and not before.rule else {}
        now = gives(after) if after and not after.rule else {}
        for key in {*gave, *now}:
            change = now.get(key, Fraction(0)) - gave.get(key, Fraction(0))
            if change:
                both = key in gave and key in now
                why = _why(key[0], both=both, papers=(before, after), corpora=(old, new))
                parts[*key, why] += change  # type: ignore[assignment]
    return dict(parts)  # type: ignore[arg-type]


def _why(
    number: str,
    *,
    both: bool,
    papers: tuple[Paper | None, Paper | None],
    corpora: tuple[Corpus, Corpus],
) -> str:
    before, after = papers
    if after is None:
        assert before is not None
        return "merged" if _stands(before.doi, corpora[1]) else "removed"
    if before is None:
        gone = {n: p for n, p in corpora[0].items() if n not in corpora[1]}
        return "merged" if _stands(after.doi, gone) else _first_time(after)
    if before.rule or after.rule:
        return "kept_now" if before.rule else "left_out_now"
    if number.startswith("citations") and both:
        return "citations"
    if number == "works_with_funder":
        return "funders_changed"
    return "affiliations_changed" if before.strings != after.strings else "resolved_anew"


def _stands(doi: str | None, corpus: Corpus) -> bool:
    return any(doi and paper.doi == doi and not paper.rule for paper in corpus.values())


def _first_time(paper: Paper) -> str:
    if paper.year != SOURCE.year:
        return "new" if paper.year > SOURCE.year else "added_late"
    if paper.published in (None, "2026-01-01"):
        return "first_seen"
    return "new" if str(paper.published) > SOURCE.date().isoformat() else "added_late"
