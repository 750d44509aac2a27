"""Tables and lines on a terminal: as wide as it is, in full where they go to a file or a pipe.

Texts come from files of others: none is read as markup, and none holds a code that a terminal
obeys. Rich leaves colour away by itself where output is no terminal or NO_COLOR is set.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len, chop_cells
from rich.console import Console, JustifyMethod
from rich.markup import escape
from rich.table import Table

from bibnet.storage.csv_text import guarded_cell

FILE_WIDTH = 100_000  # no line of a file is broken
GAP = 2  # between two columns
LEAST_TEXT = 22  # letters of a column of text before columns are left out
LEAST_STAYING = 11  # of one that stays at any width
LONGEST_CELL = 300  # letters of a cell on a terminal: no honest name is longer; files have all
ENDS = (" low", " high")  # of the headings of an interval: one without the other misleads
# A word that is wider than its column is broken behind these (ids, DOIs, hyphened names).
WORD_PARTS = re.compile(r"[^-/|_.,;]*[-/|_.,;]+|[^-/|_.,;]+")


@dataclass(frozen=True)
class Shown:
    """A column as it is shown: its heading, its cells, and whether they are numbers.

    One that `stays` is the table's own question: where there is little room its texts are broken
    more often, and all others are left out before it.
    """

    heading: str
    cells: Sequence[str]
    is_number: bool = False
    stays: bool = False
    least: int = LEAST_TEXT

    @property
    def needed(self) -> int:
        """The least width: of numbers the whole cell, of text a part, for it may be broken.

        A heading is broken between its words.
        """
        word = max(map(cell_len, self.heading.split()), default=0)
        return max(word, self._longest if self.is_number else min(self._longest, self.least))

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


def printable(text: str) -> str:
    """The text in one line, without a code that a terminal obeys."""
    return "".join(char if char.isprintable() else " " for char in text)


def plain(text: str) -> str:
    """The text as a terminal may print it: no code it obeys, and nothing read as markup."""
    return escape(printable(text))


def print_table(
    console: Console,
    columns: Sequence[Shown],
    title: str = "",
    strong: Collection[int] = frozenset(),
) -> None:
    """Print a table within the console's width; rows whose place is in `strong` stand out.

    Text is broken into lines, numbers never are; columns that do not fit are left out and named.
    In a file or pipe the table has one line a row, parted by tabs, and no cell is filled up.
    """
    if console.width >= FILE_WIDTH:
        _write_lines(console, columns, title)
        return
    fitting = _without_lone_ends(_fitting(columns, console.width), columns)
    table = Table(title=plain(title) or None, title_justify="left", box=None, pad_edge=False)
    lines: list[Sequence[str]] = []
    for column, width in zip(fitting, _widths(fitting, console.width), strict=True):
        justify: JustifyMethod = "right" if column.is_number else "left"
        table.add_column(plain(column.heading), justify=justify, width=width, overflow="fold")
        lines.append([cell if column.is_number else broken(cell, width) for cell in column.cells])
    rows = zip(*lines, strict=True)
    for place, cells in enumerate(rows):
        table.add_row(
            *("\n".join(map(plain, c.split("\n"))) for c in cells),
            style="bold" if place in strong else "",
        )
    console.print(table)
    kept = {column.heading for column in fitting}
    left_out = [column.heading for column in columns if column.heading not in kept]
    if left_out:
        console.print(f"not shown at this width: {plain(', '.join(left_out))}", style="dim")


def _write_lines(console: Console, columns: Sequence[Shown], title: str) -> None:
    """Write a table as lines whose cells are parted by tabs, which the console would make blanks.

    No text is a formula where lines are pasted into a spreadsheet.
    """
    cells = [
        [c if column.is_number else guarded_cell(c) for c in column.cells] for column in columns
    ]
    rows = [[column.heading for column in columns], *zip(*cells, strict=True)]
    for row in [[title], *rows] if title else rows:
        console.file.write("\t".join(map(printable, row)) + "\n")


def broken(text: str, width: int) -> str:
    """The text in lines no wider than `width`, which is 1 or more.

    It is broken between words; a word that is wider than that behind a hyphen, a slash and their
    like, and only a part that is still too wide anywhere. Runs of blanks are one blank.
    """
    lines = [""]
    for word in text.split():
        for part in _parts(word, width):
            joint = " " if part.begins and lines[-1] else ""
            if cell_len(lines[-1] + joint + part.text) <= width:
                lines[-1] += joint + part.text
            else:
                lines.append(part.text)
    return "\n".join(lines)


@dataclass(frozen=True)
class _Part:
    """A part of a word, and whether the word begins with it."""

    text: str
    begins: bool


def _parts(word: str, width: int) -> list[_Part]:
    if cell_len(word) <= width:
        return [_Part(word, begins=True)]
    parts = [piece for part in WORD_PARTS.findall(word) for piece in chop_cells(part, width)]
    return [_Part(part, begins=not at) for at, part in enumerate(parts)]


def _fitting(columns: Sequence[Shown], width: int) -> Sequence[Shown]:
    """The columns that the width takes, from the first on; one at least.

    Behind one that is too wide a narrower one may still find room. Where texts would leave no
    room for any number, numbers come before the texts behind the first column. Columns that stay
    come before all others.
    """
    fitting = _from_first(columns, width)
    if any(column.stays and column not in fitting for column in columns):
        tight = [replace(c, least=LEAST_STAYING) if c.stays else c for c in columns]
        kept = _from_first(sorted(tight, key=lambda column: not column.stays), width)
        return [column for column in tight if column in kept]
    if any(c.is_number for c in columns) and not any(c.is_number for c in fitting):
        behind = sorted(columns[1:], key=lambda column: not column.is_number)
        kept = _from_first([*columns[:1], *behind], width)
        return [column for column in columns if column in kept]
    return fitting


def _without_lone_ends(fitting: Sequence[Shown], columns: Sequence[Shown]) -> Sequence[Shown]:
    """The columns that fit without an end of an interval whose other end is left out."""
    out = {column.heading for column in columns} - {column.heading for column in fitting}
    other = {
        heading.removesuffix(end) + another
        for heading in out
        for end, another in (ENDS, ENDS[::-1])
        if heading.endswith(end)
    }
    return [column for column in fitting if column.heading not in other]


def _from_first(columns: Sequence[Shown], width: int) -> Sequence[Shown]:
    taken, fitting = 0, list(columns[:1])
    for place, column in enumerate(columns):
        needed = column.needed + (GAP if place else 0)
        if taken + needed <= width:
            taken += needed
            fitting += [column] if place else []
        elif not place:
            taken = width
    return fitting


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
