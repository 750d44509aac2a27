"""How often a keyword means what its family means, as read in samples of real works."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass

from bibnet.reference import load
from bibnet.schema.proportion import wilson

RIGHT, INCLUDE = "right", "include"
# Below this at least one work in five is about something else.
MIN_PRECISION = 0.8
# Fewer works read decide nothing about a keyword.
MIN_JUDGED = 5
# Fewer say little of a family: the interval of 10 right works of 10 begins at .72.
MIN_JUDGED_FAMILY = 30


@dataclass(frozen=True)
class Precision:
    """Works read of a keyword, or of all searched keywords of a family (`term` empty).

    `low` and `high` are Wilson's 95% interval; `searched` says whether the keyword is used.
    """

    family: str
    term: str
    judged: int
    right: int
    precision: float
    low: float
    high: float
    searched: bool


def packaged_precision(dropped: Collection[tuple[str, str]] = ()) -> list[Precision]:
    """Precision by family and term, a row for each family first; sorted.

    `dropped` are (family, term) that a reviewer's verdict takes out. A family or term that
    nobody read has no row.
    """
    searched = {
        (row["family"], row["term"])
        for row in load.rows("keywords")
        if row["decision"] == INCLUDE and (row["family"], row["term"]) not in dropped
    }
    return precision(load.rows("keyword_samples"), searched)


def precision(
    samples: Iterable[Mapping[str, str]], searched: Collection[tuple[str, str]]
) -> list[Precision]:
    """Measure samples (family, term, verdict); families count their searched terms only."""
    judged: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for row in samples:
        term = row["family"], row["term"]
        for key in (term, (row["family"], "")) if term in searched else (term,):
            judged[key] += 1
            right[key] += row["verdict"] == RIGHT
    return [
        _measured(key, right[key], judged[key], searched=not key[1] or key in searched)
        for key in sorted(judged)
    ]


def _measured(key: tuple[str, str], right: int, judged: int, *, searched: bool) -> Precision:
    low, high = wilson(right, judged)
    return Precision(*key, judged, right, right / judged, low, high, searched)


def precision_record(rows: Iterable[Precision]) -> list[dict[str, object]]:
    """The measures as the manifest keeps them."""
    return [asdict(row) for row in rows]


def precision_notes(rows: Iterable[Precision], families: Collection[str]) -> list[str]:
    """A sentence for each of the families on how its keywords were read."""
    read = {row.family: row for row in rows if not row.term}
    return [_note(name, read.get(name)) for name in sorted(families)]


def _note(family: str, row: Precision | None) -> str:
    name = family.replace("_", " ")
    if row is None:
        return f"Keywords of {name}: no work was read, so nothing is known of their precision."
    measure = f"{row.right} of {row.judged} works read are about it"
    if row.judged < MIN_JUDGED_FAMILY:
        return f"Keywords of {name}: {measure}, too few to say how often that is so."
    interval = f"95% interval {row.low:.2f} to {row.high:.2f}"
    return f"Keywords of {name}: {measure} ({row.precision:.2f}, {interval})."
