"""`ro-crate-metadata.json`: what a run is made of and from, as a research object (RO-Crate 1.1)."""

import mimetypes
from collections.abc import Iterator, Mapping
from typing import Any

from bibnet.runs.metadata.described import DescribedRun, RunFile

CRATE_FILE = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
PROFILE = "https://w3id.org/ro/crate/1.1"
LICENCE = "#licence"
SOFTWARE = "#bibnet"
MAKING = "#making"
MEDIA_TYPES = {
    ".parquet": "application/vnd.apache.parquet",
    ".jsonl": "application/jsonl",
    ".cff": "application/yaml",
    ".js": "text/javascript",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LICENCE_WORDS = (
    "The works have the licence of their source (those of OpenAlex: CC0 1.0); rows that are taken "
    "from a reference list have the licence of that list, which is named with it. Numbers computed "
    "from them are facts of the source."
)


def crate(run: DescribedRun) -> dict[str, Any]:
    """The crate: the run, its files, the program, what went in, the reference lists."""
    return {"@context": CONTEXT, "@graph": list(_entities(run))}


def _entities(run: DescribedRun) -> Iterator[dict[str, Any]]:
    lists = [_reference_list(card) for card in run.lists()]
    inputs = list(_inputs(run))
    yield {
        "@id": CRATE_FILE,
        "@type": "CreativeWork",
        "about": _reference("./"),
        "conformsTo": _reference(PROFILE),
    }
    yield _root(run, inputs, lists)
    yield {"@id": LICENCE, "@type": "CreativeWork", "name": "Licences", "text": LICENCE_WORDS}
    yield {"@id": SOFTWARE, "@type": "SoftwareApplication", "name": "bibnet",
           "version": run.version}  # fmt: skip
    yield {
        "@id": MAKING,
        "@type": "CreateAction",
        "name": f"bibnet run {run.query}",
        "instrument": _reference(SOFTWARE),
        "object": [_reference(one["@id"]) for one in (*inputs, *lists)],
        "result": _reference("./"),
    }
    yield from (_file(file) for file in run.files.values())
    yield from inputs
    yield from lists


def _root(
    run: DescribedRun, inputs: list[dict[str, Any]], lists: list[dict[str, Any]]
) -> dict[str, Any]:
    dated = {"datePublished": run.date} if run.date else {}
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": run.title,
        "description": run.description,
        "identifier": f"{run.query}/{run.name}",
        "version": run.name,
        **dated,
        "license": _reference(LICENCE),
        "hasPart": [_reference(path) for path in run.files],
        "mentions": [_reference(MAKING)],
        "isBasedOn": [_reference(one["@id"]) for one in (*inputs, *lists)],
    }


def _file(file: RunFile) -> dict[str, Any]:
    return {
        "@id": file.path,
        "@type": "File",
        "name": file.path,
        "contentSize": str(file.size),
        "encodingFormat": _media_type(file.path),
        "sha256": file.sha256,
    }


def _media_type(path: str) -> str:
    ending = path[path.rfind(".") :]
    # The machine's own table of types may differ from another's: only what Python ships counts.
    return MEDIA_TYPES.get(ending) or mimetypes.types_map.get(ending, "application/octet-stream")


def _inputs(run: DescribedRun) -> Iterator[dict[str, Any]]:
    """The files of works; no files of the crate, so they are named by their hash."""
    for file in run.manifest["source"]["files"]:
        yield {
            "@id": f"#works-{file['sha256']}",
            "@type": "CreativeWork",
            "name": str(file["path"]),
            "sha256": str(file["sha256"]),
        }


def _reference_list(card: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@id": f"#list-{card['name']}",
        "@type": "CreativeWork",
        "name": str(card["title"]),
        "publisher": str(card["publisher"]),
        "version": str(card["date"]),
        "license": str(card["licence"]),
        "url": str(card["address"]),
        "sha256": str(card["sha256"]),
    }


def _reference(name: str) -> dict[str, str]:
    return {"@id": name}
