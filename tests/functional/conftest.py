"""The run of a few works, and the command line in a folder of its own."""

from pathlib import Path

import command_line
import pytest
from small_network import small_run

from bibnet.runs.open import Run


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return small_run(tmp_path_factory.mktemp("small"))


@pytest.fixture
def bibnet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command line in a folder of its own: (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> tuple[int, str, str]:
        done = command_line.bibnet(*words, cwd=tmp_path)
        return done.returncode, done.stdout, done.stderr

    return call
