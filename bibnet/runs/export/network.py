"""What of a run is written in which format: its network, or the run as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bibnet.network.formats import DYNAMIC, EDGE_WEIGHTS, FORMATS
from bibnet.network.subnetwork.choice import Choice, Narrowing, checked
from bibnet.network.subnetwork.graph import Network
from bibnet.network.subnetwork.layout import MOST_NODES
from bibnet.network.subnetwork.selection import with_years
from bibnet.runs.export.archives import export_crate, export_package
from bibnet.runs.export.database import export_database
from bibnet.runs.export.figures import export_figures
from bibnet.runs.export.place import Say, outside_runs
from bibnet.runs.open import Run, load
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.disk import whole_file

# Any fixed number; the places of one network are the same in every format.
LAYOUT_SEED = 20_230_601
# Formats of a run as a whole: what writes each.
WHOLE_RUN: Mapping[str, Callable[[Run, Path, Say], list[Path]]] = {
    "png": export_figures,
    "datapackage": export_package,
    "rocrate": export_crate,
    "duckdb": export_database,
}
INSTITUTIONS = "institution"
# What a narrowing holds where nothing is narrowed.
WIDE: Mapping[str, object] = {"joint": False, "min_works": 1}
# VOSviewer's own limit.
MOST_CLUSTERS = 1_000


@dataclass(frozen=True)
class Export:
    """What to write: the format, the network, where, and the column that weighs edges.

    Without `out` the files are in the folder of the caller, named after query, run and level.
    """

    format: str
    level: str = INSTITUTIONS
    narrowing: Narrowing = field(default_factory=Narrowing)
    weight: str = "works"
    out: Path | None = None


def export_run(folder: Path, export: Export, say: Say) -> list[Path]:
    """Write a run in a format; the files, the one to open first. Existing ones are replaced.

    `say` takes what the format cannot hold. Raises UsageError for a format, level or country
    that does not exist and for a place inside a run, whose files are hashed.
    """
    _check(export)
    run = load(folder)
    if export.format in WHOLE_RUN:
        return _whole_run(run, export, say)
    asked = Choice(export.level, **export.narrowing)
    choice = checked(asked, run.manifest["query"]["sides"])
    stem, whole = _target(run, choice, export)
    outside_runs(stem)
    network = run.network(export.level, **export.narrowing).drawn(seed=LAYOUT_SEED)
    if export.format == DYNAMIC:
        network = with_years(run.engine, run.tables, network, choice)
    say(f"{len(network.nodes):,} nodes, {len(network.edges):,} edges: {choice.words()}")
    for remark in (network.facts["coverage"], *_warnings(network, export.format)):
        say(remark)
    return _write(network, export, stem, whole)


def _whole_run(run: Run, export: Export, say: Say) -> list[Path]:
    """Write what is no network; without --out it is named after query, run and format."""
    narrowed = {name: value for name, value in export.narrowing.items() if value != WIDE.get(name)}
    if narrowed or export.level != INSTITUTIONS:
        where = f"--format {export.format}"
        raise UsageError(Fault("this format takes the whole run", where, "leave the others out"))
    name = f"{run.manifest['query']['name']}-{run.manifest['run']}-{export.format}"
    return WHOLE_RUN[export.format](run, export.out or Path(name), say)


def _write(network: Network, export: Export, stem: Path, whole: Path | None) -> list[Path]:
    paths = []
    for ending, writer in FORMATS[export.format].items():
        path = whole or stem.with_name(stem.name + ending)
        with whole_file(path) as unfinished:
            writer(network, unfinished, export.weight)
        paths.append(path)
    return paths


def _check(export: Export) -> None:
    faults = []
    if export.format not in (*FORMATS, *WHOLE_RUN):
        known = ", ".join((*FORMATS, *WHOLE_RUN))
        faults.append(
            Fault(f"there is no format {export.format!r}", "--format", f"one of: {known}")
        )
    if export.weight not in EDGE_WEIGHTS:
        known = ", ".join(EDGE_WEIGHTS)
        faults.append(Fault(f"no weight {export.weight!r}", "--weight", f"one of: {known}"))
    if faults:
        raise UsageError(faults)


def _target(run: Run, choice: Choice, export: Export) -> tuple[Path, Path | None]:
    """What file names begin with, and the whole name where the format is one file."""
    name = f"{run.manifest['query']['name']}-{run.manifest['run']}-{choice.name()}"
    if export.out is None or export.out.is_dir():
        return (export.out or Path()) / name, None
    if len(FORMATS[export.format]) == 1:
        return export.out, export.out
    endings = {f".{ending.rpartition('.')[2]}" for ending in FORMATS[export.format]}
    return (export.out.with_suffix("") if export.out.suffix in endings else export.out), None


def _warnings(network: Network, kind: str) -> list[str]:
    warnings = []
    if "x" not in network.nodes.columns:
        warnings.append(f"no places: the network has more than {MOST_NODES:,} nodes")
    community = network.nodes.get("community")
    if kind == "vosviewer" and community is not None:
        beyond = int((community > MOST_CLUSTERS).sum())
        if beyond:
            warnings.append(
                f"{beyond:,} nodes of communities beyond {MOST_CLUSTERS:,} have no cluster: "
                "VOSviewer takes no more"
            )
    return warnings
