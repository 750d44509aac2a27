"""A run that takes what an earlier run read has the same bytes as a fresh one."""

import shutil
from pathlib import Path

import pytest
from build import authorship, institution, work
from runs import run

from bibnet.runs.open import Run
from bibnet.tables import kept_reading

pytestmark = pytest.mark.long
WORKS = [
    work(n, authorship(institution(n % 3)), authorship(institution(5 + n % 2, "CN")))
    for n in range(12)
]
OTHER_SIDES = {"germany": ["DE"], "hong_kong": ["HK"], "china": ["CN"]}


def contents(made: Run) -> dict[str, bytes]:
    files = (path for path in sorted(made.folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(made.folder)): path.read_bytes() for path in files}


def test_other_sides_of_the_same_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_reading, "LEAST_BYTES", 1)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    run(tmp_path, *WORKS)
    with monkeypatch.context() as closed:
        closed.setattr(kept_reading, "read_works", None)
        second = run(tmp_path, *WORKS, query={"sides": OTHER_SIDES})
    found = contents(second)
    shutil.rmtree(second.folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another cache"))
    fresh = run(tmp_path, *WORKS, query={"sides": OTHER_SIDES})
    assert fresh.folder == second.folder
    assert contents(fresh) == found
