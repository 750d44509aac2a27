"""The manifest of a run: what went in, what each stage found, what the numbers rest on."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bibnet.metrics.counts.populations import population_record
from bibnet.metrics.stage import Metrics
from bibnet.metrics.structure.expectation_exhibits import ExpectationCounts
from bibnet.places.registry.file import registry_digest
from bibnet.runs.pipeline import identity
from bibnet.runs.pipeline.events import event_notes, events_of_years, taken_on
from bibnet.runs.pipeline.notes import notes
from bibnet.runs.pipeline.outcome import Outcome
from bibnet.runs.pipeline.request import Request
from bibnet.runs.pipeline.warnings import warnings
from bibnet.storage.manifest import file_digest, file_hashes
from bibnet.storage.package import bibnet_version
from bibnet.storage.unfinished import UnfinishedRun
from bibnet.tables.reading import Reading
from bibnet.tag.keywords.precision import packaged_precision, precision_record
from bibnet.tag.lists.verdict import Verdicts


def manifest(run: UnfinishedRun, request: Request, found: Outcome) -> dict[str, Any]:
    """The manifest of a run but for the hashes of its files."""
    taken = taken_on(found.source, found.reading.works_by_date)
    events = events_of_years(run, taken)
    record: dict[str, Any] = {
        "query": identity.query_record(request.query),
        "query_text": request.query.text,
        "command": list(request.command),
        "engine": request.engine,
        "invented": request.invented,
        "source": {**_source(run, request, found), "events": events},
        "registry": _registry(request.registry),
        "funder_records": _funder_records(request.funder_records),
        "references": identity.reference_records(request.lists),
        "counts": {**found.corpus.counts, "excluded": dict(found.corpus.excluded)},
        "same_papers": asdict(found.papers),
        "quarantine": dict(found.reading.reasons),
        "reading": _reading(found.reading),
        "unknown_fields": dict(found.reading.unknown_fields),
        "ai": {"hits": found.ai.hits, "overlap": found.ai.overlap},
        "classifier": found.ai.classifier,
        "population": population_record(request.query.population),
        "places": asdict(found.places),
        "flags": asdict(found.flags),
        "keywords": precision_record(packaged_precision(found.verdicts.dropped())),
        "review": _review(request, found.verdicts),
        **_metrics(found.metrics),
        "checks": list(found.checks),
        "notes": [*notes(request, found), *event_notes(events)],
        "warnings": warnings(request, found),
        "versions": identity.versions(),
    }
    return {**record, "run": identity.run_name(found.source, _identity(record))}


def _source(run: UnfinishedRun, request: Request, found: Outcome) -> dict[str, Any]:
    harvest, newest = request.harvest, found.reading.newest_updated
    return {
        "kind": "harvest" if harvest else "files",
        "date": found.source.isoformat() if found.source else None,
        "newest_updated": newest.isoformat() if newest else None,
        "dates": {"harvest_began": str(harvest["date"])[:10]} if harvest else {},
        "harvest": dict(harvest),
        "files": _files(run),
        "forms": _forms(run),
    }


def _files(run: UnfinishedRun) -> list[dict[str, Any]]:
    rows = run.frame(run.tables["input_file"].order_by("file_seq")).astype(object)
    known = rows.where(rows.notna(), None)
    files = [dict(zip(known.columns, row, strict=True)) for row in known.to_numpy().tolist()]
    for file in files:
        file["dated"] = file["dated"].date().isoformat() if file["dated"] else None
    return files


def _forms(run: UnfinishedRun) -> dict[str, int]:
    """Works by what their lines were: objects of the source, or records."""
    work = run.tables["work"]
    rows = run.frame(work.group_by("form").aggregate(works=work.count()).order_by("form"))
    return {str(form): int(works) for form, works in zip(rows["form"], rows["works"], strict=True)}


def _registry(path: Path | None) -> Mapping[str, str] | None:
    return {"file": path.name, "sha256": registry_digest(path)} if path else None


def _funder_records(path: Path | None) -> Mapping[str, str] | None:
    """Name and hash of the funder records; of a folder the hash of its files' hashes."""
    if path is None:
        return None
    hashes = file_hashes(path) if path.is_dir() else {path.name: file_digest(path)}
    text = "\n".join(f"{name} {hashes[name]}" for name in sorted(hashes))
    return {"file": path.name, "sha256": hashlib.sha256(text.encode()).hexdigest()}


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "field_issues": reading.field_issues,
        "strings_outside_affiliations": reading.strings_outside_affiliations,
        "institutions_outside_affiliations": reading.institutions_outside_affiliations,
        "files_passed_over": reading.files_passed_over,
        "damaged_files": list(reading.damaged_files),
        "odd_files": list(reading.odd_files),
        "snapshot_issues": list(reading.snapshot_issues),
    }


def _review(request: Request, verdicts: Verdicts) -> dict[str, Any]:
    """The file of reviewers' verdicts, its rows, and the keywords that were not searched."""
    path = request.verdict_file
    return {
        "file": path.name if path else None,
        "sha256": file_digest(path) if path else None,
        "rows": verdicts.record(),
        "dropped_keywords": [": ".join(found) for found in verdicts.dropped()],
    }


def _metrics(found: Metrics) -> dict[str, Any]:
    level = {"query_level": asdict(found.query_level)} if found.query_level else {}
    return {
        "network": asdict(found.network) | level,
        "citations": asdict(found.citations),
        "expectation": {name: _expectation(one) for name, one in found.expectation.items()},
        "communities": asdict(found.communities),
        "seeds": dict(found.seeds),
    }


def _expectation(found: ExpectationCounts) -> dict[str, Any]:
    record = asdict(found)
    return {**record.pop("verdicts"), **record}


def _identity(record: Mapping[str, Any]) -> dict[str, Any]:
    """What went into a run: two runs of the same are the same run."""
    went_in = {key: record[key] for key in ("query", "registry")}
    if record["funder_records"]:
        went_in["funder_records"] = record["funder_records"]["sha256"]
    went_in["verdicts"] = record["review"]["sha256"]
    # Files that a query names count by what is in them, where it names any.
    used = {name: record[name]["sha256"] for name in ("classifier", "population") if record[name]}
    went_in |= used
    went_in["version"] = bibnet_version()
    went_in["files"] = [file["sha256"] for file in record["source"]["files"]]
    went_in["references"] = [entry["sha256"] for entry in record["references"]]
    went_in["previous"] = record["communities"]["previous"]
    return went_in
