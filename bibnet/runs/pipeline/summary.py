"""What a run says of itself: its manifest, and what the report is made of."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bibnet.metrics.counts.populations import population_record
from bibnet.places.registry.registry_file import registry_digest
from bibnet.reference import load as reference
from bibnet.report.content.content import ReportContent
from bibnet.runs.pipeline.notes import citation_notes, community_notes, expectation_notes
from bibnet.schema import EXHIBITS
from bibnet.schema.derived import EDGE, NODE
from bibnet.schema.levels import OWN_LEVEL
from bibnet.storage import provenance
from bibnet.storage.store import read_exhibit, read_table
from bibnet.storage.workbench import NETWORK_FOLDER, Workbench

# The rule of the places stage that needs a word of caution.
HEAD_OFFICE = "head_office"
# Notes of the report; the manifest holds every issue.
SNAPSHOT_NOTES = 10
RANK_INTERVALS = (
    "Intervals of ranks hold the middle 95 % of the ranks in 200 corpora of works drawn again with "
    "replacement; institutions without a tie have none."
)
ONE_SIDED_MISSING = (
    "The query harvests joint works only: columns that need one-sided works are empty."
)


def manifest(bench: Workbench) -> dict[str, Any]:
    """The manifest of a run but for the hashes of its files."""
    request, facts, reading = bench.request, bench.facts, bench.facts["reading"]
    record: dict[str, Any] = {
        "query": provenance.query_record(request.query),
        "query_text": request.query.text,
        "command": list(request.command),
        "engine": request.engine,
        "invented": request.invented,
        "source": _source(bench),
        "registry": _registry(request.registry),
        "references": provenance.reference_records(),
        "counts": {**facts["counts"], "excluded": facts["excluded"]},
        "quarantine": dict(reading.reasons),
        "reading": {
            "field_issues": reading.field_issues,
            "strings_outside_affiliations": reading.strings_outside_affiliations,
            "institutions_outside_affiliations": reading.institutions_outside_affiliations,
            "files_passed_over": reading.files_passed_over,
            "snapshot_issues": list(reading.snapshot_issues),
        },
        "unknown_fields": dict(reading.unknown_fields),
        "ai": facts["ai"],
        "classifier": facts["classifier"],
        "population": population_record(request.query.population),
        "places": {
            "levels": facts["levels"],
            "rules": facts["rules"],
            "disagreements": facts["disagreements"],
            "country_labels": facts["country_labels"],
        },
        "flags": facts["flags"],
        "review": _review(bench),
        "network": facts["network"],
        "citations": facts["citations"],
        "expectation": facts["expectation"],
        "communities": facts["communities"],
        "seeds": facts["seeds"],
        "checks": facts.get("checks", []),
        "notes": notes(bench),
        "versions": provenance.versions(),
    }
    return {**record, "run": provenance.run_name(bench.source_date, _identity(record))}


def _source(bench: Workbench) -> dict[str, Any]:
    harvest, newest = bench.request.harvest, bench.facts["reading"].newest_updated
    return {
        "kind": "harvest" if harvest else "files",
        "date": bench.source_date.isoformat() if bench.source_date else None,
        "newest_updated": newest.isoformat() if newest else None,
        "dates": {"harvest_began": str(harvest["date"])[:10]} if harvest else {},
        "harvest": dict(harvest),
        "files": _files(bench),
    }


def _identity(record: Mapping[str, Any]) -> dict[str, Any]:
    """What went into a run: two runs of the same are the same run."""
    identity = {key: record[key] for key in ("query", "registry")}
    identity["verdicts"] = record["review"]["sha256"]
    # Files that a query names count by what is in them, where it names any.
    used = {name: record[name]["sha256"] for name in ("classifier", "population") if record[name]}
    identity |= used
    identity["version"] = provenance.bibnet_version()
    identity["files"] = [file["sha256"] for file in record["source"]["files"]]
    identity["references"] = [entry["sha256"] for entry in record["references"]]
    identity["previous"] = record["communities"]["previous"]
    return identity


def notes(bench: Workbench) -> list[str]:
    """Sentences on what the numbers of this run do not hold, and why."""
    facts = bench.facts
    found = [
        RANK_INTERVALS,
        *citation_notes(facts["citations"]),
        *expectation_notes(facts["expectation"]),
        *community_notes(facts["communities"]),
    ]
    found += _verdicts(bench)
    if bench.request.query.level != OWN_LEVEL:
        found.append(
            f"The query asks for a network of the level {bench.request.query.level}: it is in "
            f"level_{bench.request.query.level}_centrality.csv and _pairs.csv; the other exhibits "
            f"of the network are of the level {OWN_LEVEL}."
        )
    if bench.request.query.harvest == "joint":
        found.append(ONE_SIDED_MISSING)
    found += _head_offices(bench.facts["rules"]) + _damage(bench.facts["reading"].damaged_files)
    found += _snapshot(bench.facts["reading"].snapshot_issues)
    floor = bench.facts["network"]["path_min_works"]
    if floor > 1:
        found.append(
            f"Betweenness, closeness and harmonic are computed on ties of at least {floor} works."
        )
    return found


def _head_offices(rules: Mapping[str, int]) -> list[str]:
    number, placed = rules.get(HEAD_OFFICE, 0), sum(rules.values()) - rules.get("none", 0)
    if not number:
        return []
    return [
        f"{number:,} of {placed:,} placed affiliations name a company and no place. They count at "
        f"its head office (rule {HEAD_OFFICE}), which is a convention: the lab may be elsewhere."
    ]


def _snapshot(issues: Sequence[str]) -> list[str]:
    shown = [f"Snapshot: {issue}" for issue in issues[:SNAPSHOT_NOTES]]
    more = len(issues) - len(shown)
    return (
        [*shown, f"Snapshot: {more:,} more of the kind, all in manifest.json."] if more else shown
    )


def _review(bench: Workbench) -> dict[str, Any]:
    """The file of reviewers' verdicts, its rows, and the keywords that were not searched."""
    path, verdicts = bench.verdict_file, bench.facts["verdicts"]
    return {
        "file": path.name if path else None,
        "sha256": provenance.file_digest(path) if path else None,
        "rows": verdicts.record(),
        "dropped_keywords": [": ".join(found) for found in verdicts.dropped()],
    }


def _verdicts(bench: Workbench) -> list[str]:
    dropped = [": ".join(found) for found in bench.facts["verdicts"].dropped()]
    rejected = sum(n for said, n in bench.facts["flags"]["rejected"].items() if said != "none")
    notes = [f"Keywords dropped by reviewers: {'; '.join(dropped)}."] if dropped else []
    if rejected:
        notes.append(f"Reviewers set aside the flags of {rejected:,} affiliations.")
    return notes


def _damage(files: Sequence[str]) -> list[str]:
    return [
        f"An input file is damaged, its lines are in quarantine.jsonl: {file}" for file in files
    ]


def _files(bench: Workbench) -> list[dict[str, Any]]:
    rows = bench.frame(bench.tables["input_file"].order_by("file_seq")).astype(object)
    known = rows.where(rows.notna(), None)
    return [dict(zip(known.columns, row, strict=True)) for row in known.to_numpy().tolist()]


def _registry(path: Path | None) -> Mapping[str, str] | None:
    return {"file": path.name, "sha256": registry_digest(path)} if path else None


def report_content(bench: Workbench, record: Mapping[str, Any]) -> ReportContent:
    """What the report shows, read back from the files of the run."""
    query = bench.request.query
    return ReportContent(
        question=query.question,
        name=query.name,
        sides=query.sides,
        exhibits={table.name: read_exhibit(bench.folder, table) for table in EXHIBITS},
        nodes=read_table(bench.folder / NETWORK_FOLDER, NODE),
        edges=read_table(bench.folder / NETWORK_FOLDER, EDGE),
        manifest=record,
        notes=record["notes"],
        invented=bench.request.invented,
        country_names={row["country"]: row["name"] for row in reference.rows("countries")},
    )
