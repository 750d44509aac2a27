"""What lies under the points of a map: dots where people live, lines of latitude and longitude."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from bibnet.reference import load
from bibnet.report.figures.map_view import Degrees, MapView

CELL = 0.25  # degrees, side of a cell of the list
DOT_STEP = 4.8  # px between dots
DOT_PART = 0.58  # of that, the width of a dot
GROUND = "#d3d9e1"
SAID = (
    "Grey dots: where people live (towns of 500 people or more, GeoNames). The map has no borders: "
    "some are disputed, and no number here depends on them."
)
ROW_STEP = np.sqrt(3) / 2  # of that, between rows of a grid of triangles
CLOSINGS, FULL = 2, 4  # a gap with four of its six neighbours taken is land too, twice
LINE_STEPS = (1, 2, 5, 10, 20, 30)  # degrees between lines
MOST_LINES = 7  # in the wider direction
SAMPLE, KEPT = 4.0, 4  # px between samples of a line; one in so many is a corner of the drawing
UP, AWAY = np.arange(-89.5, 90.0), np.arange(-179.5, 180.0)  # a sample of the earth, degrees
AT_EDGE = 8.0  # px: a line that ends so near the border has its number there


@dataclass(frozen=True)
class LineLabel:
    """The number of a line at the border of the map, in px."""

    text: str
    x: float
    y: float


@cache
def inhabited() -> Degrees:
    """Latitude and longitude of the middle of every cell with a town, shape (n, 2)."""
    rows = load.rows("inhabited_cells")
    cells = [np.cumsum(np.array(row["cells"].split(), dtype="int64")) for row in rows]
    edges = np.repeat([float(row["latitude"]) for row in rows], [len(own) for own in cells])
    return np.column_stack([edges, np.concatenate(cells) * CELL - 180.0]) + CELL / 2


def ground_dots(view: MapView) -> tuple[str, float]:
    """Return the dots of the ground as one path, a short run of it a row, and their distance in px.

    The path is to be drawn dashed, with one dash of no length a distance: each is a dot.
    """
    cells = inhabited()
    places = view.pixels(cells[:, 0], cells[:, 1])
    places = places[view.shown(places)]
    step = max(DOT_STEP, np.radians(CELL) * view.scale)
    taken = _closed(_grid(places, view, step))
    runs = [
        f"M{(first + row % 2 / 2) * step:.1f},{row * ROW_STEP * step:.1f}"
        f"h{(last - first) * step + 0.01:.2f}"
        for row, first, last in _runs(taken)
    ]
    return "".join(runs), step


def _grid(places: Degrees, view: MapView, step: float) -> Degrees:
    """Which places of the grid of triangles hold something, shape (rows, columns)."""
    size = np.array([view.height / (ROW_STEP * step), view.width / step])
    taken = np.zeros(np.ceil(size).astype(int) + 2)
    rows = np.rint(places[:, 1] / (ROW_STEP * step)).astype(int)
    columns = np.rint(places[:, 0] / step - rows % 2 / 2).astype(int)
    taken[rows, np.maximum(columns, 0)] = 1
    return taken


def _closed(taken: Degrees) -> Degrees:
    odd = (np.arange(len(taken)) % 2 == 1)[:, None]
    for _time in range(CLOSINGS):
        wide = np.pad(taken, 1)
        beside = wide[1:-1, :-2] + wide[1:-1, 2:]
        straight = wide[:-2, 1:-1] + wide[2:, 1:-1]
        left, right = wide[:-2, :-2] + wide[2:, :-2], wide[:-2, 2:] + wide[2:, 2:]
        around = beside + straight + np.where(odd, right, left)
        taken = np.maximum(taken, around >= FULL)
    return taken


def _runs(taken: Degrees) -> Iterator[tuple[int, int, int]]:
    """Row, first and last column of every run of places that are taken."""
    for row, line in enumerate(taken):
        steps = np.diff(np.concatenate([[0], line, [0]]))
        firsts, ends = np.flatnonzero(steps > 0), np.flatnonzero(steps < 0)
        yield from ((row, int(a), int(b) - 1) for a, b in zip(firsts, ends, strict=True))


def ground_lines(view: MapView) -> tuple[str, list[LineLabel]]:
    """Return the lines of latitude and longitude as one path, and their numbers at the border."""
    seen = _seen(view)
    (south, west), (north, east) = seen.min(axis=0), seen.max(axis=0)
    span = max(north - south, east - west)
    step = next((s for s in LINE_STEPS if span / s <= MOST_LINES), LINE_STEPS[-1])
    fine = np.arange(0, 1, min(1.0, SAMPLE / np.radians(span) / view.scale))
    across, up = west + (east - west) * fine, south + (north - south) * fine
    paths, labels = [], list[LineLabel]()
    for latitude in _multiples(south, north, step):
        line = view.pixels(np.full(len(fine), latitude), across)
        paths.append(_path(line, view))
        labels += _label(line, view, f"{abs(latitude):g}°{_letter(latitude, 'NS')}", at=0)
    for longitude in _multiples(west, east, step):
        line = view.pixels(up, np.full(len(fine), longitude))
        paths.append(_path(line, view))
        turned = (longitude + 180.0) % 360.0 - 180.0
        labels += _label(line, view, f"{abs(turned):g}°{_letter(turned, 'EW')}", at=1)
    return "".join(paths), labels


def _multiples(low: float, high: float, step: int) -> list[float]:
    return [float(n * step) for n in range(int(np.ceil(low / step)), int(high // step) + 1)]


def _seen(view: MapView) -> Degrees:
    """Latitude and longitude (going on beyond 180) of the samples of the earth that are shown."""
    lat, away = (grid.ravel() for grid in np.meshgrid(UP, AWAY))
    lon = away + view.longitude
    return np.column_stack([lat, lon])[view.shown(view.pixels(lat, lon))]


def _path(line: Degrees, view: MapView) -> str:
    """The parts of a line that are shown, with every few of its corners."""
    steps = np.diff(np.concatenate([[0], view.shown(line), [0]]))
    parts = []
    for first, end in zip(np.flatnonzero(steps > 0), np.flatnonzero(steps < 0), strict=True):
        kept = [*range(first, end - 1, KEPT), end - 1]
        parts.append("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in line[kept].tolist()))
    return "".join(parts)


def _label(line: Degrees, view: MapView, text: str, at: int) -> list[LineLabel]:
    """The number of a line at the left border (`at` 0) or the lower one (1), if it gets there."""
    seen = line[view.shown(line)]
    if not len(seen):
        return []
    x, y = seen[np.argmin(seen[:, 0]) if at == 0 else np.argmax(seen[:, 1])]
    away = x if at == 0 else view.height - y
    return [LineLabel(text, round(float(x), 1), round(float(y), 1))] if away < AT_EDGE else []


def _letter(degrees: float, letters: Sequence[str]) -> str:
    return "" if degrees in (0.0, -180.0) else f" {letters[degrees < 0]}"
