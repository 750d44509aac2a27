"""What is measured, against what, and how well it must do."""

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import spectra
from corpora import PAPERS, REGISTRY, WORKS, invented_works, query_file
from measuring import BIBNET, Cost, cost, cost_of_call

from bibnet.storage.cache import cache_home

# In the cache folder; what is kept of a registry stays, as its index does.
KEPT_OF_RUNS = ("readings", "strings", "flags", "companies", "centrality", "figures")
YARDSTICK = 10**8  # numbers summed by Python: a second or two of one core, and no library


@dataclass(frozen=True)
class Row:
    """One line of the table.

    `ours` is measured beside `other` (the yardstick, a floor or a rival) in every round; `most`
    is the greatest allowed ratio of `measure` (cpu or wall), None where there is only a bound of
    seconds, `most_memory` that of megabytes. `quick` rows fit into less than a minute together,
    `long` ones take many minutes a round and are measured only where they are named.
    """

    name: str
    ours: Callable[[Path], Cost]
    other: Callable[[Path], Cost]
    other_name: str
    measure: str = "cpu"
    most: float | None = None
    seconds: float | None = None
    megabytes: float | None = None
    most_memory: float | None = None
    quick: bool = False
    long: bool = False
    needs: Sequence[Path] = field(default_factory=tuple)
    needs_module: str = ""


def yardstick(_folder: Path) -> Cost:
    """`sum(range(YARDSTICK))` in this process."""
    return cost_of_call(lambda: sum(range(YARDSTICK)))


def help_shown(folder: Path) -> Cost:
    """`bibnet --help`."""
    return cost([*BIBNET, "--help"], folder)


def forget_earlier_runs() -> None:
    """Delete what runs have kept for the next one."""
    for name in KEPT_OF_RUNS:
        shutil.rmtree(cache_home() / name, ignore_errors=True)


def run_of(works: Path, *more: str, name: str = "speed", affiliations: str = "openalex"):
    """A function that measures a first run over works files, reading to finished folder."""

    def measured(folder: Path) -> Cost:
        forget_earlier_runs()
        query = query_file(folder, name, affiliations=affiliations)
        command = [*BIBNET, "run", str(query), "--works", str(works), *more]
        return cost(command, folder)

    return measured


def invented_run(number: int):
    """A run over invented works, which are made before the clock starts."""

    def measured(folder: Path) -> Cost:
        return run_of(invented_works(number))(folder)

    return measured


def demo(folder: Path) -> Cost:
    """`bibnet demo`, harvest included."""
    return cost([*BIBNET, "demo"], folder)


def verified(folder: Path) -> Cost:
    """`bibnet verify` of the run that lies in the folder, or of one made now."""
    found = sorted(folder.glob("outputs/speed/*/manifest.json"))
    if not found:
        run_of(WORKS)(folder)
        found = sorted(folder.glob("outputs/speed/*/manifest.json"))
    return cost([*BIBNET, "verify", str(found[0].parent)], folder)


def located(folder: Path) -> Cost:
    """`bibnet locate` of one string with a warm index."""
    return cost(
        [*BIBNET, "locate", "University of Oxford, UK", "--registry", str(REGISTRY)], folder
    )


def other_sides(works: Path, *more: str, affiliations: str = "openalex"):
    """A function that measures a second run of the same works with other sides."""
    first = run_of(works, *more, name="first", affiliations=affiliations)

    def measured(folder: Path) -> Cost:
        first(folder)
        query = query_file(folder, "second", europe="eu27", affiliations=affiliations)
        return cost([*BIBNET, "run", str(query), "--works", str(works), *more], folder)

    return measured


def program(name: str, *arguments: str) -> Callable[[Path], Cost]:
    """A function that measures one of the small programs beside this file."""
    path = Path(__file__).parent / f"{name}.py"

    def measured(folder: Path) -> Cost:
        return cost([sys.executable, str(path), *arguments], folder)

    return measured


def missing(row: Row) -> str:
    """What is not here that a row needs; empty if all is."""
    if row.needs_module and not find_spec(row.needs_module):
        return row.needs_module
    return next((str(path) for path in row.needs if not path.exists()), "")


ROWS = (
    Row("help", help_shown, yardstick, "yardstick", most=0.4, quick=True),
    Row("locate one string", located, yardstick, "yardstick", most=1.7, quick=True,
        needs=[REGISTRY]),
    Row("verify", verified, yardstick, "yardstick", most=1.7, quick=True, needs=[WORKS]),
    Row("1,223 works", run_of(WORKS), yardstick, "yardstick", most=5.9, seconds=6, quick=True,
        needs=[WORKS]),
    Row("other sides", other_sides(WORKS), run_of(WORKS), "first run", most=0.2, needs=[WORKS]),
    Row("other sides of the papers",
        other_sides(PAPERS, "--registry", str(REGISTRY), affiliations="resolve"),
        run_of(PAPERS, "--registry", str(REGISTRY), affiliations="resolve"), "first run", most=0.2,
        needs=[PAPERS, REGISTRY]),
    Row("demo", demo, yardstick, "yardstick", most=6.7),
    Row("conference corpus", run_of(PAPERS, "--registry", str(REGISTRY), name="papers",
        affiliations="resolve"), yardstick, "yardstick", measure="wall", seconds=20,
        megabytes=1200, needs=[PAPERS, REGISTRY]),
    Row("50,000 invented works", invented_run(50_000), program("lean_script", "50000"),
        "lean script", seconds=20),
    Row("200,000 invented works", invented_run(200_000), yardstick, "yardstick", measure="wall",
        seconds=45, megabytes=1500),
    Row("ten times the works", invented_run(1_000_000), invented_run(100_000),
        "run of 100,000 invented works", measure="wall", most=11, most_memory=1.3, long=True),
    Row("ties of 1,000,000 works", program("ties_from_tables", "1000000"), yardstick, "yardstick",
        measure="wall", seconds=2, long=True),
    Row("measures of 2,000,000 ties", spectra.ours, spectra.igraph, "igraph", most=0.17),
    Row("5,000 invented works", invented_run(5_000), program("pybibx_networks", "5000"),
        "loading and two networks in pybibx", measure="wall", most=1 / 70,
        needs_module="pybibx"),
    Row("reading", program("reading", "ours", "50000"), program("reading", "floor", "50000"),
        "simdjson floor", most=1 / 0.35),
)  # fmt: skip
