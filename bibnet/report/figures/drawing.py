"""Figures drawn by a program of its own, on another core while the report goes on.

A drawing is kept between runs by the hash of its specification, which holds every number that is
drawn, and the state of bibnet: one that is known is not drawn again.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TextIO

from bibnet.report.figures.figure import Figure, figure_spec
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.cache import keep, kept
from bibnet.storage.package import package_digest
from bibnet.storage.progress import STATUS_SECONDS, Meter, Status, silent

PROGRAM = Path(__file__).parents[1] / "programs" / "draw_figures.py"


# The least recently used go first; one takes 30 kB, a map 300.
KEPT, MOST_KEPT = "figures", 200


class Drawing:
    """Figures in the making: begun when created, waited for by `drawn`.

    `status` is told now and then how many are drawn and how long the others will take.
    """

    def __init__(self, figures: Sequence[Figure], status: Status = silent):
        self._ids = [figure.id for figure in figures]
        specs = [json.dumps(figure_spec(figure), default=float) for figure in figures]
        keys = {spec: f"{package_digest()} {spec}" for spec in specs}
        known = {spec: kept(KEPT, key, str) for spec, key in keys.items()}
        self._specs, self._known = specs, {spec: svg for spec, svg in known.items() if svg}
        self._keys = {spec: key for spec, key in keys.items() if spec not in self._known}
        self._lines: list[str] = []
        self._failed = 0
        number = len(self._keys)
        self._meter = Meter(f"of {number} figures", status, number)
        self._work = Thread(target=self._run, args=(list(self._keys),), daemon=True)
        if self._keys:
            self._work.start()

    def _run(self, specs: Sequence[str]) -> None:
        command = [sys.executable, str(PROGRAM)]
        with subprocess.Popen(  # noqa: S603  # own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ) as program:
            asking = Thread(target=_ask, args=(program.stdin, specs), daemon=True)
            asking.start()
            self._lines.extend(program.stdout or ())
            asking.join()
        self._failed = program.returncode

    def drawn(self) -> dict[str, str]:
        """Wait, and return the drawing of each figure by id; raises UsageError if it failed."""
        if self._keys:
            self._wait()
            self._take()
        return dict(zip(self._ids, map(self._known.__getitem__, self._specs), strict=True))

    def _wait(self) -> None:
        seen = 0
        while self._work.is_alive():
            self._work.join(STATUS_SECONDS)
            self._meter.add(len(self._lines) - seen)
            seen = len(self._lines)

    def _take(self) -> None:
        check_ended(self._failed, "the figures")
        fresh = zip(self._keys.items(), map(json.loads, self._lines), strict=True)
        for (spec, key), svg in fresh:
            keep(KEPT, key, svg, most=MOST_KEPT)
            self._known[spec] = svg
        self._keys = {}


def _ask(standard_input: TextIO, specs: Sequence[str]) -> None:
    """Give the program its lines; one that has ended before says why by its exit code."""
    with suppress(BrokenPipeError), standard_input:
        standard_input.writelines(f"{spec}\n" for spec in specs)


def check_ended(status: int, what: str) -> None:
    """Raise what a program of this package ended with; nothing if it came to its end."""
    if status > 1:
        raise OSError(status, os.strerror(status))
    if status:
        how = f"signal {-status}" if status < 0 else "an error of its own"
        remedy = "see what stands above; free memory, and run it again"
        raise UsageError(Fault(f"{what} could not be drawn", f"a program ended by {how}", remedy))
