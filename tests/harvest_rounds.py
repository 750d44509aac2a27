"""Rounds of harvesting from the sandbox: killed and resumed, or with faults, and what came."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bibnet.harvest import Connection, Harvest, Limits, Plan, Surroundings, harvest, open_source
from bibnet.harvest.pages import read_page
from bibnet.harvest.planning import Selection
from bibnet.harvest.sandbox.world import World
from bibnet.schema.errors import BudgetError, SourceError

SCRIPT = Path(__file__).parent / "benchmarks" / "harvest_loop.py"
EVERYTHING = Plan("works", "loop", (Selection("", {}),))
SHRINK = 1e-4  # waits of the harvest are this much shorter
READ_SECONDS = 1.0  # then an answer is late
SLOW_SECONDS = 1.5  # an answer that is late on purpose
MOST_SESSIONS = 2000


@dataclass(frozen=True)
class Result:
    """What lies on disk: lines of the partitions by id, and the line that counts for each id."""

    lines: Counter[str]
    works: dict[str, str]

    def lost(self, world: World) -> set[str]:
        """Works of the source that did not come."""
        return announced(world) - set(self.works)

    @property
    def duplicated(self) -> int:
        """Lines beyond the first for a work; full author lists stand apart and do not count."""
        return sum(self.lines.values()) - len(self.lines)


def announced(world: World) -> set[str]:
    """Ids of all works of the default corpus."""
    return {work["id"] for work in world.works if not work.get("is_xpac")}


def bring(url: str, folder: Path, seed: int = 1) -> Harvest:
    """Harvest everything, with waits cut short."""
    surroundings = Surroundings(
        sleep=lambda seconds: time.sleep(seconds * SHRINK), chance=random.Random(seed)
    )
    limits = Limits(per_second=1e6)
    with open_source(Connection("any", url, (5.0, READ_SECONDS)), limits, surroundings) as source:
        return harvest(EVERYTHING, folder, source, say=lambda line: None)


def bring_all(url: str, folder: Path, seed: int = 1) -> int:
    """Harvest again and again until it is complete; the number of sessions it took."""
    for session in range(1, MOST_SESSIONS):
        try:
            bring(url, folder, seed + session)
        except (BudgetError, SourceError):
            continue
        return session
    raise AssertionError("the harvest never became complete")


def result(folder: Path) -> Result:
    """Read a harvest back as the reader of works does: later files win."""
    lines: Counter[str] = Counter()
    works: dict[str, str] = {}
    for path in sorted(folder.glob("pages/*/*.gz"), key=lambda found: found.as_posix()):
        for work in read_page(path):
            lines[work["id"]] += path.parent.name != "authors"
            works[work["id"]] = json.dumps(work, sort_keys=True)
    return Result(lines, works)


class Nursery:
    """Harvests in processes of their own, to be killed: a process that has imported everything
    and forks for each of them.
    """

    def __enter__(self) -> "Nursery":
        environment = {**os.environ, "PYTHONPATH": str(SCRIPT.parents[2])}
        self._process = subprocess.Popen(
            [sys.executable, str(SCRIPT), "nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def harvest(self, url: str, folder: Path, after: float | None = None) -> tuple[bool, float]:
        """Harvest, killed (SIGKILL) after some seconds if given: whether it came to its end, and
        in how many seconds.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps([url, str(folder), after]) + "\n")
        self._process.stdin.flush()
        status, seconds = json.loads(self._process.stdout.readline())
        return status == 0, seconds


def nurse() -> None:
    """The process that forks; it reaps each child itself, so that no other one can be hit."""
    for line in sys.stdin:
        url, folder, after = json.loads(line)
        started = time.perf_counter()
        child = os.fork()
        if child == 0:
            bring(url, Path(folder))
            os._exit(0)
        if after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(json.dumps([status, time.perf_counter() - started]) + "\n")
        sys.stdout.flush()
