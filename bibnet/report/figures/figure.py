"""What a figure is, and the two forms it takes: inside the page, and as a file of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import altair as alt

from bibnet.report.table_view import TableView
from bibnet.report.text_width import wrapped
from bibnet.report.theme import HALF_WIDTH, INK, SOFT, WARNING

Body: TypeAlias = alt.Chart | alt.LayerChart
Rows: TypeAlias = list[dict[str, Any]]
INVENTED_MARK = "INVENTED DATA: nothing here is a finding"
TITLE_SIZE = 15
TEXT_SIZE = 12
FOOTER_SIZE = 11


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
    body = figure.body.properties(title=_invented_title()) if invented else figure.body
    return _specification(figure, body)


def published_spec(figure: Figure, source: str, *, invented: bool) -> dict[str, Any]:
    """Return the specification of the figure as a file: with title, subtitle and source line."""
    lines = wrapped(source, FOOTER_SIZE, figure.width - 20)
    chart = alt.vconcat(figure.body, _footer(lines, figure.lead), title=_title(figure, invented))
    spec = _specification(figure, chart)
    settled = _with_width(spec["vconcat"], spec["vconcat"][0]["width"])
    return spec | {"vconcat": settled, "datasets": spec["datasets"] | {"footer": [{"row": 0}]}}


def _specification(figure: Figure, chart: Body | alt.VConcatChart) -> dict[str, Any]:
    with alt.theme.enable("bibnet"):
        spec = chart.properties(
            description=figure.description, padding=4 if isinstance(chart, Body) else 16
        ).to_dict(validate=False)
    return spec | {"datasets": dict(figure.datasets)}


def _with_width(part: Any, width: float) -> Any:
    """Put the plot's width into expressions: among several plots the name `width` means no one."""
    if isinstance(part, dict):
        if set(part) == {"expr"}:
            return {"expr": part["expr"].replace("width", f"{width:g}")}
        return {key: _with_width(value, width) for key, value in part.items()}
    return [_with_width(value, width) for value in part] if isinstance(part, list) else part


def _title(figure: Figure, invented: bool) -> alt.TitleParams:
    title = wrapped(figure.title, TITLE_SIZE, (figure.width - 20) / 1.1)  # bold is wider
    return alt.TitleParams(
        text=[INVENTED_MARK, *title] if invented else title,
        color=WARNING if invented else INK,
        subtitle=wrapped(figure.subtitle, TEXT_SIZE, figure.width - 20),
    )


def _invented_title() -> alt.TitleParams:
    return alt.TitleParams(text=INVENTED_MARK, color=WARNING, fontSize=TEXT_SIZE, offset=6)


def _footer(lines: Sequence[str], lead: float) -> alt.Chart:
    chart = alt.Chart(alt.NamedData(name="footer"), width=20, height=14 * len(lines))
    return chart.mark_text(
        align="left",
        baseline="top",
        fontSize=FOOTER_SIZE,
        color=SOFT,
        lineHeight=14,
        x=-lead,
        y=0,
        text=list(lines),
    )
