"""Works in groups (those of a member, those of a pair), laid out so that any choice is counted."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# Small numbers: what is looked up a million times fits into the processor's cache.
CHOSEN, JOINT = np.uint8(1), np.uint8(2)


@dataclass(frozen=True)
class Grouped:
    """Works in numbered groups, a work in any number of them.

    The works of group g are `works[starts[g]:starts[g + 1]]`, rising; `starts` has one number more
    than there are groups. A group may be empty.
    """

    starts: Numbers
    works: Numbers

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, group: int) -> Numbers:
        """The works of one group; none where there is no such group (-1)."""
        if group < 0:
            return self.works[:0]
        return self.works[self.starts[group] : self.starts[group + 1]]

    def only(self, groups: Numbers) -> "Grouped":
        """Some of the groups, in the order asked for."""
        first, last = self.starts[groups], self.starts[groups + 1]
        starts = np.concatenate([[0], np.cumsum(last - first)])
        return Grouped(starts, self.works[spans(first, last)])

    def counts(self, choice: "Choice") -> tuple[Numbers, Numbers]:
        """How many chosen works each group has, and how many of them are joint."""
        marks = choice.marks.take(self.works)
        return self._sums(marks & CHOSEN), self._sums(marks // JOINT)

    def _sums(self, values: npt.NDArray[np.integer]) -> Numbers:
        filled = np.flatnonzero(np.diff(self.starts))  # reduceat has no empty groups
        found = np.zeros(len(self), "int64")
        if len(filled):
            found[filled] = np.add.reduceat(values, self.starts[filled], dtype="int64")
        return found


@dataclass(frozen=True)
class Choice:
    """Which works are chosen: a mark for each, CHOSEN, and JOINT besides where it is joint."""

    marks: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, chosen: Flags, joint: Flags) -> "Choice":
        """The choice of works by flags; `joint` are those of the chosen that are joint."""
        return cls(chosen * CHOSEN + joint * JOINT)


def grouped(groups: Numbers, works: Numbers, size: int) -> Grouped:
    """Works in `size` groups, from pairs (group, work) that are sorted by both."""
    return Grouped(np.searchsorted(groups, np.arange(size + 1)), works.astype(np.intp))


def spans(first: Numbers, last: Numbers) -> Numbers:
    """The numbers from each `first` up to its `last`, without it, one span behind the other."""
    lengths = last - first
    before = np.cumsum(lengths) - lengths
    found: Numbers = np.arange(int(lengths.sum())) + np.repeat(first - before, lengths)
    return found
