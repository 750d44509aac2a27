"""A finding: a sentence or two under a heading, whose numbers lead to their works."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bibnet.report.content.cell import Cell
from bibnet.report.content.wording import count

# What would make a number the beginning of a longer one.
GOES_ON = r"(?![\d,.]*\d)"


@dataclass(frozen=True)
class Counted:
    """A number of a sentence that counts works: the text that stands before it, and its cell."""

    before: str
    number: str
    cell: Cell


@dataclass(frozen=True)
class Finding:
    """One sentence or two, under a short heading; `counted` are numbers that lead to works."""

    heading: str
    text: str
    counted: Sequence[Counted] = ()

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The text in pieces: each with the address of its works, or with none.

        Raises ValueError where a number does not stand behind its text, in this order.
        """
        return linked_pieces(self.text, self.counted)


def linked_pieces(text: str, counted: Sequence[Counted]) -> list[tuple[str, str]]:
    """Cut a text at its counted numbers: each piece with the address of its works, or with none.

    Raises ValueError where a number does not stand behind its text, in this order.
    """
    found, at = [], 0
    for one in counted:
        begin = max(0, at - len(one.before))
        place = re.compile(re.escape(one.before + one.number) + GOES_ON).search(text, begin)
        if place is None:
            raise ValueError(f"{one.before}{one.number} does not stand in this order: {text}")
        start = place.end() - len(one.number)
        found += [(text[at:start], ""), (one.number, one.cell.address)]
        at = place.end()
    return [piece for piece in (*found, (text[at:], "")) if piece[0]]


def counted_part(before: str, hits: int, number: int, cells: Sequence[Cell]) -> list[Counted]:
    """Both numbers of `hits of number works` behind a text, each with its cell; a zero has none."""
    some = [Counted(before, count(hits), cells[0])] if hits else []
    between = " of " if hits else f"{before}{count(hits)} of "
    return [*some, *([Counted(between, count(number), cells[1])] if number else [])]
