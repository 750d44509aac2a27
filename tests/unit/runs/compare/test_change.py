"""Quarter against quarter: parts add up exactly and are those of an independent split."""

import random
from datetime import datetime
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import ibis
import pytest
from plain_split import CHOSEN, Split, gives, split, unit_members, unit_split, unmoved
from two_corpora import CHANGES, RULES, SOURCE, Corpus, Paper, first_corpus, grown, run_tables

from bibnet.runs.compare.change import (
    Question,
    change_totals,
    changed_numbers,
    changed_works,
    compared_works,
)
from bibnet.runs.compare.parts import Part, parts_of
from bibnet.runs.compare.unit_changes import changed_units, unit_rows, unit_totals
from bibnet.schema import Table
from bibnet.schema.change import NUMBERS, PARTS, UNITS, UNMOVED
from bibnet.storage.engine import Engine, Tables

SIDES = ("europe", "china")


class Bench:
    """Compares corpora as two runs of one engine."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.folder, self.runs = engine, folder, 0

    def rows(self, old: Corpus, new: Corpus, source: datetime | None = SOURCE) -> ibis.Table:
        before, after = self.tables(old, new)
        works = compared_works(before, after, Question(source, RULES), self.keep)
        return changed_numbers(before, after, works, self.keep)

    def tables(self, old: Corpus, new: Corpus) -> list[Tables]:
        self.runs += 1
        return [
            run_tables(self.engine, self.folder / f"{name}{self.runs}", corpus)
            for name, corpus in (("old", old), ("new", new))
        ]

    def units(
        self, old: Corpus, new: Corpus, *, registry_only: bool = False
    ) -> list[dict[str, Any]]:
        asked = Question(SOURCE, RULES, registry_only)
        before, after = self.tables(old, new)
        works = compared_works(before, after, asked, self.keep)
        rows = changed_units(before, after, works, CHOSEN)
        return unit_rows(self.engine.frame(unit_totals(rows)))

    def keep(self, rows: ibis.Table, table: Table) -> ibis.Table:
        folder = self.folder / f"steps{self.runs}"
        folder.mkdir(exist_ok=True)
        return self.engine.write(rows, folder, table)

    def parts(self, old: Corpus, new: Corpus, source: datetime | None = SOURCE) -> list[Part]:
        totals = self.engine.frame(change_totals(self.rows(old, new, source)))
        return parts_of(totals, SIDES, tuple(NUMBERS))


@pytest.fixture
def bench(engine: Engine, tmp_path: Path) -> Bench:
    return Bench(engine, tmp_path)


def changes(parts: list[Part]) -> Split:
    return {(p.number, p.side, p.part): p.change for p in parts if p.part != "all" and p.change}


def still(parts: list[Part]) -> dict[str, int]:
    return {p.part: p.works or 0 for p in parts if p.number == UNMOVED and p.part != "all"}


def one(**fields: Any) -> Corpus:
    given = {"doi": None, "year": 2020, "published": None, "citations": 2}
    paper = Paper("W1", **{**given, "strings": ("lab",), "countries": ("DE",), **fields})
    return {paper.id: paper}


def joined(*corpora: Corpus) -> Corpus:
    return {name: paper for corpus in corpora for name, paper in corpus.items()}


def assert_split(found: list[Part], old: Corpus, new: Corpus) -> None:
    assert changes(found) == split(old, new)
    assert still(found) == unmoved(old, new)
    for whole in (p for p in found if p.part == "all" and p.number not in ("share", UNMOVED)):
        key = whole.number, whole.side
        parts = [p for p in found if (p.number, p.side) == key and p.part != "all"]
        assert sum(p.change or 0 for p in parts) == whole.change
        assert (whole.old, whole.new) == (counted(old, key), counted(new, key))


def counted(corpus: Corpus, key: tuple[str, str]) -> Fraction:
    kept = (gives(paper) for paper in corpus.values() if not paper.rule)
    return sum((given.get(key, Fraction(0)) for given in kept), Fraction(0))


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.long) for n in (1, 2))])
def test_parts_add_up_and_are_those_of_a_split_work_by_work(bench: Bench, seed: int) -> None:
    chance = random.Random(seed)
    old = first_corpus(chance, 60)
    new = grown(chance, old)
    assert_split(bench.parts(old, new), old, new)


# What the changes of `two_corpora` are for compare; none of them is another's.
KINDS = {
    "removed": "removed",
    "merged": "merged",
    "merged_title": "merged",
    "retyped": "retyped",
    "new_topic": "topics_changed",
    "new_list": "rule_changed",
    "rewritten": "affiliations_changed",
    "rematched": "rematched_by_source",
    "resolved": "resolved_anew",
    "funded": "funders_changed",
    "listed": "listed or delisted",
    "cited": "citations",
}


# One of each way to change: works that go, come as others, are read anew, are listed.
SHORT = {"removed", "merged", "rematched", "listed"}


@pytest.mark.parametrize(
    "kind",
    [pytest.param(k, marks=[] if k in SHORT else [pytest.mark.long]) for k in sorted(KINDS)],
)
def test_a_world_of_one_kind_of_change_has_one_part(bench: Bench, kind: str) -> None:
    chance = random.Random(kind)
    old = {name: paper for name, paper in first_corpus(chance, 25).items() if not paper.rule}
    new = grown(chance, old, (kind,))
    found = bench.parts(old, new)
    parts = {p.part for p in found if p.number != UNMOVED} - {"all"}
    assert parts == ({"listed", "delisted"} if kind == "listed" else {KINDS[kind]})
    assert_split(found, old, new)


@pytest.mark.long
def test_changes_that_move_no_number_are_counted_and_nothing_else(bench: Bench) -> None:
    chance = random.Random(5)
    old = {name: paper for name, paper in first_corpus(chance, 25).items() if not paper.rule}
    authors = sum(bool(paper.strings) for paper in old.values())
    funded = sum(bool(paper.funders) for paper in old.values())
    for kind, expected in (
        ("text_only", {"affiliations_changed": authors}),
        ("rematched_within", {"rematched_by_source": authors}),
        ("other_funder", {"funders_changed": funded}),
    ):
        found = bench.parts(old, grown(chance, old, (kind,)))
        assert (changes(found), still(found)) == ({}, expected)


PAIRS = sorted(combinations(sorted(CHANGES), 2))


@pytest.mark.long
@pytest.mark.parametrize("at", range(6))
def test_worlds_of_each_pair_of_changes_add_up(bench: Bench, at: int) -> None:
    """Every pair: each work gets both changes, the split is that of the plain recount."""
    for pair in PAIRS[at::6]:
        chance = random.Random(str(pair))
        old = first_corpus(chance, 12)
        new = grown(chance, old, pair)
        assert_split(bench.parts(old, new), old, new)


def test_every_part_is_met_by_the_random_corpora() -> None:
    met = set()
    for seed in range(12):
        chance = random.Random(seed)
        old = first_corpus(chance, 60)
        met |= {part for _, _, part in split(old, grown(chance, old))}
    assert met == set(PARTS) - {"same", "registry_changed"}


@pytest.mark.parametrize("seed", range(4))
def test_parts_of_units_add_up_and_are_those_of_a_split_work_by_work(
    bench: Bench, seed: int
) -> None:
    chance = random.Random(seed)
    old = first_corpus(chance, 60)
    new = grown(chance, old)
    found = bench.units(old, new)
    assert {row["kind"] for row in found} == set(UNITS)
    moved = {
        unit_key(row): row["change"] for row in found if row["part"] != "all" and row["change"]
    }
    assert moved == unit_split(old, new)
    for whole in (row for row in found if row["part"] == "all"):
        own = [row for row in found if unit_key(row)[:-1] == unit_key(whole)[:-1]]
        parts = [row for row in own if row["part"] != "all"]
        assert whole["change"] == whole["new"] - whole["old"] == sum(r["change"] for r in parts)
        ends = tuple(unit_members(corpus)[unit_key(whole)[:-1]] for corpus in (old, new))
        assert (whole["old"], whole["new"]) == ends


def unit_key(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("kind", "unit_id", "entry_id", "number", "part"))


def test_where_nothing_but_the_registry_is_another_it_moved_the_works(bench: Bench) -> None:
    old, new = one(countries=("DE",)), one(countries=("CN",))
    for only, part in ((True, "registry_changed"), (False, "resolved_anew")):
        rows = bench.units(old, new, registry_only=only)
        assert {row["part"] for row in rows} == {"all", part}


def test_every_part_of_units_is_met_by_the_random_corpora() -> None:
    met = set()
    for seed in range(12):
        chance = random.Random(seed)
        old = first_corpus(chance, 60)
        met |= {key[-1] for key in unit_split(old, grown(chance, old))}
    assert met == set(PARTS) - {"same", "registry_changed", "citations"}


def test_a_corpus_with_itself_has_no_change(bench: Bench) -> None:
    corpus = first_corpus(random.Random(9), 30)
    found = bench.parts(corpus, corpus)
    assert {p.part for p in found} == {"all"}
    assert {p.change for p in found} == {Fraction(0)}


def test_a_work_merged_into_one_that_keeps_its_own_doi_is_merged(bench: Bench) -> None:
    title = {"title": "One paper, deposited twice by its authors", "author": "A7"}
    preprint = one(doi="10.48550/x", **title)
    article = {"W2": Paper("W2", "10.1/a", 2021, None, 0, ("lab",), ("DE",), **title)}
    assert why(bench, joined(preprint, article), article) == {"merged"}


@pytest.mark.parametrize(
    "other",
    [
        {"title": "One paper, deposited twice by its others", "author": "A7"},
        {"title": "One paper, deposited twice by its authors", "author": "A8"},
        {"title": "One paper, deposited twice by its authors", "author": "A7", "year": 2023},
    ],
)
def test_another_title_author_or_year_is_another_work(bench: Bench, other: dict) -> None:
    gone = one(doi="10.48550/x", title="One paper, deposited twice by its authors", author="A7")
    paper = Paper("W2", "10.1/a", other.pop("year", 2020), None, 0, ("lab",), ("DE",), **other)
    assert why(bench, joined(gone, {"W2": paper}), {"W2": paper}) == {"removed"}


def test_short_titles_are_of_many_works(bench: Bench) -> None:
    other = {"W2": Paper("W2", None, 2020, None, 0, ("lab",), ("DE",), title="Editorial")}
    assert why(bench, joined(one(title="Editorial"), other), other) == {"removed"}


def test_citations_come_with_the_work_and_grow_apart(bench: Bench) -> None:
    old, new = one(asserted=("I1",)), one(asserted=("I2",), countries=("CN",), citations=9)
    found = changes(bench.parts(old, new))
    assert found["citations_one_side", "europe", "rematched_by_source"] == -2
    assert found["citations_one_side", "china", "rematched_by_source"] == 2
    assert found["citations_one_side", "china", "citations"] == 7


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
    assert {key: value for key, value in sums.items() if value} == split(old, new)
