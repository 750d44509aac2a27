"""Scores of a sample to read: one row a key, what decides first, what is dropped at the end."""

from collections.abc import Sequence

from rich.console import Console

from bibnet.report.content.wording import clean
from bibnet.runs.review.score import DROP, NOT_JUDGED, Score
from bibnet.storage.terminal import Shown, plain, print_table

NOTHING = "-"
HEADINGS = (
    "key", "decision", "precision", "95% interval", "accepted", "judged", "unsure", "drawn",
)  # fmt: skip
TEXTS = 2  # of the columns, the first


def show_scores(scores: Sequence[Score], min_precision: float, console: Console) -> None:
    """Print a row for every key, and how many are dropped."""
    rows = [_cells(one) for one in scores]
    columns = [
        Shown(heading, [row[place] for row in rows], is_number=place >= TEXTS)
        for place, heading in enumerate(HEADINGS)
    ]
    print_table(console, columns)
    dropped = sum(one.decision == DROP for one in scores)
    unjudged = sum(one.decision == NOT_JUDGED for one in scores)
    below = f"{dropped} of {len(scores)} below a precision of {min_precision:g}"
    console.print(plain(f"{below}, {unjudged} not judged"))


def _cells(one: Score) -> tuple[str, ...]:
    counts = [str(number) for number in (one.accepted, one.judged, one.unsure, one.drawn)]
    measured = one.precision is not None
    precision = f"{one.precision:.2f}" if measured else NOTHING
    interval = f"{one.low:.2f} to {one.high:.2f}" if measured else NOTHING
    return (f"{one.kind} {clean(one.key)}", one.decision, precision, interval, *counts)
