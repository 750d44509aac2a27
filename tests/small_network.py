"""A run of a few works whose ties are counted by hand, and their recount."""

from collections import Counter
from itertools import combinations
from pathlib import Path

from build import authorship, institution, work
from runs import run

from bibnet.runs.open import Run

# I1, I2, I5 in DE, I3 in CN, I4 in US, I6 (hostile name) in FR; each list is a work's authors.
PLACES = {1: "DE", 2: "DE", 3: "CN", 4: "US", 5: "DE", 6: "FR"}
TEAMS = {
    1: (2018, [[1], [3]]),
    2: (2019, [[1], [3]]),
    3: (2019, [[1, 3]]),
    4: (2020, [[1], [2], [4]]),
    5: (2020, [[6], [3]]),
    6: (2020, [[5]]),
}
HOSTILE = "=cmd|'/c'!A1 [bold]<b>\u202e\n"


def body(number: int) -> dict[str, object]:
    name = {"display_name": HOSTILE} if number == 6 else {}
    return institution(number, PLACES[number], **name)


def small_run(folder: Path) -> Run:
    works = [
        work(key, *(authorship(*map(body, units)) for units in team), publication_year=year)
        for key, (year, team) in TEAMS.items()
    ]
    return run(folder, *works)


def counted(first: int, last: int) -> tuple[Counter, Counter]:
    """Works of each institution and of each pair, recounted from TEAMS."""
    units, pairs = Counter(), Counter()
    for year, team in TEAMS.values():
        if first <= year <= last:
            on_work = sorted({f"I{unit}" for people in team for unit in people})
            units.update(on_work)
            pairs.update(combinations(on_work, 2))
    return units, pairs
