"""Drawings kept between runs: known ones start no program, damaged ones are made again."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from test_report_figures import bars, lines

from bibnet.report.figures import drawing
from bibnet.report.figures.drawing import Drawing
from bibnet.schema.errors import UsageError
from bibnet.storage.progress import Meter


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "bibnet" / "figures"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many figures each program that was started had to draw."""
    numbers: list[int] = []
    ask = drawing._ask

    def counted(standard_input: Any, specs: Sequence[str]) -> None:
        numbers.append(len(specs))
        ask(standard_input, specs)

    monkeypatch.setattr(drawing, "_ask", counted)
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


def test_how_many_are_drawn_and_what_the_others_take_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds = iter(range(0, 1000, 7))
    monkeypatch.setattr(drawing, "Meter", partial(Meter, clock=lambda: next(seconds)))
    told: list[str] = []
    Drawing([bars(), lines()], told.append).drawn()
    assert re.fullmatch("[012] of 2 figures(, 0 min [0-9]+ s left)?", told[0])
    assert told[-1] == "2 of 2 figures"


def test_a_program_that_ends_before_it_has_drawn_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "ends.py"
    program.write_text("raise SystemExit(1)")
    monkeypatch.setattr(drawing, "PROGRAM", program)
    with pytest.raises(UsageError, match="the figures could not be drawn"):
        Drawing([bars()]).drawn()
