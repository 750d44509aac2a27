"""A run's network as files for other programs, written beside runs, never into one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bibnet.network.formats import EDGE_WEIGHTS, FORMATS
from bibnet.network.subnetwork.choice import Choice, Narrowing, checked
from bibnet.network.subnetwork.graph import Network
from bibnet.network.subnetwork.layout import MOST_NODES
from bibnet.runs.open import Run, load
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.disk import whole_file
from bibnet.storage.manifest import MANIFEST

# Any fixed number; the places of one network are the same in every format.
LAYOUT_SEED = 20_230_601
# VOSviewer's own limit.
MOST_CLUSTERS = 1_000


@dataclass(frozen=True)
class Export:
    """What to write: the format, the network, where, and the column that weighs edges.

    Without `out` the files are in the folder of the caller, named after query, run and level.
    """

    format: str
    level: str = "institution"
    narrowing: Narrowing = field(default_factory=Narrowing)
    weight: str = "works"
    out: Path | None = None


def export_run(folder: Path, export: Export, say: Callable[[str], None]) -> list[Path]:
    """Write the network of a run; the files, the one to open first. Existing ones are replaced.

    `say` takes what the format cannot hold. Raises UsageError for a format, level or country
    that does not exist and for a place inside a run, whose files are hashed.
    """
    _check(export)
    run = load(folder)
    asked = Choice(export.level, **export.narrowing)
    choice = checked(asked, run.manifest["query"]["sides"])
    stem, whole = _target(run, choice, export)
    outside_runs(stem)
    network = run.network(export.level, **export.narrowing).drawn(seed=LAYOUT_SEED)
    say(f"{len(network.nodes):,} nodes, {len(network.edges):,} edges: {choice.words()}")
    for remark in (network.facts["coverage"], *_warnings(network, export.format)):
        say(remark)
    return _write(network, export, stem, whole)


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
    if export.format not in FORMATS:
        known = ", ".join(FORMATS)
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


def outside_runs(path: Path) -> None:
    """Raise UsageError if a file at `path` would be in a run folder, whose files are hashed."""
    for parent in path.absolute().resolve().parents:
        if (parent / MANIFEST).exists():
            remedy = "give an --out outside the run: its files are hashed"
            raise UsageError(Fault("a run folder takes no further files", str(parent), remedy))


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
