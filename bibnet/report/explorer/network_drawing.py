"""The network of chosen works as circles, lines and names with their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bibnet.report.content.wording import clean, counted, placed_name
from bibnet.report.explorer.explorer_view import Circle, Line
from bibnet.report.figures.network import CROSS_COLOUR, INNER_COLOUR
from bibnet.report.figures.network_layout import (
    Box,
    Name,
    Points,
    place_names,
    place_nodes,
    push_apart,
)
from bibnet.report.figures.theme import OUTSIDE, side_colours

WIDTH, HEIGHT, MARGIN = 1120, 620, 34  # px
SMALLEST_RADIUS, LARGEST_RADIUS = 4.0, 22.0  # px
THINNEST, THICKEST = 0.8, 6.0  # px
SEED = 20260101


@dataclass(frozen=True)
class Drawing:
    """Marks with attributes of SVG, each with what it says and the address it leads to."""

    width: int
    height: int
    lines: Sequence[Mapping[str, object]] = field(default_factory=list)
    circles: Sequence[Mapping[str, object]] = field(default_factory=list)
    names: Sequence[Name] = ()


def drawn_network(
    circles: Sequence[Circle], lines: Sequence[Line], sides: Sequence[str]
) -> Drawing | None:
    """Return the drawing, or nothing where no two institutions share a work.

    The same network gives the same drawing.
    """
    if not lines:
        return None
    frame = Box(MARGIN, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN)
    most = max(circle.works for circle in circles)
    part = np.sqrt(np.array([circle.works / most for circle in circles]))
    radii = np.maximum(SMALLEST_RADIUS, LARGEST_RADIUS * part)
    ties = [(line.one, line.other, float(line.works)) for line in lines]
    places = push_apart(place_nodes(len(circles), ties, frame=frame, seed=SEED), radii, frame)
    order = sorted(range(len(circles)), key=lambda at: (-radii[at], at))
    names = place_names(
        [clean(circle.name) for circle in circles],
        places,
        radii,
        order=order,
        frame=Box(0, 0, WIDTH, HEIGHT),
    )
    return Drawing(
        WIDTH,
        HEIGHT,
        _lines(circles, lines, places),
        _circles(circles, sides, places, radii),
        names,
    )


def _circles(
    circles: Sequence[Circle], sides: Sequence[str], places: Points, radii: Points
) -> list[dict[str, object]]:
    colours = side_colours(sides)
    return [
        {
            "x": round(float(place[0]), 1),
            "y": round(float(place[1]), 1),
            "r": round(float(radius), 1),
            "colour": colours.get(circle.side, OUTSIDE),
            "tip": f"{placed_name(circle.name, clean(circle.country) or 'country unknown')}: "
            f"{counted(circle.works, 'work')}, {circle.joint_works:,} joint",
            "address": circle.address,
        }
        for circle, place, radius in zip(circles, places, radii, strict=True)
    ]


def _lines(
    circles: Sequence[Circle], lines: Sequence[Line], places: Points
) -> list[dict[str, object]]:
    most = max(line.works for line in lines)
    rows = []
    for line in lines:
        part = line.works / most
        (x1, y1), (x2, y2) = places[line.one], places[line.other]
        ends = f"{clean(circles[line.one].name)} and {clean(circles[line.other].name)}"
        rows.append(
            {
                "ends": (line.one, line.other),
                "x1": round(float(x1), 1),
                "y1": round(float(y1), 1),
                "x2": round(float(x2), 1),
                "y2": round(float(y2), 1),
                "width": round(THINNEST + (THICKEST - THINNEST) * part**0.7, 2),
                "opacity": round(0.3 + 0.5 * part**0.6, 2),
                "colour": CROSS_COLOUR if line.across else INNER_COLOUR,
                "tip": f"{ends}: {counted(line.works, 'work')} in common",
                "address": line.address,
            }
        )
    return sorted(rows, key=lambda row: (row["colour"] == CROSS_COLOUR, row["width"]))
