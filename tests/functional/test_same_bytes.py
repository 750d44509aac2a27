"""The same input gives the same bytes: other processes, hash seeds, processors, folders, order.

A row of a table is named by the line it was read from. Where the lines stand in another order the
tables are compared with the work's id in the line's place, and everything else by its bytes.
"""

import gzip
import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from build import SMALL_QUERY, authorship, institution, work
from command_line import own_cache

from bibnet.query import load_query
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request
from bibnet.tables import stage

ROOT = Path(__file__).parents[2]
# Names of what holds the input's own hash or its lines.
OF_THE_INPUT = (
    "manifest.json",
    "datapackage.json",
    "CITATION.cff",
    "ro-crate-metadata.json",
    "report.html",
    "countries.html",
    "institutions.html",
    "report.xlsx",
    "input_file.parquet",
)


def small_corpus() -> list[dict[str, Any]]:
    """Works with one to five authors of changing countries, so that parts of works are uneven."""
    return [
        work(
            number,
            *(
                authorship(institution(at % 7, ("DE", "CN", "US", None)[at % 4]))
                for at in range(number % 5)
            ),
            cited_by_count=number,
            funders=[{"id": f"https://openalex.org/F{number % 3}", "display_name": "Funder"}],
        )
        for number in range(60)
    ]


def carried_out(folder: Path, works: Sequence[bytes], options: Sequence[str], seed: int) -> Path:
    """A run in a process of its own: odd seeds in another time zone and on one processor only."""
    folder.mkdir()
    (folder / "works.jsonl").write_bytes(b"".join(works))
    command = [sys.executable, "-m", "bibnet", "run", *options, "--works", "works.jsonl"]
    zone = "Asia/Tokyo" if seed % 2 else "UTC"
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "TZ": zone}
    environment["XDG_CACHE_HOME"] = str(own_cache(folder))
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(every)} if seed % 2 else every)
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, env=environment, check=True
        )
    finally:
        os.sched_setaffinity(0, every)
    return folder / done.stdout.strip()


def contents(run: Path) -> dict[str, bytes]:
    """Every file of a run by its name, the name of the run among them."""
    files = (path for path in sorted(run.rglob("*")) if path.is_file())
    return {f"{run.name}/{path.relative_to(run)}": path.read_bytes() for path in files}


def in_any_order(run: Path) -> dict[str, Any]:
    """What does not depend on where a work stands in the input."""
    work_id = pd.read_parquet(run / "tables" / "work.parquet").set_index("work_key")["work_id"]
    found: dict[str, Any] = {}
    for path in sorted(run.rglob("*")):
        if path.is_file() and path.name not in OF_THE_INPUT:
            named = path.relative_to(run).as_posix()
            rows = pd.read_parquet(path) if path.suffix == ".parquet" else None
            keyed = rows is not None and "work_key" in rows
            # A figure names its run, and the run's name holds the hash of the input.
            whole = path.read_bytes().replace(run.name.encode(), b"RUN")
            found[named] = rows_by_id(rows, work_id) if keyed else whole
    return found


def rows_by_id(rows: pd.DataFrame, work_id: pd.Series) -> list[str]:
    """The rows as sorted text, each with the id of its work; excluded works have their own."""
    known = rows["work_key"].map(work_id)
    named = rows.drop(columns=["work_key"]).assign(work=known)
    return sorted(map(repr, named.itertuples(index=False, name=None)))


def differing(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    """Names of what is not the same in both."""
    return [name for name in sorted({*first, *second}) if first.get(name) != second.get(name)]


def shuffled(works: Sequence[bytes], seed: int) -> list[bytes]:
    """The works in another order."""
    return random.Random(seed).sample(works, len(works))


def small_works(folder: Path) -> tuple[list[bytes], list[str]]:
    """Lines of the small corpus and the options of a run over them."""
    query = folder / "small.toml"
    query.write_text(SMALL_QUERY, encoding="utf-8")
    return [json.dumps(one).encode() + b"\n" for one in small_corpus()], [str(query)]


@pytest.mark.long
def test_processes_and_the_order_of_lines_change_nothing(tmp_path: Path) -> None:
    works, options = small_works(tmp_path)
    first = carried_out(tmp_path / "one", works, options, seed=1)
    second = carried_out(tmp_path / "two", works, options, seed=2)
    mixed = carried_out(tmp_path / "three", shuffled(works, 5), options, seed=4)
    assert differing(contents(first), contents(second)) == []
    assert first.name != mixed.name
    assert differing(in_any_order(first), in_any_order(mixed)) == []


@pytest.mark.long
def test_works_made_in_portions_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    works, [query] = small_works(tmp_path)
    (tmp_path / "works.jsonl").write_bytes(b"".join(works))
    found = []
    for name, at_once in (("whole", len(works)), ("portions", 7)):
        monkeypatch.setattr(stage, "WORKS_AT_ONCE", at_once)
        request = Request(load_query(Path(query)), (tmp_path / "works.jsonl",), tmp_path / name)
        found.append(contents(run_query(request, lambda line: None)))
    assert differing(*found) == []


@pytest.mark.long
@pytest.mark.real
@pytest.mark.parametrize(
    ("corpus", "asked", "runs"),
    [
        ("openalex/works", ["europe-china-ai", "--affiliations", "openalex"], 10),
        ("conferences/papers", ["europe-china-conferences"], 3),
    ],
    ids=["works", "papers"],
)
def test_runs_of_a_whole_corpus(
    corpus: str, asked: list[str], runs: int, tmp_path: Path, shared_data: Path
) -> None:
    with gzip.open(shared_data / f"{corpus}.jsonl.gz") as file:
        works = file.readlines()
    registry = str(shared_data / "registry" / "ror_organisations.jsonl.gz")
    options = [*asked, "--registry", registry]
    first = carried_out(tmp_path / "0", works, options, seed=0)
    whole, any_order = contents(first), in_any_order(first)
    for seed in range(1, runs):
        mixed = seed >= (runs + 1) // 2
        lines = shuffled(works, seed) if mixed else works
        other = carried_out(tmp_path / str(seed), lines, options, seed)
        if mixed:
            assert differing(any_order, in_any_order(other)) == [], seed
        else:
            assert differing(whole, contents(other)) == [], seed
