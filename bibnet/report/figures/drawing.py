"""Figures drawn by a program of its own, on another core while the report goes on."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

from bibnet.report.figures.figure import Figure, figure_spec
from bibnet.schema.errors import Fault, UsageError

PROGRAM = Path(__file__).parents[1] / "programs" / "draw_figures.py"


class Drawing:
    """Figures in the making: begun when created, waited for by `drawn`."""

    def __init__(self, figures: Sequence[Figure]):
        self._ids = [figure.id for figure in figures]
        self._lines: list[str] = []
        self._failed = 0
        specs = [json.dumps(figure_spec(figure), default=float) for figure in figures]
        self._work = Thread(target=self._run, args=(specs,), daemon=True)
        self._work.start()

    def _run(self, specs: Sequence[str]) -> None:
        command = [sys.executable, str(PROGRAM)]
        given = "".join(f"{spec}\n" for spec in specs)
        done = subprocess.run(  # noqa: S603  # own program
            command, input=given, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False
        )
        self._failed = done.returncode
        self._lines = done.stdout.splitlines()

    def drawn(self) -> dict[str, str]:
        """Wait, and return the drawing of each figure by id; raises UsageError if it failed."""
        self._work.join()
        check_ended(self._failed, "the figures")
        return dict(zip(self._ids, map(json.loads, self._lines), strict=True))


def check_ended(status: int, what: str) -> None:
    """Raise what a program of this package ended with; nothing if it came to its end."""
    if status > 1:
        raise OSError(status, os.strerror(status))
    if status:
        how = f"signal {-status}" if status < 0 else "an error of its own"
        remedy = "see what stands above; free memory, and run it again"
        raise UsageError(Fault(f"{what} could not be drawn", f"a program ended by {how}", remedy))
