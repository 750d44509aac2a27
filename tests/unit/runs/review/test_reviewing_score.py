"""What a filled sample gives: precision, Wilson's interval, verdicts; every fault at once."""

import csv
import io
from copy import copy
from pathlib import Path

import pytest
from build import authorship, institution, work
from rich.console import Console
from runs import run

from bibnet.runs import (
    Draw,
    Signature,
    draw_sample,
    read_judgements,
    score_sample,
    show_scores,
    write_sample,
    write_verdicts,
)
from bibnet.runs.open import Run
from bibnet.runs.review.score import Score
from bibnet.schema.errors import InputError
from bibnet.tag.lists.verdict import read_verdicts


def judged(key: str, *verdicts: str, kind: str = "keyword") -> list[dict[str, str]]:
    return [{"kind": kind, "key": key, "verdict": verdict} for verdict in verdicts]


def test_precision_comes_with_wilsons_interval() -> None:
    """15 of 20 is the example of Brown, Cai, DasGupta (2001): 0.531 to 0.888."""
    (one,) = score_sample(judged("a:b", *["accept"] * 15, *["reject"] * 5))
    assert (one.judged, one.accepted, one.precision, one.decision) == (20, 15, 0.75, "drop")
    assert (round(one.low or 0, 3), round(one.high or 0, 3)) == (0.531, 0.888)


@pytest.mark.parametrize(
    ("verdicts", "decision"),
    [
        (["accept"] * 4 + ["reject"], "keep"),  # at the chosen precision, not below
        (["accept"] * 3 + ["reject"], "drop"),
        (["unsure", ""], "not judged"),
        (["accept", "unsure", ""], "keep"),  # what is unsure is judged neither way
    ],
)
def test_a_keyword_below_the_chosen_precision_is_dropped(
    verdicts: list[str], decision: str
) -> None:
    (one,) = score_sample(judged("a:b", *verdicts), 0.8)
    assert one.decision == decision


def test_what_is_not_judged_has_no_precision() -> None:
    (one,) = score_sample(judged("a:b", "", "unsure"))
    assert (one.precision, one.low, one.high, one.drawn, one.unsure) == (None, None, None, 2, 1)


def printed(scores: list[Score], width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    show_scores(scores, 0.8, console)
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_every_key_has_a_row_and_the_end_says_what_is_dropped() -> None:
    scores = score_sample([*judged("a:b", "reject"), *judged("e:I1", "accept", "", kind="flag")])
    assert [line.split() for line in printed(scores, 200)][1:] == [
        ["flag", "e:I1", "keep", "1.00", "0.21", "to", "1.00", "1", "1", "0", "2"],
        ["keyword", "a:b", "drop", "0.00", "0.00", "to", "0.79", "0", "1", "0", "1"],
        ["1", "of", "2", "below", "a", "precision", "of", "0.8,", "0", "not", "judged"],
    ]


def test_a_narrow_terminal_has_what_a_decision_rests_on() -> None:
    scores = score_sample(judged("university-of-a-very-long-name:I1", "accept", kind="flag"))
    assert printed(scores, 60)[:3] == [
        "key                        decision  precision  95% interval",
        "flag university-of-a-      keep           1.00  0.21 to 1.00",
        "very-long-name:I1",
    ]


TSINGHUA = institution(
    99, "CN", display_name="Tsinghua University", ror="https://ror.org/03cve4549"
)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    works = [work(n, authorship(TSINGHUA), title="Gait recognition") for n in (1, 2)]
    return run(tmp_path_factory.mktemp("reviewed"), *works)


def sample(reviewed: Run, path: Path, **cells: str) -> Path:
    rows = [{**row, **cells} for row in draw_sample(reviewed, Draw(1))]
    with path.open("w", encoding="utf-8", newline="") as file:
        write_sample(rows, file)
    return path


def test_a_filled_sample_is_read_whatever_the_case(reviewed: Run, tmp_path: Path) -> None:
    rows = read_judgements(reviewed, sample(reviewed, tmp_path / "s.csv", verdict=" Accept "))
    assert {row["verdict"] for row in rows} == {"accept"}
    assert len(rows) == 2 + 2 + 2  # a flag, and the keyword in two families


def test_all_faults_of_a_sample_are_reported_together(reviewed: Run, tmp_path: Path) -> None:
    path = sample(reviewed, tmp_path / "s.csv", verdict="perhaps", run="other")
    with pytest.raises(InputError) as error:
        read_judgements(reviewed, path)
    whats = [fault.what for fault in error.value.faults]
    assert whats == ["unknown verdict 'perhaps'", "a row of another run, 'other'"] * 6
    assert error.value.faults[0].where == f"{path}: row 2"


def test_a_row_that_was_never_drawn_is_a_fault(reviewed: Run, tmp_path: Path) -> None:
    path = sample(reviewed, tmp_path / "s.csv", work_id="W9")
    with pytest.raises(InputError) as error:
        read_judgements(reviewed, path)
    whats = [fault.what for fault in error.value.faults]
    assert "no flag 'tsinghua-university:I99' in work 'W9'" in whats
    assert "a work is judged twice for one key" in whats


def test_missing_columns_are_named(reviewed: Run, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("sample_id,run,kind\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_judgements(reviewed, tmp_path / "s.csv")
    whats = [fault.what for fault in error.value.faults]
    assert whats == ["no column key", "no column work_id", "no column verdict"]


def test_the_verdicts_can_be_read_and_keep_the_measure(reviewed: Run, tmp_path: Path) -> None:
    rows = read_judgements(reviewed, sample(reviewed, tmp_path / "s.csv", verdict="reject"))
    path = tmp_path / "verdicts.csv"
    write_verdicts(path, score_sample(rows), reviewed, Signature("=me", "2026-02-16"))
    found = read_verdicts(path)
    assert ("surveillance", "gait recognition") in found.dropped()
    said = found.rejected_by("tsinghua-university", "I99")
    assert said == "verdict in row 2 (=me, 2026-02-16)"
    assert found.rows[0].note == "precision 0.00, 0 of 2 judged, 95% interval 0.00 to 0.66"
    assert "'=me" in path.read_text(encoding="utf-8")


def test_verdicts_of_the_run_that_were_not_judged_anew_stay(reviewed: Run, tmp_path: Path) -> None:
    old = {"kind": "keyword", "key": "military:雷达", "verdict": "reject", "row": 2}
    old |= dict.fromkeys(("reviewer", "date", "note", "judged", "accepted"), "")
    earlier = copy(reviewed)
    earlier.manifest = {**earlier.manifest, "review": {"rows": [old]}}
    write_verdicts(tmp_path / "v.csv", [], earlier)
    with (tmp_path / "v.csv").open(encoding="utf-8") as file:
        assert [row["key"] for row in csv.DictReader(file)] == ["military:雷达"]
