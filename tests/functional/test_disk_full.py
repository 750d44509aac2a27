"""A disk that is full in any stage: exit code 2, one message, no half folder.

The long form, on small file systems: tests/benchmarks/faults_loop.py.
"""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from build import SMALL_QUERY, authorship, institution, work, write_lines
from command_line import bibnet

from bibnet.report.figures.drawing import check_ended
from bibnet.schema.errors import UsageError
from bibnet.storage import workbook

# A file of each stage: read, corpus, places, tag, network, metrics, report, manifest.
FIRST = ("quarantine.jsonl", "work.parquet")
LATER = (
    "excluded.parquet",
    "place.parquet",
    "funding.parquet",
    "institution_tie.parquet",
    "years.csv",
    "years.svg",
    "report.xlsx",
    "countries.html",
    "institutions.html",
    "report.html",
    "manifest.json",
)


def refusing(name: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the disk be full whenever a file of this name is written; the files refused."""
    refused: list[str] = []

    def refuse(path: object) -> None:
        if Path(str(path)).name == name or (name == "years.svg" and str(path).endswith(".svg")):
            refused.append(str(path))
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    def guarded(writer: Callable[..., Any]) -> Callable[..., Any]:
        def guard(path: Any, *arguments: Any, **options: Any) -> Any:
            refuse(path)
            return writer(path, *arguments, **options)

        return guard

    def guarded_open(path: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if "w" in mode:
            refuse(path)
        return opened(path, mode, *arguments, **options)

    opened = Path.open
    monkeypatch.setattr(Path, "open", guarded_open)
    for writer in ("write_bytes", "write_text"):
        monkeypatch.setattr(Path, writer, guarded(getattr(Path, writer)))
    monkeypatch.setattr(pq, "ParquetWriter", guarded(pq.ParquetWriter))
    # The disk is full for the process that writes the workbook, too.
    monkeypatch.setattr(workbook, "SERVE", "raise SystemExit")
    return refused


@pytest.mark.parametrize(
    "name", [*FIRST, *(pytest.param(name, marks=pytest.mark.long) for name in LATER)]
)
def test_a_full_disk_ends_the_run_with_one_message(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "small.toml").write_text(SMALL_QUERY, encoding="utf-8")
    joint = work(1, authorship(institution(1)), authorship(institution(2, "CN")))
    write_lines(tmp_path / "works.jsonl", joint)
    refused = refusing(name, monkeypatch)
    arguments = ("run", "small.toml", "--works", "works.jsonl", "--affiliations", "openalex", "-q")
    done = bibnet(*arguments, cwd=tmp_path)
    assert refused
    assert (done.returncode, done.stdout) == (2, "")
    told = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(told) == 3, done.stderr
    assert told[0].startswith("error cannot write the run: No space left on device")
    assert list((tmp_path / "outputs" / "small").iterdir()) == []


def test_a_program_that_is_killed_is_no_traceback() -> None:
    with pytest.raises(UsageError, match="signal 9"):
        check_ended(-9, "the figures")
    check_ended(0, "the figures")
