"""Figures as files: an SVG each, and a PNG made from it by a program beside this one."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import vl_convert

from bibnet.report.figures import Figure, published_spec
from bibnet.schema.errors import Fault, UsageError

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

    Raises OSError if the system refused it a file, UsageError if it ended in any other way.
    """
    command = [sys.executable, str(PNG_PROGRAM)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True, encoding="utf-8") as program:  # noqa: S603  # own program
        try:
            yield program
            if program.stdin:
                program.stdin.close()
        except BrokenPipeError:  # it has ended before its time, and its status says why
            pass
        except BaseException:
            program.kill()
            raise
        check_ended(program.wait(), "the figures")


def check_ended(status: int, what: str) -> None:
    """Raise what a program of this package ended with; nothing if it came to its end."""
    if status > 1:
        raise OSError(status, os.strerror(status))
    if status:
        how = f"signal {-status}" if status < 0 else "an error of its own"
        remedy = "see what stands above; free memory, and run it again"
        raise UsageError(Fault(f"{what} could not be drawn", f"a program ended by {how}", remedy))
