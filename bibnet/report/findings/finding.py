"""A finding: a sentence or two under a heading, whose numbers lead to their works."""

from collections.abc import Sequence
from dataclasses import dataclass

from bibnet.report.content.cell import Cell


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
        found, at = [], 0
        for one in self.counted:
            begin = max(0, at - len(one.before))
            start = self.text.index(one.before + one.number, begin) + len(one.before)
            found += [(self.text[at:start], ""), (one.number, one.cell.address)]
            at = start + len(one.number)
        return [piece for piece in (*found, (self.text[at:], "")) if piece[0]]
