"""The same input gives the same bytes: two processes, other hash seeds, other folders."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from build import SMALL_QUERY, authorship, institution, work, write_lines


def landed(folder: Path, seed: str) -> dict[str, bytes]:
    folder.mkdir()
    (folder / "small.toml").write_text(SMALL_QUERY, encoding="utf-8")
    works = [
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
    write_lines(folder / "works.jsonl", *works)
    command = [sys.executable, "-m", "bibnet", "run", "small.toml", "--works", "works.jsonl"]
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "TZ": "Asia/Tokyo" if seed == "1" else "UTC",
    }
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=environment, check=True
    )
    run = folder / done.stdout.strip()
    return {
        f"{run.name}/{p.relative_to(run)}": p.read_bytes()
        for p in sorted(run.rglob("*"))
        if p.is_file()
    }


@pytest.mark.long
def test_two_processes_give_identical_runs(tmp_path: Path) -> None:
    first, second = landed(tmp_path / "one", "1"), landed(tmp_path / "two", "2")
    assert list(first) == list(second)
    assert [name for name in first if first[name] != second[name]] == []
