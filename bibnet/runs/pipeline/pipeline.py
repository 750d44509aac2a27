"""The order of the stages, and nothing else: from query to report, whole or not at all."""

import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bibnet.runs.pipeline import stages
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.engine import open_engine
from bibnet.storage.provenance import write_manifest
from bibnet.storage.store import publish, run_folder, writable
from bibnet.storage.workbench import SCRATCH_FOLDERS, SPILL_FOLDER, Request, Workbench

# A part of a snapshot can lack hundreds of announced files: enough to see what is the matter.
WARNINGS_SHOWN = 10
STAGES: Mapping[str, Callable[[Workbench], None]] = {
    "read": stages.run_read,
    "corpus": stages.run_corpus,
    "places": stages.run_places,
    "tag": stages.run_tag,
    "network": stages.run_network,
    "metrics": stages.run_metrics,
    "checks": stages.run_checks,
    "report": stages.run_report,
}


def run_query(request: Request, say: Callable[[str], None]) -> Path:
    """Carry a query out on works files and return the folder of the finished run.

    `say` takes progress lines. Raises a BibnetError; then no run folder is left.
    """
    if not request.works:
        raise UsageError(Fault("no works to read", "--works", "name files or folders of works"))
    started = time.perf_counter()
    writable(request.out / request.query.name)
    with run_folder(request.out / request.query.name) as folder:
        engine = open_engine(request.engine, folder / SPILL_FOLDER)
        bench = Workbench(request, folder, engine, say)
        try:
            for name, stage in STAGES.items():
                with bench.stage(name):
                    stage(bench)
        finally:
            engine.close()
        target = _finish(bench)
    for damaged in bench.facts["reading"].damaged_files:
        say(f"warning: {damaged}; see quarantine.jsonl")
    issues = bench.facts["reading"].snapshot_issues
    for issue in issues[:WARNINGS_SHOWN]:
        say(f"warning: {issue}")
    if len(issues) > WARNINGS_SHOWN:
        say(f"warning: {len(issues) - WARNINGS_SHOWN} more of the kind; manifest.json has them all")
    seconds = time.perf_counter() - started
    counts = bench.facts["counts"]
    say(
        f"{counts['lines']} lines, {counts['works_kept']} works kept, {seconds:.1f} s, "
        f"{counts['works_read'] / seconds:.0f} works/s"
    )
    return target


def _finish(bench: Workbench) -> Path:
    for scratch in SCRATCH_FOLDERS:
        shutil.rmtree(bench.folder / scratch, ignore_errors=True)
    record = bench.facts["manifest"]
    write_manifest(bench.folder, record)
    target = bench.folder.parent / str(record["run"])
    publish(bench.folder, target)
    return target
