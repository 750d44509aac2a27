"""A run of a few works, for tests of what a run as a whole does."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from build import SIDES, write_lines

from bibnet.query import parse_query
from bibnet.runs.open import Run, load
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request


def run(folder: Path, *objects: object, query: Mapping[str, Any] | None = None) -> Run:
    """A finished run over the works, Europe (DE, FR) with China (CN, HK), all works AI."""
    document: dict[str, Any] = {
        "name": "small",
        "question": "How entangled?",
        "works": {"ai": ["all"]},
        "sides": SIDES,
        "count": {"affiliations": "openalex"},
    }
    asked = parse_query({**document, **(query or {})}, path=folder / "small.toml")
    works = write_lines(folder / "works.jsonl", *objects)
    return load(run_query(Request(asked, (works,), folder / "outputs"), lambda line: None))
