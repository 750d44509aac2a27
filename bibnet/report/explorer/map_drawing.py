"""The institutions of chosen works on a map without borders, as marks with their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bibnet.report.content.wording import clean, counted, placed_name
from bibnet.report.explorer.explorer_view import Spot
from bibnet.report.figures.map_ground import DOT_PART, GROUND, ground_dots, ground_lines
from bibnet.report.figures.map_view import map_view
from bibnet.report.figures.network_layout import Box, Name, place_names, push_apart
from bibnet.report.figures.point_map import RING, label_rows, spread
from bibnet.report.figures.theme import INK, OUTSIDE, RULE, side_colours

WIDTH = 1120  # px
SMALLEST_RADIUS, LARGEST_RADIUS = 4.0, 18.0  # px


@dataclass(frozen=True)
class MapDrawing:
    """Paths of the ground (SVG) with their looks, circles with what they say, and names."""

    width: int
    height: int
    lines: str
    line_colour: str
    dots: str
    dot_colour: str
    dot_size: float
    dot_step: float
    degrees: Sequence[Mapping[str, object]]
    circles: Sequence[Mapping[str, object]]
    names: Sequence[Name]


def drawn_map(spots: Sequence[Spot], sides: Sequence[str]) -> MapDrawing | None:
    """Return the drawing, or nothing where no institution has coordinates.

    Circles of one town stand beside each other; the same spots give the same drawing.
    """
    if not spots:
        return None
    degrees = np.array([(spot.lat, spot.lon) for spot in spots])
    view = map_view(degrees[:, 0].tolist(), degrees[:, 1].tolist(), WIDTH)
    frame = Box(0, 0, view.width, view.height)
    part = np.sqrt([spot.circle.works / max(one.circle.works for one in spots) for spot in spots])
    radii = np.asarray(np.maximum(SMALLEST_RADIUS, LARGEST_RADIUS * part))
    places = push_apart(spread(view.pixels(degrees[:, 0], degrees[:, 1])), radii, frame)
    dots, step = ground_dots(view)
    lines, labels = ground_lines(view)
    order = sorted(range(len(spots)), key=lambda at: (-radii[at], at))
    names = place_names(
        [clean(spot.circle.name) for spot in spots], places, radii, order=order, frame=frame
    )
    return MapDrawing(
        view.width,
        view.height,
        lines,
        RULE,
        dots,
        GROUND,
        round(step * DOT_PART, 2),
        round(step, 4),
        label_rows(labels, view),
        _circles(spots, sides, places, radii),
        names,
    )


def _circles(
    spots: Sequence[Spot], sides: Sequence[str], places: np.ndarray, radii: np.ndarray
) -> list[Mapping[str, object]]:
    """The largest first, so that smaller ones lie on top."""
    colours = side_colours(sides)
    rows: list[Mapping[str, object]] = [
        {
            "x": round(float(place[0]), 1),
            "y": round(float(place[1]), 1),
            "r": round(float(radius), 1),
            "colour": colours.get(spot.circle.side, OUTSIDE),
            "edge": INK if spot.ringed else "#fff",
            "edge_width": RING if spot.ringed else 1,
            "tip": placed_name(spot.circle.name, clean(spot.circle.country) or "country unknown")
            + ": "
            f"{counted(spot.circle.works, 'work')}, {spot.circle.joint_works:,} joint",
            "address": spot.circle.address,
        }
        for spot, place, radius in zip(spots, places, radii, strict=True)
    ]
    return [rows[at] for at in np.argsort(-radii, kind="stable").tolist()]
