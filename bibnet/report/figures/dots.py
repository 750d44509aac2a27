"""Dots with intervals on one scale: normalised citations, pairs against chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from bibnet.report.content.cell import Cell
from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.figures.figure import Body, Figure, Rows, linked
from bibnet.report.figures.text_width import shortened, text_width
from bibnet.report.figures.theme import GRID, HALF_WIDTH, INK, OUTSIDE, SOFT, row_labels

ROW_HEIGHT = 24  # px
LABEL_SIZE = 12
LONGEST_LABEL = 165  # px
AXIS_TICKS = 5
DOT = 90  # px², area of a dot
# Ticks of a logarithmic scale, the coarser ones where enough of them lie on it.
LOG_TICKS = tuple(
    tuple(step * 10**power for power in range(-4, 7) for step in steps)
    for steps in ((1,), (1, 2, 5))
)
FEWEST_TICKS = 3
# Ends of a logarithmic scale reach this far beyond the values.
BEYOND = 1.15


@dataclass(frozen=True)
class Dot:
    """One row: label, value, interval (either end may be None), as written, group, cell."""

    label: str
    value: float
    low: float | None
    high: float | None
    shown: str
    group: str = ""
    cell: Cell | None = None


@dataclass(frozen=True)
class DotWords:
    """The words of a figure of dots.

    `colours` maps each group to a colour; `mark` is a value of the scale with a dashed line;
    `log` makes the scale logarithmic, `percent` writes it in percent.
    """

    id: str
    title: str
    subtitle: str
    unit: str
    colours: Mapping[str, str]
    mark: float | None = None
    log: bool = False
    percent: bool = False


def dot_figure(dots: Sequence[Dot], words: DotWords) -> Figure:
    """Return a figure of dots in the order given, each with its interval behind it."""
    lead = min(LONGEST_LABEL, max(text_width(dot.label, LABEL_SIZE) for dot in dots)) + 10
    room = max(text_width(dot.shown, LABEL_SIZE) for dot in dots) + 10
    width = round(HALF_WIDTH - lead - 8)
    body = _body(dots, words, lead, width - room)
    mark = [] if words.mark is None else [{"at": words.mark}]
    return Figure(
        id=words.id,
        title=words.title,
        subtitle=words.subtitle,
        description=_description(dots, words),
        body=body.properties(width=width, height=ROW_HEIGHT * len(dots)),
        datasets={"dots": _rows(dots), "mark": mark},
        twin=_twin(dots, words),
        cells=[dot.cell for dot in dots if dot.cell],
        lead=lead,
    )


def _body(dots: Sequence[Dot], words: DotWords, lead: float, end: float) -> Body:
    chart = alt.Chart(alt.NamedData(name="dots"))
    rows = chart.encode(y=alt.Y("row:O", sort=None, axis=row_labels(lead)))
    domain = _domain(dots, words)
    kind = {"type": "log", "clamp": True} if words.log else {"zero": True}
    scale = alt.Scale(domain=domain, range=[0, end], nice=False, **kind)
    axis = _axis(words, domain)
    groups = [group for group in words.colours if any(dot.group == group for dot in dots)]
    colour = alt.Color(
        "group:N",
        scale=alt.Scale(domain=groups, range=[words.colours[group] for group in groups]),
        legend=alt.Legend() if len(groups) > 1 else None,
    )
    line = alt.Chart(alt.NamedData(name="mark"))
    at = alt.X("at:Q", scale=scale, axis=axis)
    along = alt.X("value:Q", scale=scale, axis=axis)
    spans = rows.mark_rule(
        strokeWidth=5, strokeCap="round", color=OUTSIDE, opacity=0.55, aria=False
    )
    texts = rows.mark_text(align="right", aria=False, color=INK)
    return alt.layer(
        line.mark_rule(color=SOFT, strokeDash=[3, 3], aria=False).encode(x=at),
        spans.encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high"),
        rows.mark_point(size=DOT, filled=True, opacity=1).encode(x=along, color=colour, **linked()),
        texts.encode(x=alt.value("width"), text="shown:N"),
    )


def _domain(dots: Sequence[Dot], words: DotWords) -> list[float]:
    ends = [n for dot in dots for n in (dot.value, dot.low, dot.high) if n is not None]
    ends += [] if words.mark is None else [words.mark]
    if words.log:
        positive = [n for n in ends if n > 0]
        return [min(positive) / BEYOND, max(positive) * BEYOND]
    return [min(0.0, *ends), max(ends) * 1.04 or 1.0]


def log_ticks(low: float, high: float) -> list[float]:
    """Return the ticks of a logarithmic scale, none of them beyond its ends.

    Powers of ten where three or more lie on it, else 1, 2 and 5 times them.
    """
    coarse, fine = ([tick for tick in ticks if low <= tick <= high] for ticks in LOG_TICKS)
    return coarse if len(coarse) >= FEWEST_TICKS else fine


def _axis(words: DotWords, domain: Sequence[float]) -> alt.Axis:
    form = ".0%" if words.percent else "~g"
    return alt.Axis(
        title=None,
        format=form,
        values=log_ticks(*domain) if words.log else alt.Undefined,
        tickCount=AXIS_TICKS,
        gridColor=GRID,
        domain=False,
        ticks=False,
    )


def _rows(dots: Sequence[Dot]) -> Rows:
    return [
        {
            "row": f"{place:04d} {shortened(dot.label, LABEL_SIZE, LONGEST_LABEL)}",
            "value": float(dot.value),
            "low": dot.low,
            "high": dot.high,
            "shown": dot.shown,
            "group": dot.group,
            "tip": f"{dot.label}: {dot.shown}",
            "link": dot.cell.address if dot.cell else "",
        }
        for place, dot in enumerate(dots)
    ]


def _twin(dots: Sequence[Dot], words: DotWords) -> TableView:
    grouped = any(dot.group for dot in dots) and len(words.colours) > 1
    headings = [Heading(""), *([Heading("group")] if grouped else []), Heading(words.unit, True)]
    rows = [[dot.label, *([dot.group] if grouped else []), dot.shown] for dot in dots]
    return TableView(words.title, headings, rows)


def _description(dots: Sequence[Dot], words: DotWords) -> str:
    if len(dots) == 1:
        return f"Dot plot of {words.unit} with one row, {dots[0].label}: {dots[0].shown}."
    return (
        f"Dot plot of {words.unit}, {len(dots)} rows, each with its interval: from {dots[0].label} "
        f"({dots[0].shown}) to {dots[-1].label} ({dots[-1].shown}). All numbers are in the table."
    )
