"""Figures as files: an SVG each, and a PNG made from it by a program beside this one."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import vl_convert

from bibnet.report.figures import Figure, published_spec

PNG_PROGRAM = Path(__file__).parents[1] / "programs" / "make_png.py"


@contextmanager
def write_figures(
    folder: Path, figures: Sequence[Figure], specs: Mapping[str, Mapping[str, Any]], source: str
) -> Iterator[None]:
    """Write ID.svg and ID.png of every figure into `folder`, which is made if need be.

    `specs` are the figures' specifications in the page; `source` is the line below each figure.
    The SVGs are there when the context begins; the PNGs, made beside, when it ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with png_maker() as program:
        for figure in figures:
            path = folder / f"{figure.id}.svg"
            path.write_bytes(figure_svg(figure, specs[figure.id], source).encode("utf-8"))
            if program.stdin:
                program.stdin.write(f"{path}\n")
                program.stdin.flush()
        yield


def figure_svg(figure: Figure, spec: Mapping[str, Any], source: str) -> str:
    """Draw a figure with title, subtitle and source line; nothing is loaded from elsewhere."""
    published = published_spec(figure, spec, source)
    return str(vl_convert.vegalite_to_svg(published, allowed_base_urls=[]))


@contextmanager
def png_maker() -> Iterator[subprocess.Popen[str]]:
    """Run the PNG program while figures are drawn; at the end wait until it is done.

    Raises CalledProcessError if it fails.
    """
    command = [sys.executable, str(PNG_PROGRAM)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, text=True, encoding="utf-8") as program:  # noqa: S603  # own program
        yield program
        if program.stdin:
            program.stdin.close()
        if program.wait():
            raise subprocess.CalledProcessError(program.returncode, command)
