"""Shares over time: a line per series, a band between its bounds, provisional years marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from bibnet.report.content.cell import Cell
from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.content.wording import share
from bibnet.report.figures.figure import Body, Figure, Rows, linked
from bibnet.report.figures.text_width import shortened, text_width
from bibnet.report.figures.theme import GRID, HALF_WIDTH, INK, SOFT

PLOT_HEIGHT = 210  # px
AXIS_ROOM = 52  # px left of the plot for the percentages
LABEL_GAP = 15  # px between the names at the ends of two lines
LONGEST_NAME = 150  # px
NAME_SIZE = 12
TICKS = 8  # at most, so that four-digit years never touch


@dataclass(frozen=True)
class Point:
    """One year of one series; `value` is None where the share is undefined or not drawn.

    `note` says why in the table of numbers.
    """

    year: int
    series: str
    value: float | None
    low: float | None = None
    high: float | None = None
    provisional: bool = False
    cell: Cell | None = None
    note: str = ""


@dataclass(frozen=True)
class LineWords:
    """The words of a line figure; `colours` maps each series to a colour, in order."""

    id: str
    title: str
    subtitle: str
    value_name: str
    colours: Mapping[str, str]


def line_figure(points: Sequence[Point], words: LineWords) -> Figure:
    """Return a figure of shares by year, each line named at its end."""
    defined = [point for point in points if point.value is not None]
    top = max([0.01, *[_upper(point) for point in defined]]) * 1.06
    body = _body(_frame(points, top, list(words.colours)), words)
    return Figure(
        id=words.id,
        title=words.title,
        subtitle=words.subtitle,
        description=_description(defined, words),
        body=body.properties(width=HALF_WIDTH - AXIS_ROOM - 14, height=PLOT_HEIGHT),
        datasets=_datasets(points, top, words),
        twin=_twin(points, words),
        cells=[point.cell for point in points if point.cell],
        lead=AXIS_ROOM - 12,
    )


@dataclass(frozen=True)
class _Frame:
    """The scales that all layers of one figure share."""

    first: int
    last: int
    top: float
    room: float

    def years(self, field: str) -> alt.X:
        scale = alt.Scale(
            domain=[self.first - 0.5, self.last + 0.5],
            range=[0, alt.ExprRef(expr=f"width - {self.room:.0f}")],
            nice=False,
            zero=False,
        )
        ticks = year_ticks(self.first, self.last)
        axis = alt.Axis(title=None, format="d", grid=False, values=ticks)
        return alt.X(field, scale=scale, axis=axis)

    def shares(self, field: str) -> alt.Y:
        axis = alt.Axis(
            title=None,
            format=".0%" if self.top > 0.05 else ".1%",
            tickCount=5,
            domain=False,
            ticks=False,
            minExtent=AXIS_ROOM - 12,
            maxExtent=AXIS_ROOM - 12,
        )
        scale = alt.Scale(domain=[0, self.top], nice=False, zero=True)
        return alt.Y(field, scale=scale, axis=axis)


def _upper(point: Point) -> float:
    return max(point.value or 0.0, point.high or 0.0)


def _frame(points: Sequence[Point], top: float, names: Sequence[str]) -> _Frame:
    years = [point.year for point in points]
    named = min(LONGEST_NAME, max(text_width(name, NAME_SIZE) for name in names) + 14)
    return _Frame(min(years), max(years), top, named if len(names) > 1 else 14)


def _body(frame: _Frame, words: LineWords) -> Body:
    years, shares = frame.years("year:Q"), frame.shares("value:Q")
    scale = alt.Scale(domain=list(words.colours), range=list(words.colours.values()))
    lines = alt.Chart(alt.NamedData(name="points")).encode(
        x=years, color=alt.Color("series:N", scale=scale, legend=None)
    )
    return alt.layer(
        *_provisional(frame),
        lines.mark_area(opacity=1, fillOpacity=0.16, aria=False).encode(
            y=frame.shares("low:Q"), y2="high"
        ),
        lines.mark_line(strokeWidth=2.2, aria=False).encode(y=shares),
        _dots(lines, shares),
        _hollow(lines, shares),
        *([_names(frame)] if len(words.colours) > 1 else []),
    )


def _dots(lines: alt.Chart, shares: alt.Y) -> alt.Chart:
    known = lines.transform_filter("isValid(datum.value)")
    dots: alt.Chart = known.mark_point(size=44, filled=True, opacity=1).encode(y=shares, **linked())
    return dots


def _hollow(lines: alt.Chart, shares: alt.Y) -> alt.Chart:
    marks = lines.transform_filter("datum.provisional && isValid(datum.value)")
    white = alt.value("#ffffff")
    dots: alt.Chart = marks.mark_point(size=20, filled=True, opacity=1, aria=False).encode(
        y=shares, color=white
    )
    return dots


def year_ticks(first: int, last: int) -> list[int]:
    """Return the years named on an axis: at most eight, evenly spaced, the last one among them."""
    step = -(-(last - first + 1) // TICKS)
    return sorted(range(last, first - 1, -step))


def _provisional(frame: _Frame) -> list[alt.Chart]:
    spans = alt.Chart(alt.NamedData(name="provisional"))
    box = spans.mark_rect(color=GRID, aria=False).encode(x=frame.years("start:Q"), x2="end")
    label = spans.mark_text(
        align="right", baseline="bottom", dx=-2, dy=-3, color=SOFT, fontSize=11, aria=False
    )
    words = alt.value("provisional")
    return [box, label.encode(x=frame.years("end:Q"), y=alt.value(0), text=words)]


def _names(frame: _Frame) -> alt.Chart:
    marks = alt.Chart(alt.NamedData(name="names")).mark_text(
        align="left", dx=9, color=INK, aria=False
    )
    names: alt.Chart = marks.encode(x=frame.years("year:Q"), y=frame.shares("at:Q"), text="name:N")
    return names


def _datasets(points: Sequence[Point], top: float, words: LineWords) -> dict[str, Rows]:
    rows = [_row(point) for point in points]
    provisional = [point.year for point in points if point.provisional]
    span = [{"start": min(provisional) - 0.5, "end": max(provisional) + 0.5}] if provisional else []
    return {"points": rows, "provisional": span, "names": _end_names(points, top, words)}


def _row(point: Point) -> dict[str, object]:
    link = point.cell.address if point.cell else ""
    known = {name: value for name, value in vars(point).items() if name != "cell"}
    return {**known, "tip": _tooltip(point), "link": link}


def _end_names(points: Sequence[Point], top: float, words: LineWords) -> Rows:
    last = {point.series: point for point in points if point.value is not None}
    series = sorted(last, key=lambda name: (last[name].value or 0.0, name))
    gap = LABEL_GAP * top / PLOT_HEIGHT
    places = _inside(spread([last[name].value or 0.0 for name in series], gap), top)
    end = max((point.year for point in last.values()), default=0)
    return [
        {"year": end, "at": place, "name": shortened(name, NAME_SIZE, LONGEST_NAME - 14)}
        for name, place in zip(series, places, strict=True)
        if name in words.colours
    ]


def _inside(places: Sequence[float], top: float) -> list[float]:
    """Move all places up or down so that none lies below the axis or above the top."""
    low, high = min(places, default=0.0), max(places, default=0.0)
    move = max(-low, 0.0) or min(top - high, 0.0)
    return [place + move for place in places]


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Move sorted places apart to at least `gap`, as little as possible (pooled neighbours)."""
    pools: list[list[float]] = []  # each pool: sum of (place - offset), size
    for index, place in enumerate(places):
        pools.append([place - index * gap, 1.0])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, size = pools.pop()
            pools[-1] = [pools[-1][0] + total, pools[-1][1] + size]
    level = [total / size for total, size in pools for _ in range(int(size))]
    return [place + index * gap for index, place in enumerate(level)]


def _tooltip(point: Point) -> str:
    between = "" if point.high is None else f" ({share(point.high)} with undecided ones)"
    late = ", provisional" if point.provisional else ""
    return f"{point.series}, {point.year}: {share(point.value)}{between}{late}"


def _twin(points: Sequence[Point], words: LineWords) -> TableView:
    banded = any(point.low is not None for point in points)
    ends = [Heading("without undecided", True), Heading("with undecided", True)] if banded else []
    headings = [Heading("year", True), Heading("series"), Heading(words.value_name, True), *ends]
    rows = [_twin_row(point, banded) for point in points]
    return TableView(words.title, [*headings, Heading("status")], rows)


def _twin_row(point: Point, banded: bool) -> list[str]:
    ends = [share(point.low), share(point.high)] if banded else []
    status = point.note or ("provisional" if point.provisional else "")
    return [str(point.year), point.series, share(point.value), *ends, status]


def _description(defined: Sequence[Point], words: LineWords) -> str:
    parts = []
    for series in words.colours:
        own = [point for point in defined if point.series == series]
        if own:
            first, last = own[0], own[-1]
            parts.append(
                f"{series}: {share(first.value)} in {first.year}, "
                f"{share(last.value)} in {last.year}"
            )
    return (
        f"Line chart, {words.value_name} by year. {'; '.join(parts)}. All numbers are in the table."
    )
