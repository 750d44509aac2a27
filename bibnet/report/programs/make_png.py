"""Make a PNG beside every SVG whose path comes in a line of standard input."""

import sys
from collections.abc import Iterable
from pathlib import Path

import vl_convert

PNG_SCALE = 2.0  # pixels per px: sharp in print and on dense screens


def make_png(paths: Iterable[str]) -> None:
    """Write PATH.png for each PATH.svg, in the order of the lines."""
    for path in map(Path, paths):
        svg = path.read_text(encoding="utf-8")
        path.with_suffix(".png").write_bytes(vl_convert.svg_to_png(svg, scale=PNG_SCALE))


if __name__ == "__main__":
    try:
        make_png(line.rstrip("\n") for line in sys.stdin)
    except OSError as refused:  # the status is what the system said; the caller says it in words
        sys.exit(refused.errno or 1)
