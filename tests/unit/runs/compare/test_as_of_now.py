"""The yardstick that does not move: where only ids change, what the strings give stays."""

import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from build import SIDES
from two_corpora import Corpus, Paper, run_tables

from bibnet.runs.compare.as_of_now import AsOfNow, Reading, as_of_now
from bibnet.schema.change import NUMBERS_OF_PLACES
from bibnet.storage.engine import Engine

STRINGS = {
    "Institut A, Berlin, Germany": "DE",
    "Laboratory B, Beijing, China": "CN",
    "Section C, Lyon, France": "FR",
    "Group D, Seoul, South Korea": "KR",
    "Nowhere that is named": None,
}


def paper(name: str, *strings: str, stated: tuple[str | None, ...] = ()) -> Paper:
    nobody = tuple(None for _ in strings)
    return Paper(name, None, 2024, None, 3, strings, nobody, stated=stated or nobody)


def corpus(*papers: Paper) -> Corpus:
    return {paper.id: paper for paper in papers}


def invented(chance: random.Random, size: int) -> Corpus:
    names = sorted(STRINGS)
    return corpus(
        *(
            paper(f"W{n}", *(chance.choice(names) for _ in range(chance.randrange(4))))
            for n in range(size)
        )
    )


def matched(chance: random.Random, papers: Corpus) -> Corpus:
    """The same works; the source ties their strings to whatever it likes."""
    codes = [None, "DE", "CN", "FR", "US"]
    return {
        name: replace(
            paper,
            asserted=tuple(chance.choice(("I1", "I2", None)) for _ in paper.strings),
            stated=tuple(chance.choice(codes) for _ in paper.strings),
        )
        for name, paper in papers.items()
    }


@pytest.fixture
def bench(engine: Engine, tmp_path: Path) -> "Bench":
    return Bench(engine, tmp_path)


class Bench:
    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.folder = engine, folder

    def found(self, old: Corpus, new: Corpus) -> AsOfNow:
        runs = (
            run_tables(self.engine, self.folder / "old", old),
            run_tables(self.engine, self.folder / "new", new),
        )
        return as_of_now(self.engine, self.folder / "steps", runs, None)


def reading(found: AsOfNow, number: str, side: str, works_of: str = "either") -> Reading:
    key = (number, side, works_of)
    return next(r for r in found.readings if (r.number, r.side, r.works_of) == key)


def test_where_only_ids_change_every_change_by_strings_is_exactly_0(bench: Bench) -> None:
    chance = random.Random(1)
    works = invented(chance, 60)
    found = bench.found(matched(chance, works), matched(chance, works))
    assert {r.change("bibnet") for r in found.readings} == {Fraction(0)}
    moved = {r.number for r in found.readings if r.change("source")}
    assert moved == {*NUMBERS_OF_PLACES, "share"}
    assert all(r.change("gap") == -(r.change("source") or 0) for r in found.readings)


@pytest.mark.long
def test_source_strings_and_gap_stand_side_by_side(bench: Bench) -> None:
    both = ("Institut A, Berlin, Germany", "Laboratory B, Beijing, China")
    old = corpus(paper("W1", *both, stated=("DE", "CN")), paper("W2", both[0], stated=("DE",)))
    new = corpus(
        paper("W1", *both, stated=("DE", None)),
        paper("W3", *both, stated=("DE", "CN")),
    )
    found = bench.found(old, new)
    joint = reading(found, "joint_works", "all")
    assert (joint.source, joint.bibnet, joint.ends("gap")) == ((1, 1), (1, 2), (0, 1))
    lasting = reading(found, "joint_works", "all", "both")
    assert (lasting.source, lasting.bibnet, lasting.change("gap")) == ((1, 0), (1, 1), 1)
    part = reading(found, "works_fractional", "europe", "both")
    assert (part.source, part.bibnet) == ((Fraction(1, 2),) * 2, (Fraction(1, 2),) * 2)
    share = reading(found, "share", "europe")
    assert (share.source, share.bibnet) == ((Fraction(1, 2), Fraction(1, 2)), (Fraction(1, 2), 1))


def test_places_by_strings_are_those_of_a_plain_count(bench: Bench) -> None:
    works = invented(random.Random(3), 40)
    found = bench.found(works, works)
    countries = [{STRINGS[text] for text in paper.strings} for paper in works.values()]
    for side, codes in SIDES.items():
        expected = sum(bool(here & set(codes)) for here in countries)
        assert reading(found, "works", side).bibnet == (expected, expected)
        assert reading(found, "works", side).source == (0, 0)
    assert reading(found, "works_with_country", "all").bibnet[0] == sum(
        bool(here - {None}) for here in countries
    )


@pytest.mark.long
def test_a_share_of_nothing_is_undefined_and_an_empty_world_is_zero(bench: Bench) -> None:
    found = bench.found({}, {})
    assert reading(found, "works", "all").row() == {
        "number": "works",
        "side": "all",
        "works_of": "either",
        **{f"{m}_{run}": 0.0 for m in ("source", "bibnet", "gap") for run in ("old", "new")},
        **{f"{m}_change": 0.0 for m in ("source", "bibnet", "gap")},
    }
    assert reading(found, "share", "china").row()["gap_change"] is None


@pytest.mark.long
def test_one_string_twice_is_one_affiliation(bench: Bench) -> None:
    text = "Institut A, Berlin, Germany"
    found = bench.found(corpus(paper("W1", text)), corpus(paper("W1", text)))
    assert reading(found, "works_fractional", "europe").bibnet == (1, 1)
