"""The explorer's numbers as CSV: every row of what its page shows the first of."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields
from functools import partial

import numpy as np

from bibnet.report.explorer.explorer_view import ListedWork
from bibnet.runs.explore.answer_view import listed_work
from bibnet.runs.explore.answers import Answers
from bibnet.runs.explore.dimensions import DIMENSIONS, NAMED, TIES
from bibnet.runs.explore.works_database import WorksDatabase
from bibnet.storage.csv_text import guarded_cell

Line = Sequence[object]
AT_ONCE = 500  # lines sent together
COUNTS = ("works", "joint_works")
ENDS = ("a", "b")


def csv_files(database: WorksDatabase) -> Mapping[str, Callable[[Answers], Iterator[Line]]]:
    """What gives the lines of each file by its name, the header first."""
    members = {one.name: partial(_members, database, one.name) for one in DIMENSIONS}
    ties = {f"ties-{level}": partial(_ties, database, level) for level in TIES}
    return {"works": _works, "years": _years, **members, **ties}


def written(lines: Iterable[Line]) -> Iterator[str]:
    """Lines as text of CSV, flags as in the exhibits (true, false).

    A cell that a spreadsheet would take for a formula is guarded.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    for number, line in enumerate(lines, 1):
        writer.writerow(map(_cell, line))
        if number % AT_ONCE == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return guarded_cell(value) if isinstance(value, str) else value


def _works(answers: Answers) -> Iterator[Line]:
    yield [field.name for field in fields(ListedWork)]
    for work in answers.all_works():
        yield astuple(listed_work(work))


def _years(answers: Answers) -> Iterator[Line]:
    yield ["year", *COUNTS]
    yield from answers.years()


def _members(database: WorksDatabase, dimension: str, answers: Answers) -> Iterator[Line]:
    of, counted = database.members[dimension], answers.members(dimension)
    yield [*NAMED, *COUNTS]
    columns = [getattr(of, name)[counted.number] for name in NAMED]
    yield from zip(*columns, counted.works.tolist(), counted.joint.tolist(), strict=True)


def _ties(database: WorksDatabase, level: str, answers: Answers) -> Iterator[Line]:
    of, tied = database.members[level], answers.ties(level)
    yield [f"{name}_{end}" for end in ENDS for name in NAMED] + list(COUNTS)
    ends: Sequence[np.ndarray] = (tied.one, tied.other)
    columns = [getattr(of, name)[end] for end in ends for name in NAMED]
    yield from zip(*columns, tied.works.tolist(), tied.joint.tolist(), strict=True)
