"""Asked to end by a signal, a command cleans up: no half run, and a harvest writes its manifest."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from build import SMALL_QUERY, authorship, institution, work, write_lines

from bibnet.harvest.sandbox.server import serve
from bibnet.harvest.sandbox.world import build_world

ENDED = (signal.SIGTERM, signal.SIGHUP)
# The signal comes at a stated point of the work, not after some seconds. Who starts the tests may
# have told them to ignore it (nohup).
RUN = """
import os, signal, sys
from bibnet.cli import main
from bibnet.runs.pipeline import order
number = int(sys.argv.pop(1))
signal.signal(number, signal.SIG_DFL)
order.tie_works = lambda *_: os.kill(os.getpid(), number)
main()
"""
# While DuckDB works it tells what the signal raised as an error of its own.
RUN_IN_DATABASE = """
import os, signal, sys
from bibnet.cli import main
from bibnet.runs.pipeline import order
number = int(sys.argv.pop(1))
signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
def tie_works(*_):
    try:
        os.kill(os.getpid(), number)
    except BaseException as stop:
        raise RuntimeError("Query interrupted") from stop
order.tie_works = tie_works
main()
"""
HARVEST = """
import os, signal, sys
from bibnet.cli import main
from bibnet.cli.app import speech
number = int(sys.argv.pop(1))
signal.signal(number, signal.SIG_DFL)
speech.watch = lambda progress: os.kill(os.getpid(), number)
main()
"""


def ended(program: str, number: int, *arguments: object, cwd: Path) -> str:
    """Run a program that sends itself a signal; what it said."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(number), *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OPENALEX_API_KEY": "any"},
    )
    assert done.returncode == 128 + number, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.long
@pytest.mark.parametrize("number", ENDED, ids=lambda number: number.name)
def test_a_run_leaves_nothing(number: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SMALL_QUERY, encoding="utf-8")
    write_lines(tmp_path / "works.jsonl", work(1, authorship(institution(1))))
    asked = ("run", "small.toml", "--works", "works.jsonl", "--affiliations", "openalex")
    ended(RUN, number, *asked, cwd=tmp_path)
    assert list((tmp_path / "outputs" / "small").iterdir()) == []


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGINT, *ENDED], ids=lambda number: number.name)
def test_a_run_that_is_stopped_in_the_database_leaves_nothing(
    number: signal.Signals, tmp_path: Path
) -> None:
    (tmp_path / "small.toml").write_text(SMALL_QUERY, encoding="utf-8")
    write_lines(tmp_path / "works.jsonl", work(1, authorship(institution(1))))
    asked = ("run", "small.toml", "--works", "works.jsonl", "--affiliations", "openalex")
    assert "interrupted" in ended(RUN_IN_DATABASE, number, *asked, cwd=tmp_path)
    assert list((tmp_path / "outputs" / "small").iterdir()) == []


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize("number", ENDED, ids=lambda number: number.name)
def test_a_harvest_writes_its_manifest(number: signal.Signals, tmp_path: Path) -> None:
    query = SMALL_QUERY.replace("[sides]", "harvest = 'all'\n[sides]")
    (tmp_path / "small.toml").write_text(query, encoding="utf-8")
    with serve(build_world(2, 900)) as server:
        ended(HARVEST, number, "harvest", "small.toml", "--url", server.url, cwd=tmp_path)
    [folder] = (tmp_path / "outputs" / "small" / "harvest").iterdir()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["complete"], manifest["received"] > 0) == (False, True)
