"""Institutions with what lies below them, as a choice of works and as a side; three sides."""

from pathlib import Path
from typing import Any

import pytest
from build import authorship, institution, work
from runs import run

from bibnet.runs.open import Run

pytestmark = pytest.mark.long


def below(number: int, above: int, country: str = "DE") -> dict[str, Any]:
    lineage = [f"https://openalex.org/I{one}" for one in (number, above)]
    return institution(number, country, lineage=lineage)


WHOLE, CLINIC, OTHER = institution(10), below(11, 10), institution(12)
CN, FR = institution(20, "CN"), institution(30, "FR")


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Works of the institution 10 and of its clinic; the side `ours` is the institution."""
    works = [
        work(1, authorship(WHOLE), authorship(CN)),
        work(2, authorship(CLINIC), authorship(FR)),
        work(3, authorship(OTHER), authorship(CN)),
        work(4, authorship(CLINIC), authorship(CN), authorship(FR)),
        work(5, authorship(CLINIC)),
    ]
    query = {
        "works": {"ai": ["all"], "institutions": ["I10"]},
        "sides": {"ours": ["I10"], "china": ["CN"], "france": ["FR"]},
    }
    return run(tmp_path_factory.mktemp("chosen"), *works, query=query)


def test_works_elsewhere_are_left_out_by_rule(chosen: Run) -> None:
    assert chosen.manifest["counts"]["excluded"] == {"institutions": 1}
    assert sorted(chosen.table("work")["work_id"]) == ["W1", "W2", "W4", "W5"]


def test_a_side_of_institutions_holds_what_lies_below(chosen: Run) -> None:
    years = chosen.exhibit("years").set_index("side")
    assert years["works"].to_dict() == {"all": 4, "china": 2, "france": 2, "ours": 4}
    assert years["joint_works"].unique().tolist() == [1]  # all three sides
    assert years.loc["ours", "works_fractional"] == pytest.approx(0.5 + 0.5 + 1 / 3 + 1)
    sides = chosen.table("institution").set_index("institution_id")["side"].to_dict()
    assert sides == {"I10": "ours", "I11": "ours", "I20": "china", "I30": "france"}


def test_each_pair_of_sides_is_counted(chosen: Run) -> None:
    pairs = chosen.exhibit("side_pairs").set_index(["side_a", "side_b"])["joint_works"]
    assert pairs.to_dict() == {
        ("china", "france"): 1,
        ("china", "ours"): 2,
        ("france", "ours"): 2,
    }
    assert set(chosen.works("side_pairs", side_a="ours", side_b="china")["work_id"]) == {
        "W1",
        "W2",
        "W4",
        "W5",
    }


def test_more_than_two_sides_are_warned_of(chosen: Run) -> None:
    (note,) = (note for note in chosen.manifest["notes"] if "side_pairs" in note)
    assert "every one of the 3 sides" in note


def test_the_manifest_says_what_was_chosen(chosen: Run) -> None:
    query = chosen.manifest["query"]
    assert query["works"]["institutions"] == ["I10"]
    assert query["side_institutions"] == {"ours": ["I10"]}
    assert Path(chosen.folder / "tables" / "side_institution.parquet").is_file()
