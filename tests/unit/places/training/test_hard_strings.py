"""Hard strings are read with all their faults; a kind's score is what a hand count gives."""

import json
from pathlib import Path
from typing import Any

import pytest

from bibnet.places.locate.located import Located
from bibnet.places.training.hard_strings import (
    KindScore,
    kind_lines,
    kind_scores,
    read_hard_strings,
)
from bibnet.schema.errors import InputError

OXFORD, OLD_OXFORD, LYON, ELSEWHERE = "0ox000001", "0ox000000", "0lyon0001", "0else0001"
KNOWN, FORMER = frozenset({OXFORD, LYON}), {OLD_OXFORD: OXFORD}


def line(text: str, **changes: Any) -> str:
    empty: dict[str, Any] = {"kind": "two", "countries": ["GB"], "ror": [], "also_ok": []}
    return json.dumps({"text": text, "province": None, "city": None} | empty | changes)


def row(country: str, ror: str | None, city: str | None = None) -> Located:
    name = ror and "Body"
    return Located(
        "", 1, 3, ror, name, country, None, city, None, None, None, "exact_name", 0.9, ""
    )


def test_scores_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "hard.jsonl"
    lines = [
        line("both", countries=["GB", "FR"], ror=[OLD_OXFORD, LYON]),
        line("one missing", countries=["GB", "FR"], ror=[OXFORD, LYON]),
        line("allowed", also_ok=[OXFORD], city="Oxford"),
        line("not in the registry", ror=[ELSEWHERE], kind="absent"),
        line("nothing", countries=[], kind="absent"),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    strings = read_hard_strings(path, KNOWN, FORMER)
    answers = [
        [row("GB", OXFORD), row("FR", LYON)],
        [row("GB", OXFORD)],
        [row("GB", OXFORD, "Oxford")],
        [row("GB", None)],
        [row("GB", None)],
    ]
    scores = kind_scores(strings, answers)
    assert scores == [
        KindScore("two", 3, (2, 3), (2, 3), (0, 0), (1, 1)),
        KindScore("absent", 2, (1, 2), (1, 1), (0, 0), (0, 0)),
        KindScore("all", 5, (3, 5), (3, 4), (0, 0), (1, 1)),
    ]
    cells = "| all | 5 | 0.600 (3 of 5) | 0.750 (3 of 4) |  | 1.000 (1 of 1) |"
    assert kind_lines(scores)[-1] == cells


def test_every_faulty_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "hard.jsonl"
    lines = ["[]", line("x", ror=["https://ror.org/1"]), line("fine"), '{"text": "x"}', "no json"]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_hard_strings(path, KNOWN, FORMER)
    places = [fault.where.removeprefix(f"{path}: ") for fault in caught.value.faults]
    assert places == ["line 1", "line 2", "line 4", "line 5"]


@pytest.mark.parametrize("content", [None, b"", b"\x1f\x8bbroken"])
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "hard.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError):
        read_hard_strings(path, KNOWN, FORMER)
