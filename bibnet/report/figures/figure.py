"""What a figure is, and the two forms it takes: inside the page, and as a file of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import altair as alt

from bibnet.report.content.table_view import TableView
from bibnet.report.figures.text_width import wrapped
from bibnet.report.figures.theme import HALF_WIDTH, INK, SOFT, WARNING
from bibnet.schema.units import INVENTED

Body: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart
Rows: TypeAlias = list[dict[str, Any]]
TITLE_SIZE = 15
TEXT_SIZE = 12
FOOTER_SIZE = 11
OF_THE_WHOLE = ("$schema", "config", "description", "datasets", "padding", "title")


@dataclass(frozen=True)
class Figure:
    """One figure.

    `body` draws the named `datasets` and has a fixed plot width; `width` is that of the whole
    figure in px. Title and subtitle are computed or neutral, `description` is the text for those
    who cannot see it, `twin` holds the numbers drawn. `lead` is the room of the labels left of the
    plot in px. A `fluid` figure may be drawn narrower.
    """

    id: str
    title: str
    subtitle: str
    description: str
    body: Body
    datasets: Mapping[str, Rows]
    twin: TableView
    lead: float = 0.0
    width: int = HALF_WIDTH
    fluid: bool = True


def page_spec(figure: Figure, *, invented: bool) -> dict[str, Any]:
    """Return the Vega-Lite specification the page draws; title and source are text of the page."""
    body = figure.body.properties(description=figure.description, padding=4)
    with alt.theme.enable("bibnet"):
        spec = body.to_dict(validate=False)
    mark = {"title": {"text": INVENTED, "color": WARNING, "fontSize": TEXT_SIZE, "offset": 6}}
    return spec | (mark if invented else {}) | {"datasets": dict(figure.datasets)}


def published_spec(figure: Figure, spec: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Return the specification of the figure as a file: with title, subtitle and source line.

    `spec` is the figure's specification in the page; a mark above it goes into the title.
    """
    inner = {key: value for key, value in spec.items() if key not in OF_THE_WHOLE}
    lines = wrapped(source, FOOTER_SIZE, figure.width - 20)
    return {key: spec[key] for key in OF_THE_WHOLE if key in spec} | {
        "padding": 16,
        "title": _title(figure, spec.get("title")),
        "vconcat": [_with_width(inner, inner["width"]), _footer(lines, figure.lead)],
        "datasets": {**spec["datasets"], "footer": [{"row": 0}]},
    }


def _with_width(part: Any, width: float) -> Any:
    """Put the plot's width into expressions: among several plots the name `width` means no one."""
    if isinstance(part, dict):
        if set(part) == {"expr"}:
            return {"expr": part["expr"].replace("width", f"{width:g}")}
        return {key: _with_width(value, width) for key, value in part.items()}
    return [_with_width(value, width) for value in part] if isinstance(part, list) else part


def _title(figure: Figure, mark: Mapping[str, Any] | None) -> dict[str, Any]:
    title = wrapped(figure.title, TITLE_SIZE, (figure.width - 20) / 1.1)  # bold is wider
    return {
        "text": [mark["text"], *title] if mark else title,
        "color": WARNING if mark else INK,
        "subtitle": wrapped(figure.subtitle, TEXT_SIZE, figure.width - 20),
    }


def _footer(lines: Sequence[str], lead: float) -> dict[str, Any]:
    mark = {
        "type": "text",
        "align": "left",
        "baseline": "top",
        "fontSize": FOOTER_SIZE,
        "color": SOFT,
        "lineHeight": 14,
        "x": -lead,
        "y": 0,
        "text": list(lines),
    }
    return {"data": {"name": "footer"}, "mark": mark, "width": 20, "height": 14 * len(lines)}
