"""Corpora that benchmarks read: invented works of any number, and the real ones beside us.

Invented corpora are made once and kept in the user's cache folder, never in the project.
"""

import gzip
import json
from pathlib import Path
from typing import Any

from bibnet.harvest.sandbox.world import build_world
from bibnet.storage.cache import cache_home

SHARED = Path(__file__).parents[3] / "shared" / "data"
WORKS = SHARED / "openalex" / "works.jsonl.gz"
PAPERS = SHARED / "conferences" / "papers.jsonl.gz"
REGISTRY = SHARED / "registry" / "ror_organisations.jsonl.gz"
AT_ONCE = 10_000  # works of one invented world: more do not fit into memory
FORM = 1  # of the files below; another form, another folder


def invented_works(number: int) -> Path:
    """A folder with `number` invented works in parts of at most AT_ONCE, gzipped JSON Lines."""
    folder = cache_home() / "benchmarks" / f"works-{number}-{FORM}"
    whole = folder.with_suffix(".whole")  # beside the folder: what lies in it is read
    if not whole.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for part, first in enumerate(range(0, number, AT_ONCE)):
            _write_part(folder / f"part_{part:04d}.jsonl.gz", part, min(AT_ONCE, number - first))
        whole.write_text("")
    return folder


def _write_part(path: Path, part: int, works: int) -> None:
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        for work in build_world(part + 1, works).works:
            file.write(json.dumps(_of_part(work, part), ensure_ascii=False) + "\n")


def _of_part(work: dict[str, Any], part: int) -> dict[str, Any]:
    """The work under an id that no other part has."""
    number = int(work["id"].rpartition("W")[2]) + part * 10**9
    return {**work, "id": f"https://openalex.org/W{number}"}


QUERY = """
name = "{name}"
question = "How fast?"
[works]
ai = ["all"]
[sides]
europe = "{europe}"
china = "china_merics"
[count]
affiliations = "{affiliations}"
"""


def query_file(
    folder: Path, name: str, *, affiliations: str = "openalex", europe: str = "europe_merics"
) -> Path:
    """A query over all works, written into `folder`."""
    path = folder / f"{name}.toml"
    path.write_text(QUERY.format(name=name, europe=europe, affiliations=affiliations))
    return path
