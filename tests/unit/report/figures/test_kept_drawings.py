"""Drawings kept between runs: known ones start no program, damaged ones are made again."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from test_report_figures import bars, lines

from bibnet.report.figures import drawing
from bibnet.report.figures.drawing import Drawing


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "bibnet" / "figures"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many figures each program that was started had to draw."""
    numbers: list[int] = []
    run = subprocess.run

    def counted(*command: Any, input: str, **options: Any) -> Any:
        numbers.append(input.count("\n"))
        return run(*command, input=input, **options)

    monkeypatch.setattr(drawing.subprocess, "run", counted)
    return numbers


def test_a_known_drawing_is_not_made_again(asked: list[int]) -> None:
    both = Drawing([bars(), lines()]).drawn()
    assert Drawing([lines(), bars()]).drawn() == both
    assert asked == [2]
    assert Drawing([bars()]).drawn() == {bars().id: both[bars().id]}
    assert asked == [2]


def test_a_damaged_one_is_made_again_alone(home: Path, asked: list[int]) -> None:
    both = Drawing([bars(), lines()]).drawn()
    file = min(home.iterdir())
    file.write_bytes(file.read_bytes()[:-1])
    assert Drawing([bars(), lines()]).drawn() == both
    assert asked == [2, 1]
