"""What the explorer counts of chosen works: totals, years, members, ties, and the works."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bibnet.runs.explore.filters import CITED, NEWEST, OLDEST, TITLE, Filters
from bibnet.runs.explore.grouped import Choice, Flags, Numbers
from bibnet.runs.explore.works_database import Row, WorksDatabase, number_of

BATCH = 2_000  # works whose texts are looked up at once
NOWHERE = -1
LATEST = 1_000_000  # after every year
# What a list of works says of each: its name, the tables of it.
TEXTS: Mapping[str, str] = {"institutions": "place", "funders": "funder", "listed": "listed"}


@dataclass(frozen=True)
class Counted:
    """Members with their counts, in order of joint works, then of works: numbers of members."""

    number: Numbers
    works: Numbers
    joint: Numbers


@dataclass(frozen=True)
class Tied:
    """Pairs of members with their counts, strongest first: numbers of both members."""

    one: Numbers
    other: Numbers
    works: Numbers
    joint: Numbers


class Answers:
    """Answers about the works that fit some filters; numbers stand for works and members."""

    def __init__(self, database: WorksDatabase, filters: Filters):
        self._database, self._filters = database, filters
        self._chosen: Flags = chosen(database, filters)
        self._members: dict[str, Counted] = {}
        self._joint: Flags = self._chosen & database.joint.astype(bool)
        self._choice = Choice.of(self._chosen, self._joint)

    @cached_property
    def totals(self) -> tuple[int, int, int]:
        """Works, joint works, and works with an undecided authorship that are not joint."""
        undecided = self._chosen & self._database.undecided & ~self._database.joint
        return int(self._chosen.sum()), int(self._joint.sum()), int(undecided.sum())

    def years(self) -> list[tuple[int, int, int]]:
        """Rows (year, works, joint works), every year from the first to the last."""
        year = self._database.year
        size = int(year.max(initial=0)) + 1
        works, joint = (
            np.bincount(year[kept], minlength=size) for kept in (self._chosen, self._joint)
        )
        known = np.flatnonzero(works[1:]) + 1
        if not len(known):
            return []
        return [(y, int(works[y]), int(joint[y])) for y in range(known[0], known[-1] + 1)]

    def members(self, dimension: str) -> Counted:
        """Every member that a chosen work has, most joint works first."""
        if dimension not in self._members:
            works, joint = self._database.members[dimension].works.counts(self._choice)
            order = _strongest(works, joint, np.arange(len(works)))
            self._members[dimension] = Counted(order, works[order], joint[order])
        return self._members[dimension]

    def ties(self, level: str, among: int = 0) -> Tied:
        """Pairs of members that share works, strongest first.

        With `among` only pairs of so many members, those with most joint works.
        """
        ties, units = self._database.ties[level], len(self._database.members[level].id)
        asked = self.members(level).number[:among] if among else np.arange(units)
        rank = np.full(units, NOWHERE)
        rank[asked] = np.arange(len(asked))
        pairs = ties.of(asked)
        pairs = pairs[rank[ties.other[pairs]] != NOWHERE]
        works, joint = ties.works.only(pairs).counts(self._choice)
        one, other = ties.one[pairs], ties.other[pairs]
        order = _strongest(works, joint, rank[one] * len(asked) + rank[other])
        return Tied(one[order], other[order], works[order], joint[order])

    def works(self, most: int, skip: int = 0) -> list[Row]:
        """The chosen works in the order asked for, with institutions, funders and lists."""
        return self._listed(self._ordered(skip + most)[skip:])

    def all_works(self) -> Iterator[Row]:
        """Every chosen work, looked up in batches: any number of them fits into memory."""
        numbers = self._ordered(len(self._chosen))
        for skip in range(0, len(numbers), BATCH):
            yield from self._listed(numbers[skip : skip + BATCH])

    def _listed(self, works: Numbers) -> list[Row]:
        numbers = works.tolist()
        found = self._database.works(numbers)
        texts = {name: self._database.texts(table, numbers) for name, table in TEXTS.items()}
        return [
            {**found[n], **{name: own.get(n, []) for name, own in texts.items()}} for n in numbers
        ]

    def _ordered(self, first: int) -> Numbers:
        """Numbers of the first of the chosen works in the order asked for.

        A work's number says how new it is, and decides between works that are alike.
        """
        database, numbers = self._database, np.flatnonzero(self._chosen)
        if self._filters.sort == NEWEST:
            return numbers[:first]
        keys: Mapping[str, Numbers] = {
            OLDEST: np.where(database.year == 0, LATEST, database.year),
            CITED: -database.citations,
            TITLE: database.title,
        }
        key = keys[self._filters.sort][numbers].astype("int64") * len(database) + numbers
        if first < len(key):  # the others need no order
            numbers = numbers[np.argpartition(key, first)[:first]]
            key = keys[self._filters.sort][numbers].astype("int64") * len(database) + numbers
        return numbers[np.argsort(key)]


def _strongest(works: Numbers, joint: Numbers, place: Numbers) -> Numbers:
    """Where there are works: most joint works first, then most works, then by `place`."""
    there = np.flatnonzero(works)
    return there[np.lexsort((place[there], -works[there], -joint[there]))]


def chosen(database: WorksDatabase, filters: Filters) -> Flags:
    """Which works fit all filters, one flag for each work."""
    kept = np.ones(len(database), bool)
    first, last = filters.years
    if first is not None or last is not None:
        kept &= database.year > 0
    if first is not None:
        kept &= database.year >= first
    if last is not None:
        kept &= database.year <= last
    if filters.joint:
        kept &= database.joint
    if words := filters.words.split():
        kept &= _flags(len(kept), database.with_words(words))
    for dimension, identifier in filters.members:
        of = database.members[dimension]
        kept &= _flags(len(kept), of.works.of(number_of(of, identifier)))
    for level, *ends in filters.ties:
        of, ties = database.members[level], database.ties[level]
        one, other = sorted(number_of(of, end) for end in ends)
        kept &= _flags(len(kept), ties.between(one, other))
    return kept


def _flags(size: int, numbers: Numbers) -> Flags:
    flags = np.zeros(size, bool)
    flags[numbers] = True
    return flags
