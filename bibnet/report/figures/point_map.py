"""A map of points without borders: circles by works, dots where people live, degrees beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np

from bibnet.report.content.cell import Cell
from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.content.wording import count
from bibnet.report.figures.figure import Body, Figure, Rows, linked
from bibnet.report.figures.map_ground import (
    DOT_PART,
    GROUND,
    LineLabel,
    ground_dots,
    ground_lines,
)
from bibnet.report.figures.map_view import MapView, map_view
from bibnet.report.figures.marks import name_layers, pixels
from bibnet.report.figures.network_layout import Box, Points, place_names, push_apart
from bibnet.report.figures.theme import FULL_WIDTH, HALF_WIDTH, INK, RULE, SOFT

RADII = {HALF_WIDTH: (2.5, 13.0), FULL_WIDTH: (3.5, 15.0)}  # px, smallest and largest circle
MOST_NAMES = 40  # the largest circles that may have a name
LABEL_SIZE, LABEL_ROOM = 10, 16  # px; names keep clear of the numbers at the border
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
HAIR = 0.5  # px
RING = 1.8  # px, the dark edge of what a list holds
TWIN_ROWS = 60
NOTHING = "M0,0"  # a path that draws nothing


@dataclass(frozen=True)
class Point:
    """A place or a body: its name, degrees, number, group, words beside the pointer, and cell.

    `ringed` says that a list holds it, or a body in it: a dark ring stands around its circle.
    """

    name: str
    lat: float
    lon: float
    value: float
    group: str
    tip: str
    cell: Cell
    place: str = ""
    ringed: bool = False


@dataclass(frozen=True)
class MapWords:
    """The words of a map; `apart` says that circles of one town stand beside each other."""

    id: str
    title: str
    subtitle: str
    unit: str
    of: str
    colours: Mapping[str, str]
    wide: bool = False
    apart: bool = False


def map_figure(points: Sequence[Point], words: MapWords) -> Figure:
    """Return the map of the points (at least one), the largest first in its table."""
    width = FULL_WIDTH if words.wide else HALF_WIDTH
    ordered = sorted(points, key=lambda point: (-point.value, point.name, point.cell.address))
    view = map_view([p.lat for p in ordered], [p.lon for p in ordered], width - 8)
    radii = _radii(ordered, width)
    degrees = np.array([(point.lat, point.lon) for point in ordered])
    frame = Box(0, 0, view.width, view.height)
    places = view.pixels(degrees[:, 0], degrees[:, 1])
    if words.apart:
        places = push_apart(spread(places), radii, frame)
    dots, step = ground_dots(view)
    lines, labels = ground_lines(view)
    legend = _legend(ordered, words)
    return Figure(
        id=words.id,
        title=words.title,
        subtitle=words.subtitle,
        description=_description(ordered, words, view),
        body=_body(dots, step, lines, _fill(legend)).properties(
            width=view.width, height=view.height
        ),
        datasets={
            "ground": [{"x": 0, "y": 0}],
            "degrees": label_rows(labels, view),
            "points": _point_rows(ordered, places, radii),
            "names": _name_rows(ordered, places, radii, labels, frame),
        },
        twin=_twin(ordered, words),
        cells=[point.cell for point in ordered],
        width=width,
        wide=words.wide,
        legend=legend if len(legend) > 1 else (),
    )


def spread(places: Points) -> Points:
    """Places a hair apart, each in a direction of its own, so that equal ones can be pushed."""
    turns = GOLDEN_ANGLE * np.arange(len(places))
    return np.asarray(places + HAIR * np.column_stack([np.cos(turns), np.sin(turns)]))


def _radii(points: Sequence[Point], width: int) -> Points:
    smallest, largest = RADII[width]
    parts = np.sqrt([point.value / max(points[0].value, 1) for point in points])
    return np.asarray(np.maximum(smallest, largest * parts))


def _legend(points: Sequence[Point], words: MapWords) -> list[tuple[str, str]]:
    present = {point.group for point in points}
    return [(group, colour) for group, colour in words.colours.items() if group in present]


def _fill(groups: Sequence[tuple[str, str]]) -> alt.Fill:
    names, colours = [group for group, _ in groups], [colour for _, colour in groups]
    legend = alt.Legend() if len(groups) > 1 else None
    return alt.Fill("group:N", scale=alt.Scale(domain=names, range=colours), legend=legend)


def label_rows(labels: Sequence[LineLabel], view: MapView) -> Rows:
    """Numbers of lines (x, y, text) moved so far from the border that they can be read."""
    return [
        {
            "x": max(3.0, min(label.x + 3, view.width - 34.0)),
            "y": max(9.0, min(label.y - 6, view.height - 4.0)),
            "text": label.text,
        }
        for label in labels
    ]


def _point_rows(points: Sequence[Point], places: Points, radii: Points) -> Rows:
    """The largest first, so that smaller ones lie on top."""
    return [
        {
            "x": round(float(place[0]), 1),
            "y": round(float(place[1]), 1),
            "size": round(float(np.pi * radius**2), 1),
            "group": point.group,
            "edge": INK if point.ringed else "#ffffff",
            "edge_width": RING if point.ringed else 0.9,
            "tip": point.tip,
            "link": point.cell.address,
        }
        for point, place, radius in zip(points, places, radii, strict=True)
    ]


def _name_rows(
    points: Sequence[Point],
    places: Points,
    radii: Points,
    labels: Sequence[LineLabel],
    frame: Box,
) -> Rows:
    kept = np.array([(label.x + LABEL_ROOM, label.y - LABEL_ROOM / 2) for label in labels])
    blocked = np.vstack([places, kept.reshape(-1, 2)])
    sizes = np.concatenate([radii, np.full(len(labels), LABEL_ROOM)])
    chosen = place_names(
        [point.name for point in points],
        blocked,
        sizes,
        order=range(min(MOST_NAMES, len(points))),
        frame=frame,
    )
    return [
        {"x": round(n.x, 1), "y": round(n.y, 1), "align": n.align, "name": n.text} for n in chosen
    ]


def _body(dots: str, step: float, lines: str, fill: alt.Fill) -> Body:
    ground, degrees, points, names = (
        alt.Chart(alt.NamedData(name=name)) for name in ("ground", "degrees", "points", "names")
    )
    at = {"x": pixels("x:Q"), "y": pixels("y:Q")}
    # A shape of size 4 is drawn in px; all dots are one mark, and so are all lines.
    look: dict[str, Any] = {"size": 4, "filled": False, "opacity": 1, "clip": True, "aria": False}
    net = ground.mark_point(shape=lines or NOTHING, stroke=RULE, strokeWidth=1, **look)
    land = ground.mark_point(
        shape=dots or NOTHING,
        stroke=GROUND,
        strokeWidth=round(step * DOT_PART, 2),
        strokeCap="round",
        strokeDash=[0, round(step, 4)],
        **look,
    )
    circles = points.mark_circle(opacity=1, fillOpacity=0.85).encode(
        **at,
        stroke=alt.Stroke("edge:N", scale=None),
        strokeWidth=alt.StrokeWidth("edge_width:Q", scale=None),
        size=alt.Size("size:Q", scale=None),
        fill=fill,
        **linked(),
    )
    numbers = degrees.mark_text(align="left", fontSize=LABEL_SIZE, color=SOFT, aria=False)
    body: Body = alt.layer(
        net.encode(**at),
        land.encode(**at),
        numbers.encode(**at, text="text:N"),
        circles,
        *name_layers(names),
    )
    return body


def _description(points: Sequence[Point], words: MapWords, view: MapView) -> str:
    return (
        f"Map without borders ({view.name} projection) of {len(points)} {words.of} by {words.unit},"
        f" from {points[0].name} ({count(points[0].value)}) to {points[-1].name} "
        f"({count(points[-1].value)}). The numbers are in the table."
    )


def _twin(points: Sequence[Point], words: MapWords) -> TableView:
    shown = points[:TWIN_ROWS]
    headings = [
        Heading(""),
        Heading("place"),
        Heading("latitude", True),
        Heading("longitude", True),
        Heading(words.unit, True, count=points[0].cell.count),
    ]
    rows = [
        [point.name, point.place, f"{point.lat:.2f}", f"{point.lon:.2f}", count(point.value)]
        for point in shown
    ]
    more = len(points) > len(shown)
    rest = f"First {len(shown)} of the {count(len(points))} drawn." if more else ""
    return TableView(words.title, headings, rows, rest, [point.cell for point in shown])
