"""Titles that state what a figure shows, computed from its numbers; neutral where they allow none.

Counts of a run are counts, not samples: "most" needs no test, but it names nobody by chance (a
tie for the first place names all of them). "Rose" and "fell" need more than chance would give.
"""

import math
from collections.abc import Sequence

from bibnet.report.content.totals import FEW_WORKS
from bibnet.report.content.wording import count, counted, listing, share
from bibnet.report.figures.text_width import shortened

# Normal deviate of a two-sided test at 5 %.
DEVIATE = 1.96
# Multiples that have a word, and how far from them the word still holds.
MULTIPLES = {2: "doubled", 3: "tripled", 4: "quadrupled"}
NEAR = 0.1
MOST_NAMED = 3  # units named in a title
TITLE_SIZE, LONGEST_NAME = 16, 500  # px: a longer name than a line of the title is cut


def change_words(first: int, last: int) -> str:
    """Say how a count changed: rose, fell, doubled ...; empty where chance could do it.

    Two counts of a process that did not change differ by more than 1.96 sqrt(first + last) in 5
    cases of 100 (the normal approximation of the conditional binomial test).
    """
    if first + last == 0 or abs(last - first) <= DEVIATE * math.sqrt(first + last):
        return ""
    ratio = last / first if first else math.inf
    for multiple, word in MULTIPLES.items():
        if abs(ratio / multiple - 1) <= NEAR:
            return word
        if abs(ratio * multiple - 1) <= NEAR and multiple == 2:
            return "halved"
    return "rose" if last > first else "fell"


def leader_title(names: Sequence[str], counts: Sequence[int], noun: str, neutral: str) -> str:
    """Say who has most, and who follows: `names` and `counts` in falling order.

    Units that share a place are named together. Where more than three share the first place, or
    all have one work, the title is `neutral`.
    """
    places = _places(names, counts)
    if not places or len(places[0][0]) > MOST_NAMED or places[0][1] <= 1:
        return neutral
    said = [_place(*places[0])]
    if len(places) > 1 and len(places[0][0]) + len(places[1][0]) <= MOST_NAMED:
        said.append(_place(*places[1]))
    return f"Most {noun}: {', then '.join(said)}"


def _places(names: Sequence[str], counts: Sequence[int]) -> list[tuple[list[str], int]]:
    """The first places, each with all units that share it."""
    found: dict[int, list[str]] = {}
    for name, number in zip(names, counts, strict=True):
        found.setdefault(number, []).append(name)
    return [(shared, number) for number, shared in found.items()]


def _place(names: Sequence[str], number: int) -> str:
    each = " each" if len(names) > 1 else ""
    short = [shortened(name, TITLE_SIZE, LONGEST_NAME) for name in names]
    # Names that hold what parts names are told apart by another mark.
    mixed = len(short) > 1 and any(" and " in name or ", " in name for name in short)
    return f"{'; '.join(short) if mixed else listing(short)} ({count(number)}{each})"


def few_or_share(part: int, whole: int, noun: str) -> str:
    """Write a part of a whole: 2.0% of, or the counts where one more would move it by 3 points.

    12.3% of the works; 3 of 20 works; 1 of 1 work.
    """
    if whole < FEW_WORKS:
        return f"{count(part)} of {counted(whole, noun)}"
    return f"{share(part / whole)} of the {noun}s"


def part_title(name: str, part: int, whole: int, noun: str) -> str:
    """Say in how many of all works a unit is: The United Kingdom is in 248 of 457 joint works.

    With the share where works are not few; empty where there are no works to be in.
    """
    if not whole:
        return ""
    within = "" if whole < FEW_WORKS else f" ({share(part / whole)})"
    return f"{name} is in {count(part)} of {counted(whole, noun[:-1], noun)}{within}"
