"""Quarter against quarter: parts add up exactly and are those of an independent split."""

import random
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import ibis
import pytest
from two_corpora import SOURCE, Corpus, Paper, first_corpus, gives, grown, run_tables, split

from bibnet.runs.compare.change import change_totals, changed_numbers, changed_works
from bibnet.runs.compare.parts import Part, parts_of
from bibnet.schema import Table
from bibnet.schema.change import NUMBERS, PARTS
from bibnet.storage.engine import Engine

SIDES = ("europe", "china")


class Bench:
    """Compares corpora as two runs of one engine."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.folder = engine, folder

    def rows(self, old: Corpus, new: Corpus, source: datetime | None = SOURCE) -> ibis.Table:
        before = run_tables(self.engine, self.folder / "old", old)
        after = run_tables(self.engine, self.folder / "new", new)
        return changed_numbers(before, after, source, self.keep)

    def keep(self, rows: ibis.Table, table: Table) -> ibis.Table:
        return self.engine.write(rows, self.folder, table)

    def parts(self, old: Corpus, new: Corpus, source: datetime | None = SOURCE) -> list[Part]:
        totals = self.engine.frame(change_totals(self.rows(old, new, source)))
        return parts_of(totals, SIDES, tuple(NUMBERS))


@pytest.fixture
def bench(engine: Engine, tmp_path: Path) -> Bench:
    return Bench(engine, tmp_path)


def changes(parts: list[Part]) -> dict[tuple[str, str, str], Fraction]:
    return {(p.number, p.side, p.part): p.change for p in parts if p.part != "all" and p.change}


def one(**fields: Any) -> Corpus:
    given = {"doi": None, "year": 2020, "published": None, "citations": 2}
    paper = Paper("W1", **{**given, "strings": ("lab",), "countries": ("DE",), **fields})
    return {paper.id: paper}


def joined(*corpora: Corpus) -> Corpus:
    return {name: paper for corpus in corpora for name, paper in corpus.items()}


@pytest.mark.parametrize("seed", range(2))
def test_parts_add_up_and_are_those_of_a_split_work_by_work(bench: Bench, seed: int) -> None:
    chance = random.Random(seed)
    old = first_corpus(chance, 60)
    new = grown(chance, old)
    found = bench.parts(old, new)
    assert changes(found) == split_without_zeros(old, new)
    for whole in (p for p in found if p.part == "all" and p.number != "share"):
        key = whole.number, whole.side
        parts = [p for p in found if (p.number, p.side) == key and p.part != "all"]
        assert sum(p.change or 0 for p in parts) == whole.change
        assert (whole.old, whole.new) == (counted(old, key), counted(new, key))


def counted(corpus: Corpus, key: tuple[str, str]) -> Fraction:
    kept = (gives(paper) for paper in corpus.values() if not paper.rule)
    return sum((given.get(key, Fraction(0)) for given in kept), Fraction(0))


def test_every_part_is_met_by_the_random_corpora() -> None:
    met = set()
    for seed in range(4):
        chance = random.Random(seed)
        old = first_corpus(chance, 60)
        met |= {part for _, _, part in split(old, grown(chance, old))}
    assert met == set(PARTS) - {"same"}


def test_a_corpus_with_itself_has_no_change(bench: Bench) -> None:
    corpus = first_corpus(random.Random(9), 30)
    found = bench.parts(corpus, corpus)
    assert {p.part for p in found} == {"all"}
    assert {p.change for p in found} == {Fraction(0)}


def why(bench: Bench, old: Corpus, new: Corpus, source: datetime | None = SOURCE) -> set[str]:
    found = bench.parts(old, new, source)
    return {p.part for p in found if p.number == "works" and p.side == "europe"} - {"all"}


FIRST_TIME: list[tuple[int, str | None, str]] = [
    (2027, "2026-01-05", "new"),
    (2025, "2026-05-05", "added_late"),
    (2026, "2026-02-17", "new"),
    (2026, "2026-02-16", "added_late"),
    (2026, "2026-01-01", "first_seen"),  # no day, only a year
    (2026, None, "first_seen"),
    (2026, "2025-12-31", "first_seen"),  # year and day disagree
]


def test_new_and_added_late_by_year_then_by_day(bench: Bench) -> None:
    new = {
        f"W{at}": Paper(f"W{at}", None, year, day, 0, ("lab",), ("DE",))
        for at, (year, day, _) in enumerate(FIRST_TIME)
    }
    rows = bench.engine.frame(bench.rows({}, new))
    found = dict(zip(rows["work_id"], rows["part"], strict=True))
    assert found == {f"W{at}": part for at, (_, _, part) in enumerate(FIRST_TIME)}


def test_without_a_date_of_the_source_a_first_seen_work_is_neither(bench: Bench) -> None:
    assert why(bench, {}, one(year=2030), source=None) == {"first_seen"}


def test_a_second_version_with_a_doi_that_stays_is_not_merged(bench: Bench) -> None:
    first = one(doi="10.1/a")
    second = {"W2": Paper("W2", "10.1/a", 2020, None, 0, ("lab",), ("DE",))}
    assert why(bench, first, joined(first, second)) == {"added_late"}


def test_a_work_without_doi_that_is_gone_is_removed(bench: Bench) -> None:
    other = {"W2": Paper("W2", None, 2020, None, 0, (), ())}
    assert why(bench, one(), other) == {"removed"}


def test_citations_of_a_work_that_changes_group_are_of_its_places(bench: Bench) -> None:
    old, new = one(), one(countries=("CN",), citations=9)
    found = changes(bench.parts(old, new))
    assert found["citations_one_side", "europe", "resolved_anew"] == -2
    assert found["citations_one_side", "china", "resolved_anew"] == 9


def test_the_first_citation_of_a_work_is_citations(bench: Bench) -> None:
    found = changes(bench.parts(one(citations=None), one(citations=3)))
    assert found == {("citations_one_side", "europe", "citations"): 3}


def test_works_behind_a_part_sum_to_it(bench: Bench) -> None:
    chance = random.Random(3)
    old = first_corpus(chance, 40)
    new = grown(chance, old)
    rows = bench.rows(old, new)
    sums: dict[tuple[str, str, str], Fraction] = {}
    for row in bench.engine.frame(changed_works(rows)).itertuples():
        change = Fraction(int(row.contribution_new) - int(row.contribution_old), row.unit_parts)
        key = (row.number, row.side, row.part)
        sums[key] = sums.get(key, Fraction(0)) + change
    assert {key: value for key, value in sums.items() if value} == split_without_zeros(old, new)


def split_without_zeros(old: Corpus, new: Corpus) -> dict[tuple[str, str, str], Fraction]:
    return {key: value for key, value in split(old, new).items() if value}
