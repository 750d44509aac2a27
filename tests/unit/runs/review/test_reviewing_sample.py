"""Samples to read: seeded, a chance of its own for each key, safe to open in a spreadsheet."""

import csv
import io
from pathlib import Path

import pytest
from build import authorship, institution, work
from runs import run

from bibnet.runs import Draw, draw_sample, write_sample
from bibnet.runs.open import Run
from bibnet.runs.review.sample import COLUMNS, context

TSINGHUA = institution(
    99, "CN", display_name="Tsinghua University", ror="https://ror.org/03cve4549"
)
TITLES = ["=Gait recognition", "Face recognition", "On birds"]


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    works = [
        work(n, authorship(TSINGHUA if n < 30 else institution(1)), title=TITLES[n % 3])
        for n in range(1, 61)
    ]
    told = {"Crowd": [0], "counting": [1], "of": [2], "people": [3]}
    last = work(61, authorship(TSINGHUA), title="Plain", abstract_inverted_index=told)
    return run(tmp_path_factory.mktemp("reviewed"), *works, last)


def drawn(reviewed: Run, **how: int) -> list[dict[str, object]]:
    return draw_sample(reviewed, Draw(**{"seed": 1, **how}))  # type: ignore[arg-type]


def test_every_keyword_and_every_flagged_institution_is_drawn_from(reviewed: Run) -> None:
    rows = drawn(reviewed, per_keyword=3, per_institution=2)
    keys = {(row["kind"], row["key"], row["population"]) for row in rows}
    assert keys == {
        ("flag", "tsinghua-university:I99", 30),
        ("keyword", "biometric_surveillance:face recognition", 20),
        ("keyword", "biometric_surveillance:gait recognition", 20),
        ("keyword", "surveillance:crowd counting", 1),
        ("keyword", "surveillance:face recognition", 20),
        ("keyword", "surveillance:gait recognition", 20),
    }
    assert len(rows) == 2 + 4 * 3 + 1


def test_a_row_shows_what_a_reader_needs(reviewed: Run) -> None:
    rows = drawn(reviewed, per_keyword=1, per_institution=1)
    flag, crowd = rows[0], next(row for row in rows if row["term"] == "crowd counting")
    assert flag["affiliation"] == "Tsinghua University"
    assert (flag["institution"], flag["matched_text"]) == ("Tsinghua University", "03cve4549")
    assert (crowd["title"], crowd["matched_text"]) == ("Plain", "Crowd counting")
    assert crowd["context"] == "Crowd counting of people"
    assert {(row["verdict"], row["note"], row["run"]) for row in rows} == {
        ("", "", reviewed.manifest["run"])
    }


def test_the_same_seed_draws_the_same_and_another_does_not(reviewed: Run) -> None:
    assert drawn(reviewed, per_keyword=5) == drawn(reviewed, per_keyword=5)
    assert drawn(reviewed, per_keyword=5) != drawn(reviewed, per_keyword=5, seed=2)


def test_a_key_draws_the_same_whatever_else_is_drawn(reviewed: Run) -> None:
    key = "surveillance:gait recognition"
    alone = draw_sample(reviewed, Draw(1, per_keyword=4, families=("surveillance",)))
    beside = drawn(reviewed, per_keyword=4, per_institution=0)

    def works(rows: list[dict[str, object]]) -> list[object]:
        return [row["work_id"] for row in rows if row["key"] == key]

    assert works(alone) == works(beside) != []


def test_no_work_is_drawn_twice_for_a_key(reviewed: Run) -> None:
    rows = drawn(reviewed, per_keyword=20, per_institution=30)
    assert len({(row["key"], row["work_id"]) for row in rows}) == len(rows)
    assert [row["sample_id"] for row in rows] == [f"S{n:05d}" for n in range(1, len(rows) + 1)]


def test_a_cell_that_begins_as_a_formula_is_guarded(reviewed: Run) -> None:
    file = io.StringIO()
    write_sample(drawn(reviewed, per_keyword=1), file)
    lines = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert tuple(lines[0]) == COLUMNS
    titles = {line["title"] for line in lines if line["term"] == "gait recognition"}
    assert titles == {"'=Gait recognition"}


@pytest.mark.long
def test_nothing_to_draw_is_a_header_alone(tmp_path: Path) -> None:
    plain = run(tmp_path, work(1, authorship(institution(1))))
    file = io.StringIO()
    write_sample(draw_sample(plain, Draw(1)), file)
    assert file.getvalue() == ",".join(COLUMNS) + "\n"


def test_a_long_text_is_cut_around_the_match() -> None:
    text = "a" * 500 + " crowd counting " + "b" * 500
    assert context(text, "crowd counting") == (
        "…" + "a" * 159 + " crowd counting " + "b" * 159 + "…"
    )
    assert context("no match", "other") == "no match"
