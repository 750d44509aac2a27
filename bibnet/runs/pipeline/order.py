"""The order of the stages, and nothing else: from query to report, whole or not at all."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import ibis.expr.types as ir

from bibnet.metrics.source import SourceTime
from bibnet.metrics.stage import write_exhibits
from bibnet.network.scope import side_countries
from bibnet.network.stage import tie_works
from bibnet.places.decide.evidence import Evidence
from bibnet.places.stage import (
    Places,
    decided_countries,
    locate_strings,
    place_affiliations,
    weigh_evidence,
)
from bibnet.reference import load as reference
from bibnet.report import write_report
from bibnet.runs.checks import check_lines, check_tables
from bibnet.runs.explore.behind import RunWorks
from bibnet.runs.metadata import write_metadata
from bibnet.runs.pipeline.manifest import manifest
from bibnet.runs.pipeline.notes import overdue_lists
from bibnet.runs.pipeline.outcome import Outcome
from bibnet.runs.pipeline.request import Request
from bibnet.runs.pipeline.selection import (
    unchosen_works,
    works_elsewhere,
    write_side_institutions,
)
from bibnet.runs.pipeline.warnings import warnings
from bibnet.runs.report_content import mark_invented, report_content
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.engine import open_engine
from bibnet.storage.folders import publish, run_folder, writable
from bibnet.storage.frames import texts_in_python
from bibnet.storage.manifest import write_manifest
from bibnet.storage.progress import Status, silent
from bibnet.storage.unfinished import (
    KEPT_FOLDER,
    NETWORK_FOLDER,
    READ_FOLDER,
    SCRATCH_FOLDERS,
    SPILL_FOLDER,
    TABLES_FOLDER,
    UnfinishedRun,
)
from bibnet.tables.reading import Reading
from bibnet.tables.same_paper import SamePapers, merged_away
from bibnet.tables.stage import (
    Corpus,
    keep_corpus,
    last_year_read,
    leave_out,
    list_same_papers,
    read_source,
    require_works,
    wide_works,
)
from bibnet.tag.ai.stage import apply_rules
from bibnet.tag.funders.unlisted import read_funder_records
from bibnet.tag.lists.verdict import Verdicts, read_verdicts
from bibnet.tag.stage import Known, tag_works

# A part of a snapshot can lack hundreds of announced files: enough to see what is the matter.
WARNINGS_SHOWN = 10
STAGES = ("read", "corpus", "places", "tag", "network", "metrics", "checks", "report")


def run_query(request: Request, say: Callable[[str], None], status: Status = silent) -> Path:
    """Carry a query out on works files and return the folder of the finished run.

    `say` takes lines of progress, `status` what is going on at the moment. Raises a
    BibnetError; then no run folder is left.
    """
    if not request.works:
        raise UsageError(Fault("no works to read", "--works", "name files or folders of works"))
    started = time.perf_counter()
    parent = request.out / request.query.name
    writable(parent)
    with run_folder(parent) as folder:
        engine = open_engine(folder / SPILL_FOLDER, request.engine)
        run = UnfinishedRun(folder, engine, say, status, stages=STAGES)
        try:
            outcome = _stages(run, request)
            record = _report(run, request, outcome)
        finally:
            engine.close()
        for scratch in SCRATCH_FOLDERS:
            shutil.rmtree(folder / scratch, ignore_errors=True)
        write_manifest(folder, record, write_metadata(folder, record))
        target = parent / str(record["run"])
        publish(folder, target)
    seconds = time.perf_counter() - started
    said = [f"warning: {warning}" for warning in warnings(request, outcome)]
    said += overdue_lists(request.today)
    for line in (*said, *_snapshot_issues(outcome.reading), _summary(outcome.corpus, seconds)):
        say(line)
    return target


def _stages(run: UnfinishedRun, request: Request) -> Outcome:
    query = request.query
    with run.stage("read"):
        verdicts, reading = _read(run, request)
    source = request.source_date(reading)
    time_of_source = SourceTime(source, source.year if source else last_year_read(run))
    with run.stage("corpus"):
        ai = apply_rules(run, query, verdicts.dropped())
        corpus = keep_corpus(run, query, reading, ai.unjudged, source)
        unwanted = unchosen_works(run, query)
        if unwanted is not None:
            corpus = leave_out(run, reading, unwanted)
        _check(corpus, reading, request)
    with run.stage("places"):
        registry = locate_strings(run, request.registry, resolve=query.resolves)
        corpus, papers, places = _placed(run, request, reading, corpus)
    with run.stage("tag"):
        records = read_funder_records(request.funder_records)
        bodies, digest = registry.organisations, registry.digest
        known = Known(bodies, verdicts, records, request.lists, digest)
        flags = tag_works(run, known, resolve=query.resolves)
    with run.stage("network"):
        tie_works(run, len(query.sides), query.level)
    with run.stage("metrics"):
        metrics = write_exhibits(run, query, time_of_source, request.previous)
    with run.stage("checks"):
        claims = check_tables(run.engine, run.tables)
    return Outcome(
        reading, verdicts, ai, corpus, papers, places, flags, metrics, tuple(claims), source
    )


def _placed(
    run: UnfinishedRun, request: Request, reading: Reading, corpus: Corpus
) -> tuple[Corpus, SamePapers, Places]:
    """The works placed, without those that only their places tell to leave out."""
    query = request.query
    evidence = weigh_evidence(run, resolve=query.resolves)
    if query.max_countries:
        wide = wide_works(run, decided_countries(run), query.max_countries)
        corpus, evidence = _without(wide, run, request, reading)
    countries_tell = not (query.institutions or query.side_institutions)
    sides = len(query.sides) if countries_tell else None
    papers = list_same_papers(run, decided_countries(run), sides, merged=query.deduplicate)
    if papers.merged:
        twice = merged_away(run.tables["same_paper"])
        corpus, evidence = _without(twice, run, request, reading)
    places = place_affiliations(run, evidence)
    if query.institutions:
        corpus = leave_out(run, reading, works_elsewhere(run, query))
        _check(corpus, reading, request)
        places = place_affiliations(run, weigh_evidence(run, resolve=query.resolves))
    write_side_institutions(run, query)
    return corpus, papers, places


def _read(run: UnfinishedRun, request: Request) -> tuple[Verdicts, Reading]:
    reference.check_all()
    verdicts = read_verdicts(request.verdict_file) if request.verdict_file else Verdicts()
    for name in (READ_FOLDER, KEPT_FOLDER, TABLES_FOLDER, NETWORK_FOLDER):
        (run.folder / name).mkdir()
    run.tables["side_country"] = side_countries(request.query.sides)
    return verdicts, read_source(run, request.works, request.left_out)


def _without(
    works: ir.Table, run: UnfinishedRun, request: Request, reading: Reading
) -> tuple[Corpus, Evidence]:
    """The corpus without some works, and its evidence weighed anew."""
    corpus = leave_out(run, reading, works)
    _check(corpus, reading, request)
    return corpus, weigh_evidence(run, resolve=request.query.resolves)


def _check(corpus: Corpus, reading: Reading, request: Request) -> None:
    check_lines(corpus.counts)
    require_works(corpus, reading, request.works)


def _report(run: UnfinishedRun, request: Request, outcome: Outcome) -> dict[str, object]:
    with run.stage("report"), texts_in_python():
        record = manifest(run, request, outcome)
        if request.invented:
            mark_invented(run.folder)
        works = RunWorks(run.engine, run.tables)
        write_report(run.folder, report_content(run.folder, record, works), step=run.step)
    return record


def _snapshot_issues(reading: Reading) -> Iterator[str]:
    for issue in reading.snapshot_issues[:WARNINGS_SHOWN]:
        yield f"warning: {issue}"
    more = len(reading.snapshot_issues) - WARNINGS_SHOWN
    if more > 0:
        yield f"warning: {more} more of the kind; manifest.json has them all"


def _summary(corpus: Corpus, seconds: float) -> str:
    aside = f"{corpus.quarantined} set aside, " if corpus.quarantined else ""
    return (
        f"{corpus.lines} lines, {corpus.works_kept} works kept, {aside}{seconds:.1f} s, "
        f"{corpus.works_read / seconds:.0f} works/s"
    )
