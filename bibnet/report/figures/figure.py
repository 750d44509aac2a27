"""What a figure is, and the specification that draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, TypeAlias

import altair as alt

from bibnet.report.content.cell import Cell
from bibnet.report.content.table_view import TableView
from bibnet.report.figures.theme import HALF_WIDTH

Body: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart
Rows: TypeAlias = list[dict[str, Any]]
SUBTITLE_WIDTH = 80  # characters of a line above a chart
# What a mark says beside the pointer and to a screen reader, and where it leads.
TIP, LINK = "tip", "link"


@dataclass(frozen=True)
class Figure:
    """One figure.

    `body` draws the named `datasets`. The title states a finding where one is computed and
    names the subject elsewhere; `subtitle` holds unit and definition; `description` is the text
    for those who cannot see it, `twin` holds the numbers drawn. `cells` are the cells of exhibits
    that marks lead to. `lead` is the room of the labels left of the plot, `width` that of the
    whole figure, in px; a `wide` figure takes both columns. `legend` (name, colour) stands
    above it as text where the drawing is too small for its own.
    """

    id: str
    title: str
    subtitle: str
    description: str
    body: Body
    datasets: Mapping[str, Rows]
    twin: TableView
    cells: Sequence[Cell] = ()
    lead: float = 0.0
    width: int = HALF_WIDTH
    wide: bool = False
    legend: Sequence[tuple[str, str]] = ()


def figure_spec(figure: Figure) -> dict[str, Any]:
    """Return the Vega-Lite specification of the body; title and source are added as text."""
    body = figure.body.properties(padding=2)
    with alt.theme.enable("bibnet"):
        spec = body.to_dict(validate=False)
    return spec | {"datasets": dict(figure.datasets)}


def figure_chart(figure: Figure, *notes: str) -> alt.Chart | alt.LayerChart | alt.FacetChart:
    """Return the figure as an Altair chart of its own, for a notebook.

    Its title and subtitle are those of the page; `notes` follow the subtitle, a line each.
    """
    lines = [*wrap(figure.subtitle, SUBTITLE_WIDTH), *notes]
    chart = figure.body.properties(
        title=alt.TitleParams(text=figure.title, subtitle=lines, anchor="start"),
        datasets={name: list(rows) for name, rows in figure.datasets.items()},
    )
    return chart


def spoken(encoding: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the encodings of a mark that says something beside the pointer."""
    return {"description": alt.Description(f"{TIP}:N"), **(encoding or {})}


def linked() -> dict[str, Any]:
    """Return the encodings of a mark that says something and leads to its works."""
    return spoken({"href": alt.Href(f"{LINK}:N")})
