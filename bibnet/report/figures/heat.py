"""Countries against years: one cell each, darker with more joint works."""

from collections.abc import Mapping, Sequence

import altair as alt

from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.content.wording import count
from bibnet.report.figures.figure import Body, Figure, Rows
from bibnet.report.figures.lines import year_ticks
from bibnet.report.figures.text_width import shortened, text_width
from bibnet.report.figures.theme import HALF_WIDTH

ROW_HEIGHT = 20  # px
LABEL_SIZE = 12
LONGEST_LABEL = 130  # px
MOST_NAMED = 9  # years; with more the numbers do not fit into the cells
DARK_FROM = 0.55  # part of the largest value from which numbers are written in white
SHADES = ["#f1f5fa", "#c3d8ee", "#7fb0dd", "#3c83c6", "#0a5fb4", "#063c73"]


def heat_figure(
    cells: Mapping[tuple[str, int], int],
    names: Sequence[str],
    *,
    id: str,
    title: str,
    subtitle: str,
) -> Figure:
    """Return a figure of `cells` (name, year -> works), names from top to bottom as given."""
    years = sorted({year for _name, year in cells})
    lead = min(LONGEST_LABEL, max(text_width(name, LABEL_SIZE) for name in names) + 4)
    body = _body(lead, years)
    return Figure(
        id=id,
        title=title,
        subtitle=subtitle,
        description=_description(names, years),
        body=body.properties(width=round(HALF_WIDTH - lead - 24), height=ROW_HEIGHT * len(names)),
        datasets={"cells": _rows(cells, names, lead)},
        twin=_twin(cells, names, title),
        lead=lead,
    )


def _body(lead: float, years: Sequence[int]) -> Body:
    named = len(years) <= MOST_NAMED
    cells = alt.Chart(alt.NamedData(name="cells")).encode(
        x=alt.X("year:O", axis=_year_axis(years), scale=alt.Scale(padding=0.06)),
        y=alt.Y("row:O", sort=None, axis=_labels(lead), scale=alt.Scale(padding=0.06)),
    )
    shade = alt.Color("works:Q", scale=alt.Scale(range=SHADES, domainMin=0), legend=None)
    boxes = cells.mark_rect().encode(color=shade, tooltip=[alt.Tooltip("tip:N", title=" ")])
    numbers = cells.mark_text(fontSize=11).encode(
        text="shown:N", color=alt.Color("ink:N", scale=None)
    )
    body: Body = alt.layer(boxes, *([numbers] if named else [])).resolve_scale(color="independent")
    return body


def _year_axis(years: Sequence[int]) -> alt.Axis:
    ticks = year_ticks(min(years), max(years))
    return alt.Axis(title=None, values=ticks, labelAngle=0, domain=False, ticks=False)


def _labels(lead: float) -> alt.Axis:
    return alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        labelPadding=6,
        labelLimit=0,  # cut before, which is much faster
        minExtent=lead,
        maxExtent=lead,
        labelExpr="slice(datum.value, 5)",
    )


def _rows(cells: Mapping[tuple[str, int], int], names: Sequence[str], lead: float) -> Rows:
    most = max([1, *cells.values()])
    places = {name: place for place, name in enumerate(names)}
    return [
        {
            "row": f"{places[name]:04d} {shortened(name, LABEL_SIZE, lead)}",
            "year": year,
            "works": works,
            "shown": count(works),
            "ink": "#ffffff" if works >= DARK_FROM * most else "#1f2530",
            "tip": f"{name}, {year}: {count(works)}",
        }
        for (name, year), works in sorted(
            cells.items(), key=lambda cell: (places[cell[0][0]], cell)
        )
    ]


def _twin(cells: Mapping[tuple[str, int], int], names: Sequence[str], title: str) -> TableView:
    years = sorted({year for _name, year in cells})
    headings = [Heading(""), *[Heading(str(year), True) for year in years]]
    rows = [[name, *[count(cells.get((name, year), 0)) for year in years]] for name in names]
    return TableView(title, headings, rows)


def _description(names: Sequence[str], years: Sequence[int]) -> str:
    return (
        f"Grid of {len(names)} countries by {len(years)} years; a darker cell has more joint "
        "works. All numbers in the table."
    )
