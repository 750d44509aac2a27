"""Tables and lines on a terminal: as wide as it is, in full where they go to a file or a pipe.

Texts come from files of others: none is read as markup, and none holds a code that a terminal
obeys. Rich leaves colour away by itself where output is no terminal or NO_COLOR is set.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
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
        """The least width: of numbers the whole cell, of text a part, for it may be broken."""
        longest = max(map(cell_len, self.cells), default=0)
        word = max(map(cell_len, self.heading.split()), default=0)
        return max(word, longest if self.is_number else min(longest, LEAST_TEXT))


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
    for column in fitting:
        table.add_column(
            plain(column.heading),
            justify="right" if column.is_number else "left",
            no_wrap=column.is_number,
            min_width=column.needed,
            overflow="fold",
        )
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
