"""`CITATION.cff`: how to cite a run (Citation File Format 1.2.0)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bibnet.runs.metadata.described import DescribedRun

MESSAGE = (
    "Cite the run by its name and the date of its source, and add yourself to the authors: "
    "bibnet knows the run's name, not yours."
)
REFERENCE = "data"
AUTHORS = ({"name": "The bibnet authors"},)


def citation_file(run: DescribedRun) -> str:
    """The text of the file. Every value is quoted as JSON, which is YAML too."""
    dated = {"date-released": run.date} if run.date else {}
    record = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": run.title,
        "abstract": run.description,
        "authors": AUTHORS,
        "version": run.name,
        **dated,
        "identifiers": [
            {
                "type": "other",
                "value": f"{run.query}/{run.name}",
                "description": "query and run: the date of the source, the hash of what went in",
            }
        ],
        "references": list(_references(run)),
    }
    return "\n".join(_lines(record)) + "\n"


def _references(run: DescribedRun) -> Iterator[dict[str, Any]]:
    yield {"type": "software", "title": "bibnet", "authors": AUTHORS, "version": run.version}
    dated = {"version": run.date} if run.date else {}
    publisher = [{"name": "OpenAlex" if run.source.startswith("OpenAlex") else "unknown"}]
    title = f"Works: {run.source}"
    # A reference may be "data", not "dataset": the schema of CFF 1.2.0 has two lists of types.
    yield {"type": REFERENCE, "title": title, "authors": publisher, **dated}
    for card in run.lists():
        yield {
            "type": REFERENCE,
            "title": str(card["title"]),
            "authors": [{"name": str(card["publisher"])}],
            "version": str(card["date"]),
            "url": str(card["address"]),
            "notes": f"licence: {card['licence']}",
        }


def _lines(record: Mapping[str, Any]) -> Iterator[str]:
    for key, value in record.items():
        if isinstance(value, str):
            yield f"{key}: {_quoted(value)}"
        else:
            yield f"{key}:"
            yield from _items(value)


def _items(entries: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for entry in entries:
        first = "  - "
        for line in _lines(entry):
            yield first + line
            first = "    "


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
