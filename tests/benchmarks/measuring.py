"""What a command costs: processor and wall seconds, and the peak memory of all its processes."""

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

BETWEEN = 0.05  # seconds between two looks at the memory
BIBNET = (sys.executable, "-m", "bibnet")
MEGABYTE = 1 << 20
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True)
class Cost:
    """Processor and wall seconds, and megabytes at the peak, of a command with all it starts."""

    cpu: float
    wall: float
    megabytes: float = 0.0


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Carry a command out in a folder; CalledProcessError with its last words if it fails."""
    before, started = _children(), time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=as_installed()
    ) as process:
        peak = _Peak(process.pid)
        peak.start()
        _, said = process.communicate()
        wall = time.perf_counter() - started
        peak.end()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=said[-2000:])
    return Cost(_children() - before, wall, peak.megabytes)


def as_installed() -> dict[str, str]:
    """The environment of a command as after `pip install`: its modules are compiled to bytecode.

    Where Python is told to write none, every process of an editable install would compile 440
    modules anew: half a second that no user waits for.
    """
    return {name: value for name, value in os.environ.items() if name != NO_BYTECODE}


def cost_of_call(call: Callable[[], object]) -> Cost:
    """Carry a function out in this process."""
    cpu, wall = time.process_time(), time.perf_counter()
    call()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def _children() -> float:
    """Processor seconds of all processes that this one has started and waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Peak(threading.Thread):
    """Looks at the memory of a process and of all below it until told to end."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.megabytes = 0.0
        self._root = psutil.Process(pid)
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.wait(BETWEEN):
            self.megabytes = max(self.megabytes, self._now())

    def _now(self) -> float:
        try:
            tree = [self._root, *self._root.children(recursive=True)]
            return sum(one.memory_info().rss for one in tree) / MEGABYTE
        except psutil.Error:
            return 0.0  # ended between two looks

    def end(self) -> None:
        """Stop looking."""
        self._done.set()
        self.join()


@dataclass(frozen=True)
class Spread:
    """Least, middle and greatest of several rounds."""

    least: float
    middle: float
    greatest: float

    def __str__(self) -> str:
        return f"{self.least:.3g} / {self.middle:.3g} / {self.greatest:.3g}"


def spread(values: Sequence[float]) -> Spread:
    """The spread of at least one value."""
    return Spread(min(values), median(values), max(values))
