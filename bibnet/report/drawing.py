"""Figures as files: an SVG each, and a PNG made from it."""

from collections.abc import Sequence
from pathlib import Path

import vl_convert

from bibnet.report.figures import Figure, published_spec

PNG_SCALE = 2.0  # pixels per px: sharp in print and on dense screens


def write_figures(
    folder: Path, figures: Sequence[Figure], source: str, *, invented: bool
) -> None:
    """Write ID.svg and ID.png of every figure into `folder`, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for figure in figures:
        svg = figure_svg(figure, source, invented=invented)
        (folder / f"{figure.id}.svg").write_bytes(svg.encode("utf-8"))
        png = vl_convert.svg_to_png(svg, scale=PNG_SCALE)
        (folder / f"{figure.id}.png").write_bytes(png)


def figure_svg(figure: Figure, source: str, *, invented: bool) -> str:
    """Draw a figure with title, subtitle and source line; nothing is loaded from elsewhere."""
    spec = published_spec(figure, source, invented=invented)
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
