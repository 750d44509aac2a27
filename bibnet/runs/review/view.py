"""Scores of a sample as text to read: one line a key, columns in line, what is dropped at the end.

Plain lines and no drawn table: keys are long, and a table would break them on a narrow terminal.
"""

from collections.abc import Iterator, Sequence

from bibnet.report.content.wording import clean
from bibnet.runs.review.score import DROP, NOT_JUDGED, Score

NOTHING = "-"
NUMBERS = ("drawn", "judged", "accepted", "unsure", "precision")
HEADINGS = (*NUMBERS, "95% interval", "decision", "key")


def score_lines(scores: Sequence[Score], min_precision: float) -> Iterator[str]:
    """Lines to print: headings, a line for every key, and how many are dropped."""
    rows = [HEADINGS, *(_cells(one) for one in scores)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADINGS))]
    for row in rows:
        padded = [
            cell.rjust(width) if at < len(NUMBERS) else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(padded).rstrip()
    dropped = sum(one.decision == DROP for one in scores)
    unjudged = sum(one.decision == NOT_JUDGED for one in scores)
    below = f"{dropped} of {len(scores)} below a precision of {min_precision:g}"
    yield f"{below}, {unjudged} not judged"


def _cells(one: Score) -> tuple[str, ...]:
    counts = [str(number) for number in (one.drawn, one.judged, one.accepted, one.unsure)]
    measured = one.precision is not None
    precision = f"{one.precision:.2f}" if measured else NOTHING
    interval = f"{one.low:.2f} to {one.high:.2f}" if measured else NOTHING
    return (*counts, precision, interval, one.decision, f"{one.kind} {clean(one.key)}")
