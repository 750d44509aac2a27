"""One run over the 1,223 real works for all recounts, shared between test processes."""

from pathlib import Path

import pytest
from filelock import FileLock
from recount import Paper, read_papers

from bibnet.query import parse_query
from bibnet.runs.open import Run, load
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request

QUERY = {
    "name": "recount",
    "question": "How entangled?",
    "works": {"ai": ["all"]},
    "sides": {"europe": "europe_merics", "china": "china_merics"},
    "count": {"affiliations": "openalex"},
}


@pytest.fixture(scope="session")
def real_works(shared_data: Path) -> Path:
    return shared_data / "openalex" / "works.jsonl.gz"


@pytest.fixture(scope="session")
def papers(real_works: Path) -> list[Paper]:
    return read_papers(real_works)


@pytest.fixture(scope="session")
def real_run(real_works: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Run:
    """Every work, all of them AI, by the source's own affiliations."""
    base = tmp_path_factory.getbasetemp()
    base = base if worker_id == "master" else base.parent
    out = base / "real"
    with FileLock(f"{out}.lock"):
        landed = [path.parent for path in out.glob("recount/*/manifest.json")]
        if not landed:
            query = parse_query(QUERY, path=base / "recount.toml")
            landed = [run_query(Request(query, (real_works,), out), lambda line: None)]
    return load(landed[0])
