"""Tables and lines on a terminal: as wide as it is, in full where they go to a file or a pipe.

Texts come from files of others: none is read as markup, and none holds a code that a terminal
obeys. Rich leaves colour away by itself where output is no terminal or NO_COLOR is set.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, JustifyMethod
from rich.markup import escape
from rich.table import Table

FILE_WIDTH = 100_000  # no line of a file is broken
GAP = 2  # between two columns
LEAST_TEXT = 22  # letters of a column of text before columns are left out


@dataclass(frozen=True)
class Shown:
    """A column as it is shown: its heading, its cells, and whether they are numbers."""

    heading: str
    cells: Sequence[str]
    is_number: bool = False

    @property
    def needed(self) -> int:
        """The least width: of numbers the whole cell, of text a part, for it may be broken.

        A heading is broken between its words.
        """
        word = max(map(cell_len, self.heading.split()), default=0)
        return max(word, self._longest if self.is_number else min(self._longest, LEAST_TEXT))

    @property
    def wanted(self) -> int:
        """The width at which nothing is broken."""
        return max(cell_len(self.heading), self._longest)

    @property
    def _longest(self) -> int:
        return max(map(cell_len, self.cells), default=0)


def result_console() -> Console:
    """Standard output: a terminal of its width, or a file whose lines are never broken."""
    console = Console(highlight=False, markup=True)
    if console.is_terminal:
        return console
    return Console(width=FILE_WIDTH, soft_wrap=True, highlight=False)


def plain(text: str) -> str:
    """The text as a terminal may print it: no code it obeys, and nothing read as markup."""
    return escape("".join(char if char.isprintable() else " " for char in text))


def print_table(
    console: Console,
    columns: Sequence[Shown],
    title: str = "",
    strong: Collection[int] = frozenset(),
) -> None:
    """Print a table within the console's width; rows whose place is in `strong` stand out.

    Text is broken into lines, numbers never are; the last columns that do not fit are left out
    and named.
    """
    fitting = _fitting(columns, console.width)
    table = Table(title=plain(title) or None, title_justify="left", box=None, pad_edge=False)
    for column, width in zip(fitting, _widths(fitting, console.width), strict=True):
        justify: JustifyMethod = "right" if column.is_number else "left"
        table.add_column(plain(column.heading), justify=justify, width=width, overflow="fold")
    rows = zip(*(column.cells for column in fitting), strict=True)
    for place, cells in enumerate(rows):
        table.add_row(*map(plain, cells), style="bold" if place in strong else "")
    console.print(table)
    left_out = [column.heading for column in columns[len(fitting) :]]
    if left_out:
        console.print(f"not shown at this width: {plain(', '.join(left_out))}", style="dim")


def _fitting(columns: Sequence[Shown], width: int) -> Sequence[Shown]:
    """As many of the first columns as the width takes; one at least."""
    taken = 0
    for place, column in enumerate(columns):
        taken += column.needed + (GAP if place else 0)
        if taken > width and place:
            return columns[:place]
    return columns


def _widths(columns: Sequence[Shown], width: int) -> list[int]:
    """The widths of columns that fit: what each needs, and the rest shared by those wanting more.

    Left to themselves, tables take from numbers what a heading of several words asks for.
    """
    widths = [column.needed for column in columns]
    wanted = [column.wanted for column in columns]
    spare = width - sum(widths) - GAP * (len(columns) - 1)
    while spare > 0 and (short := [at for at, own in enumerate(widths) if own < wanted[at]]):
        more = max(spare // len(short), 1)
        for at in short[:spare]:
            widths[at] += min(more, wanted[at] - widths[at])
        spare = width - sum(widths) - GAP * (len(columns) - 1)
    return [min(own, width) for own in widths]
