"""Whether two runs may be compared, and what besides the source is different between them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bibnet.reference.source_events import Event, events_between
from bibnet.schema.errors import Fault, UsageError

# Parts of a query that decide what a number means; name, question and network do not.
MEANING = ("works", "sides", "side_institutions", "count")
Manifest = Mapping[str, Any]


def differences(old: Manifest, new: Manifest, folders: tuple[Path, Path]) -> list[str]:
    """Sentences on what differs beside the source: registry, lists, engine, versions.

    Raises UsageError naming every setting in which the queries differ.
    """
    faults = [
        Fault(f"the runs do not count the same: {name} differs", where, "compare runs of one query")
        for name, where in _query_faults(old["query"], new["query"])
    ]
    if faults:
        raise UsageError(faults)
    if old["run"] == new["run"]:
        where, remedy = f"{folders[0]}, {folders[1]}", "give an older and a newer run"
        raise UsageError(Fault("the two runs are the same run", where, remedy))
    return [*_registry(old, new), *_lists(old, new), *_versions(old, new)]


def registry_only(old: Manifest, new: Manifest) -> bool:
    """Whether the registry is another, and no list, version or engine."""
    return bool(_registry(old, new)) and not (_lists(old, new) or _versions(old, new))


def _query_faults(before: Manifest, after: Manifest) -> list[tuple[str, str]]:
    pairs = [
        (f"[{part}] {key}", before.get(part, {}).get(key), after.get(part, {}).get(key))
        for part in MEANING
        for key in sorted(set(before.get(part, {})) | set(after.get(part, {})))
    ]
    # A setting that an earlier version did not know is one that is not used.
    return [(name, f"old: {a!r}, new: {b!r}") for name, a, b in pairs if (a or b) and a != b]


def _registry(old: Manifest, new: Manifest) -> list[str]:
    before, after = (_shown(manifest.get("registry")) for manifest in (old, new))
    return [f"registry: {before} -> {after}"] if before != after else []


def _shown(registry: Mapping[str, str] | None) -> str:
    return f"{registry['file']} ({registry['sha256'][:8]})" if registry else "none"


def _lists(old: Manifest, new: Manifest) -> list[str]:
    before, after = (
        {entry["name"]: entry["sha256"] for entry in manifest["references"]}
        for manifest in (old, new)
    )
    changed = sorted(n for n in {*before, *after} if before.get(n) != after.get(n))
    return [f"reference list changed: {name}" for name in changed]


def _versions(old: Manifest, new: Manifest) -> list[str]:
    before = {**old["versions"], "engine": old["engine"]}
    after = {**new["versions"], "engine": new["engine"]}
    changed = sorted(n for n in {*before, *after} if before.get(n) != after.get(n))
    return [f"{name}: {before.get(name)} -> {after.get(name)}" for name in changed]


def source_date(manifest: Manifest) -> datetime | None:
    """Date of a run's source: the start of the harvest if known, else its newest change."""
    source = manifest["source"]
    said = source.get("date") or source.get("newest_updated")
    if not said:
        return None
    moment = datetime.fromisoformat(said)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def taken_on(manifest: Manifest) -> date | None:
    """Day on which a run's works were taken from the source, as far as is known.

    The latest of the source's date and the dates in the paths of its files: a source that
    re-matches may leave the dates of its works as they were.
    """
    dated = manifest["source"].get("files") or ()
    days = [date.fromisoformat(file["dated"]) for file in dated if file.get("dated")]
    source = source_date(manifest)
    return max([*days, *([source.date()] if source else [])], default=None)


def events_between_runs(old: date | None, new: date | None) -> list[Event]:
    """Events at the source of which the runs stand on different sides; none without both days."""
    if old is None or new is None:
        return []
    return events_between(*sorted((old, new)))


def warnings_of(manifests: tuple[Manifest, Manifest]) -> list[str]:
    """What each run warns of before its own first number, with the name of the run."""
    return [
        f"{manifest['run']}: {warning}"
        for manifest in manifests
        for warning in manifest.get("warnings") or ()
    ]


def needs_own_institutions(query: Manifest) -> bool:
    """Whether a query counts by institutions, which strings alone name by other ids."""
    return bool(query["works"].get("institutions") or any(_side_institutions(query)))


def _side_institutions(query: Manifest) -> list[Any]:
    return list((query.get("side_institutions") or {}).values())
