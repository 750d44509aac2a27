"""Where the data came from: dates, files, what was left out, reference lists, versions."""

from collections.abc import Mapping, Sequence
from typing import Any

from bibnet.report.content.table_view import Heading, TableView
from bibnet.report.content.wording import clean, count, is_undefined, sentence_case

LEVELS = {
    "1": "the source's own institution",
    "2": "a country stated by the source",
    "3": "an organisation of the registry found in the affiliation string",
    "4": "a country or city named in the affiliation string",
    "none": "no country",
}

LONGEST_SENTENCES = 2_000  # characters of a card's own words
OPENALEX = "openalex"  # the form of a work that is an object of OpenAlex
INVENTED_SOURCE = "an INVENTED source"
DATE = "date"
FILES_NAMED = 2  # in a source line; the manifest has all


def source_date(manifest: Mapping[str, Any]) -> str:
    """Say how old the data are, as far as the manifest tells."""
    dates = source_dates(manifest)
    if dates:
        return f"Date of the source: {'; '.join(dates)}."
    return "The files do not say when they were made."


def source_dates(manifest: Mapping[str, Any]) -> list[str]:
    """Every date that the manifest gives of the source, in words."""
    source = manifest.get("source") or {}
    newest = clean(source.get("newest_updated"))[:10]
    return [*_dates(source), *([f"newest change of a work {newest}"] if newest else [])]


def source_line(manifest: Mapping[str, Any], name: str) -> str:
    """Return the line below a published figure: source, licence, date, run, how to cite it."""
    source = manifest.get("source") or {}
    dates = [*_dates(source)][:1] or [clean(source.get("newest_updated"))[:10]]
    version = clean((manifest.get("versions") or {}).get("bibnet"))
    run = clean(manifest.get("run"))
    told = ", ".join(part for part in (source_name(manifest), *dates) if part)
    made = f"Computed by bibnet {version}".rstrip()
    cited = f" Cite as: bibnet, {clean(name)}, run {run}." if run else ""
    return f"Source: {told}. {made}.{cited}"


def source_name(manifest: Mapping[str, Any]) -> str:
    """Name the source of the works: OpenAlex with its licence, the files read, or an invented one.

    "the works of this run" where the manifest names neither.
    """
    if manifest.get("invented"):
        return INVENTED_SOURCE
    source = manifest.get("source") or {}
    if uses_openalex(manifest):
        return "OpenAlex (CC0)"
    files = [clean(file.get("path")) for file in source.get("files") or [] if file.get("path")]
    shown = ", ".join(files[:FILES_NAMED])
    more = f" and {len(files) - FILES_NAMED} more" if len(files) > FILES_NAMED else ""
    return f"{shown}{more}" if files else "the works of this run"


def uses_openalex(manifest: Mapping[str, Any]) -> bool:
    """Tell whether works come from OpenAlex; where the manifest does not say, they may.

    Invented works do not, whatever form they have.
    """
    if manifest.get("invented"):
        return False
    source = manifest.get("source") or {}
    forms = source.get("forms")
    return source.get("kind") == "harvest" or forms is None or bool(forms.get(OPENALEX))


def origin_views(manifest: Mapping[str, Any]) -> list[TableView]:
    """Return the tables of files, events, counted lines, evidence levels, lists and versions."""
    views = [
        _files(manifest),
        _events(manifest),
        _counts(manifest),
        _pairs("Lines set aside, by reason", manifest.get("quarantine")),
        _levels(manifest),
        _references(manifest),
        _pairs("Versions", manifest.get("versions")),
        _pairs("Seeds of random numbers", manifest.get("seeds")),
        _pairs("The query", _flat(manifest.get("query") or {})),
    ]
    return [view for view in views if view.rows]


def _dates(source: Mapping[str, Any]) -> list[str]:
    dates = source.get("dates") or {}
    return [
        f"{clean(what).replace('_', ' ')} {clean(date)}" for what, date in sorted(dates.items())
    ]


def _files(manifest: Mapping[str, Any]) -> TableView:
    names = ("path", "format", "lines", "works", "quarantined", "sha256", "event")
    files = [
        file if isinstance(file, Mapping) else {"path": file}
        for file in (manifest.get("source") or {}).get("files") or []
    ]
    used = [name for name in names if any(not is_undefined(file.get(name)) for file in files)]
    rows = [[_cell(file.get(name)) for name in used] for file in files]
    numbers = ("lines", "works", "quarantined")
    return TableView("Files read", [Heading(name, name in numbers) for name in used], rows)


def _events(manifest: Mapping[str, Any]) -> TableView:
    names = ("date", "source", "event", "what_changes", "direction_and_size")
    events = (manifest.get("source") or {}).get("events") or []
    rows = [[_cell(event.get(name)) for name in names] for event in events]
    headings = [Heading(name.replace("_", " "), is_whole=name == DATE) for name in names]
    return TableView(
        "Events at the source since the first year of the works that change counts without a "
        "change in the world",
        headings,
        rows,
    )


def _counts(manifest: Mapping[str, Any]) -> TableView:
    counts = manifest.get("counts") or {}
    rows = [["lines read", count(counts["lines"])]] if "lines" in counts else []
    rows += [["works kept", count(counts["works_kept"])]] if "works_kept" in counts else []
    for rule, number in sorted((counts.get("excluded") or {}).items()):
        rows.append([f"excluded: {clean(rule).replace('_', ' ')}", count(number)])
    for name in ("duplicates", "quarantined"):
        rows += [[name, count(counts[name])]] if name in counts else []
    caption = "What became of every line: lines read = works kept + excluded + duplicates + "
    return TableView(f"{caption}quarantined", [Heading("lines"), Heading("number", True)], rows)


def _levels(manifest: Mapping[str, Any]) -> TableView:
    places = manifest.get("places") or {}
    rows = [
        [clean(level), LEVELS.get(clean(level).removeprefix("level_"), ""), _cell(number)]
        for level, number in sorted(
            (places.get("levels") or {}).items(), key=lambda pair: str(pair[0])
        )
    ]
    headings = [Heading("level"), Heading("evidence"), Heading("affiliations", True)]
    return TableView("How affiliations were placed: the lowest level that answers", headings, rows)


def _references(manifest: Mapping[str, Any]) -> TableView:
    # The manifest has their hashes too.
    names = ("title", "publisher", "date", "licence", "rows", "choice", "address")
    lists: Sequence[Mapping[str, Any]] = manifest.get("references") or []
    rows = [[_cell(card.get(name)) for name in names] for card in lists]
    return TableView(
        "Reference lists",
        [
            Heading(name, name == "rows", is_whole=name == DATE, is_long=name == "choice")
            for name in names
        ],
        rows,
    )


def _pairs(caption: str, pairs: object) -> TableView:
    entries = sorted(pairs.items()) if isinstance(pairs, Mapping) else []
    rows = [[clean(key), clean(value) or "not set"] for key, value in entries]
    return TableView(caption, [Heading("name"), Heading("value")], rows)


def _flat(query: Mapping[str, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in query.items():
        if isinstance(value, Mapping):
            flat |= {f"{key}.{inner}": shown for inner, shown in _flat(value).items()}
        else:
            listed = isinstance(value, (list, tuple))
            flat[str(key)] = ", ".join(clean(part) for part in value) if listed else clean(value)
    return flat


def _cell(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return count(value)
    return (
        sentence_case(clean(value))
        if value is not None and isinstance(value, bool)
        else clean(value, LONGEST_SENTENCES) or "–"
    )
