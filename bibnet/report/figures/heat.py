"""A grid of counts: countries against years, or against each other; darker with more works."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from bibnet.report.content.cell import Cell
from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.content.wording import count
from bibnet.report.figures.figure import Body, Figure, Rows, linked
from bibnet.report.figures.text_width import shortened, text_width
from bibnet.report.figures.theme import HALF_WIDTH, INK, row_labels

ROW_HEIGHT = 20  # px
LABEL_SIZE = 12
LONGEST_LABEL = 130  # px
SLANT = -40  # degrees, of column names that are wider than their columns
MOST_NAMED = 9  # columns; with more the numbers do not fit into the cells
DARK_FROM = 0.55  # part of the largest value from which numbers are written in white
SHADES = ["#f4f2f9", "#d8d0ea", "#ac9bd1", "#8268b4", "#65489a", "#3d2766"]


@dataclass(frozen=True)
class HeatCell:
    """The works of a row and a column, and the cell of an exhibit that they are."""

    works: int
    cell: Cell | None = None


@dataclass(frozen=True)
class HeatWords:
    """The words of a grid; `ticks` are the columns named below it, None = all."""

    id: str
    title: str
    subtitle: str
    nouns: tuple[str, str] = ("countries", "years")
    ticks: Sequence[str] | None = None


Cells = Mapping[tuple[str, str], HeatCell]


def heat_figure(
    cells: Cells, rows: Sequence[str], columns: Sequence[str], words: HeatWords
) -> Figure:
    """Return a figure of `cells` (row, column), from the top and from the left as given."""
    lead = min(LONGEST_LABEL, max(text_width(name, LABEL_SIZE) for name in rows) + 10)
    width = round(HALF_WIDTH - lead - 8)
    return Figure(
        id=words.id,
        title=words.title,
        subtitle=words.subtitle,
        description=_description(rows, columns, words),
        body=_body(lead, columns, words, width).properties(
            width=width, height=ROW_HEIGHT * len(rows)
        ),
        datasets={"cells": _rows(cells, rows, columns, lead)},
        twin=_twin(cells, rows, columns, words),
        cells=[found.cell for found in cells.values() if found.cell],
        lead=lead,
    )


def _body(lead: float, columns: Sequence[str], words: HeatWords, width: float) -> Body:
    chart = alt.Chart(alt.NamedData(name="cells"))
    across = alt.X(
        "column:N",
        sort=list(columns),
        axis=_columns(columns, words, width),
        scale=alt.Scale(padding=0.06),
    )
    down = alt.Y("row:O", sort=None, axis=row_labels(lead), scale=alt.Scale(padding=0.06))
    cells = chart.encode(x=across, y=down)
    shade = alt.Color("works:Q", scale=alt.Scale(range=SHADES, domainMin=0), legend=None)
    boxes = cells.mark_rect().encode(color=shade, **linked())
    numbers = cells.mark_text(fontSize=11, aria=False).encode(
        text="shown:N", color=alt.Color("ink:N", scale=None)
    )
    named = [numbers] if len(columns) <= MOST_NAMED else []
    body: Body = alt.layer(boxes, *named).resolve_scale(color="independent")
    return body


def _columns(columns: Sequence[str], words: HeatWords, width: float) -> alt.Axis:
    shown = list(words.ticks if words.ticks is not None else columns)
    room = width / max(1, len(columns))
    slanted = any(text_width(name, LABEL_SIZE) > room for name in shown) and words.ticks is None
    return alt.Axis(
        title=None,
        values=shown,
        domain=False,
        ticks=False,
        labelAngle=SLANT if slanted else 0,
        labelLimit=LONGEST_LABEL,
    )


def _rows(cells: Cells, rows: Sequence[str], columns: Sequence[str], lead: float) -> Rows:
    most = max([1, *(found.works for found in cells.values())])
    return [
        {
            "row": f"{place:04d} {shortened(row, LABEL_SIZE, lead - 6)}",
            "column": column,
            "works": cells[row, column].works,
            "shown": count(cells[row, column].works),
            "ink": "#ffffff" if cells[row, column].works >= DARK_FROM * most else INK,
            "tip": f"{row}, {column}: {count(cells[row, column].works)}",
            "link": _address(cells[row, column]),
        }
        for place, row in enumerate(rows)
        for column in columns
        if (row, column) in cells
    ]


def _address(found: HeatCell | None) -> str:
    return found.cell.address if found and found.cell and found.works else ""


def _twin(cells: Cells, rows: Sequence[str], columns: Sequence[str], words: HeatWords) -> TableView:
    headings = [Heading(""), *[Heading(column, True) for column in columns]]
    shown = [[row, *[_shown(cells.get((row, column))) for column in columns]] for row in rows]
    addresses = [[_address(cells.get((row, column))) for column in columns] for row in rows]
    return TableView(words.title, headings, shown, addresses=addresses)


def _shown(found: HeatCell | None) -> str:
    return count(found.works if found else 0)


def _description(rows: Sequence[str], columns: Sequence[str], words: HeatWords) -> str:
    return (
        f"Grid of {len(rows)} {words.nouns[0]} by {len(columns)} {words.nouns[1]}; a darker cell "
        "has more joint works. All numbers are in the table."
    )
