"""Colours, type and the Vega-Lite configuration of every figure."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # vl-convert carries Liberation Sans
INK = "#1f2530"
SOFT = "#5b6472"
RULE = "#d9dee5"
GRID = "#eceff3"
OUTSIDE = "#9aa3af"  # units that are in no side
WARNING = "#a3140f"
# Far apart for protanopia, deuteranopia and tritanopia too (smallest CIE76 distance 23.5);
# a sixth colour would drop that to 18, so no figure draws more than five lines.
PALETTE = ("#0a5fb4", "#d1660a", "#2b2f38", "#7a3b00", "#2e9e6b")
# What belongs to no side: joint works and ties, and the dark of single counts.
JOINT = "#65489a"
PLAIN = "#46566e"
SERIES_LIMIT = len(PALETTE)
# A figure in one of the two columns, in px: a telephone shows it at 0.85 of its size, a wide
# screen at 1.24.
HALF_WIDTH = 420
FULL_WIDTH = 1120  # px, a figure across both


def side_colours(sides: Sequence[str]) -> Mapping[str, str]:
    """Map each side to its colour, in the order of the query; later sides share the grey."""
    return {side: PALETTE[i] if i < SERIES_LIMIT else OUTSIDE for i, side in enumerate(sides)}


@alt.theme.register("bibnet", enable=False)
def configuration() -> alt.theme.ThemeConfig:
    """Return the theme: no frames, faint grid, one font, labels in ink."""
    return {"config": _config()}  # type: ignore[typeddict-item]


def _config() -> dict[str, Any]:
    return {
        "font": FONT,
        "background": "#ffffff",
        "view": {"stroke": None},
        "axis": _axis(),
        "legend": _legend(),
        "title": _title(),
        "text": {"font": FONT, "fontSize": 12, "color": INK, "aria": False},
        "concat": {"spacing": 12},
    }


def _axis() -> dict[str, Any]:
    return {
        "aria": False,
        "labelFont": FONT,
        "labelFontSize": 12,
        "labelColor": INK,
        "titleFont": FONT,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titleColor": SOFT,
        "gridColor": GRID,
        "domainColor": RULE,
        "tickColor": RULE,
    }


def _legend() -> dict[str, Any]:
    return {
        "aria": False,
        "orient": "top",
        "direction": "horizontal",
        "title": None,
        "labelFont": FONT,
        "labelFontSize": 12,
        "labelColor": INK,
        "symbolType": "circle",
        "symbolSize": 90,
        "offset": 4,
    }


def _title() -> dict[str, Any]:
    return {
        "font": FONT,
        "fontSize": 15,
        "fontWeight": "bold",
        "color": INK,
        "subtitleFont": FONT,
        "subtitleFontSize": 12,
        "subtitleColor": SOFT,
        "subtitlePadding": 4,
        "anchor": "start",
        "frame": "bounds",
        "offset": 12,
    }


def row_labels(lead: float) -> alt.Axis:
    """Return the axis of the names of rows: `lead` px wide, no line and no ticks.

    Each name stands behind five characters that keep equal names apart.
    """
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
