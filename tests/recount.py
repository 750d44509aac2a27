"""An independent recount of OpenAlex works: plain Python over the JSON, nothing of bibnet.

Follows methods.md with `affiliations = "openalex"`, all works AI. Fractions are exact.
"""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

EU27 = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
EUROPE = frozenset((EU27 + " GB CH NO").split())
CHINA = frozenset(("CN", "HK"))
UNKNOWN = "unknown"


def bare(identifier: str | None) -> str | None:
    return identifier.rstrip("/").rsplit("/", 1)[-1] if identifier else None


@dataclass
class Person:
    """One authorship: its affiliations as sets of countries and of institutions."""

    countries: list[frozenset[str]]
    institutions: list[frozenset[str]]

    @property
    def all_countries(self) -> frozenset[str]:
        return frozenset().union(*self.countries)

    @property
    def all_institutions(self) -> frozenset[str]:
        return frozenset().union(*self.institutions)


@dataclass
class Paper:
    """One work, as the counts need it."""

    raw: Mapping[str, Any]
    people: list[Person]
    countries: set[str] = field(default_factory=set)
    institutions: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for person in self.people:
            self.countries |= person.all_countries
            self.institutions |= person.all_institutions

    @property
    def year(self) -> int:
        return self.raw["publication_year"]

    @property
    def joint(self) -> bool:
        return bool(self.countries & EUROPE and self.countries & CHINA)

    @property
    def undecided(self) -> bool:
        return not self.joint and any(not person.all_countries for person in self.people)

    @property
    def funders(self) -> set[str]:
        raw = self.raw
        named = [funder.get("id") for funder in raw.get("funders") or []]
        named += [award.get("funder_id") for award in raw.get("awards") or []]
        named += [grant.get("funder") for grant in raw.get("grants") or []]
        return {found for found in map(bare, named) if found}


def read_papers(path: Path) -> list[Paper]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        works = [json.loads(line) for line in lines]
    return [Paper(work, list(map(person, work["authorships"]))) for work in works if kept(work)]


def kept(work: Mapping[str, Any]) -> bool:
    flagged = work.get("is_retracted") or work.get("is_paratext") or work.get("is_xpac")
    return not flagged and work.get("type") != "paratext"


def person(authorship: Mapping[str, Any]) -> Person:
    known = {i.get("id"): i for i in authorship.get("institutions") or []}
    if authorship.get("affiliations"):
        entries = [
            [known.get(i, {}) for i in a["institution_ids"] if i]
            for a in authorship["affiliations"]
        ]
    else:
        entries = [[i] for i in authorship.get("institutions") or []] or [[]]
    stated = frozenset(authorship.get("countries") or [])
    countries = [
        frozenset(i["country_code"] for i in entry if i.get("country_code")) for entry in entries
    ]
    return Person(
        [found or stated for found in countries],
        [frozenset(map(identity, filter(identity, entry))) for entry in entries],
    )


def identity(institution: Mapping[str, Any]) -> str | None:
    return bare(institution.get("id")) or bare(institution.get("ror"))


def fractions(paper: Paper, level: str) -> dict[str, Fraction]:
    """1 / (authors * affiliations * units) for every unit; the rest is unknown."""
    parts: dict[str, Fraction] = defaultdict(Fraction)
    for someone in paper.people:
        entries = getattr(someone, level)
        for units in entries:
            share = Fraction(1, len(paper.people) * len(entries))
            for unit in units or [UNKNOWN]:
                parts[unit] += share / max(len(units), 1)
    return parts or {UNKNOWN: Fraction(1)}


def pair_counts(papers: Iterable[Paper], level: str) -> dict[tuple[str, str], dict[str, Any]]:
    counted: dict[tuple[str, str], dict[str, Any]] = defaultdict(
        lambda: {"works": 0, "fractional": Fraction(), "coauthor": 0, "dual": 0}
    )
    for paper in papers:
        units = sorted(getattr(paper, level))
        for pair in combinations(units, 2):
            kinds = kinds_of_tie(paper, level, *pair)
            cell = counted[pair]
            cell["works"] += 1
            cell["fractional"] += Fraction(1, len(units) - 1)
            cell["coauthor"] += kinds[0]
            cell["dual"] += kinds[1]
    return counted


def kinds_of_tie(paper: Paper, level: str, one: str, other: str) -> tuple[bool, bool]:
    held = [getattr(someone, f"all_{level}") for someone in paper.people]
    with_one = [place for place, units in enumerate(held) if one in units]
    with_other = [place for place, units in enumerate(held) if other in units]
    coauthor = any(a != b for a in with_one for b in with_other)
    return coauthor, bool(set(with_one) & set(with_other))


def full_counts(papers: Iterable[Paper], level: str) -> tuple[Counter[str], Counter[str]]:
    """Works and joint works of each unit."""
    works: Counter[str] = Counter()
    joint: Counter[str] = Counter()
    for paper in papers:
        works.update(getattr(paper, level))
        if paper.joint:
            joint.update(getattr(paper, level))
    return works, joint


def fractional_counts(papers: Iterable[Paper], level: str) -> dict[str, Fraction]:
    summed: dict[str, Fraction] = defaultdict(Fraction)
    for paper in papers:
        for unit, part in fractions(paper, level).items():
            summed[unit] += part
    return summed


def by_year(papers: Iterable[Paper]) -> Iterator[tuple[int, list[Paper]]]:
    years: dict[int, list[Paper]] = defaultdict(list)
    for paper in papers:
        years[paper.year].append(paper)
    yield from sorted(years.items())
