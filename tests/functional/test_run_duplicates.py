"""A preprint and its article in a run: listed, counted, merged where the query says so."""

from pathlib import Path
from typing import Any

import pytest
from build import authorship, institution, work
from runs import run

from bibnet.runs.open import Run

pytestmark = pytest.mark.long

TITLE = "A study of joint papers"
JOINT = (authorship(institution(1)), authorship(institution(2, "CN")))
WORKS = (
    work(1, *JOINT, title=TITLE, type="preprint", doi="https://doi.org/10.48550/arxiv.1"),
    work(2, *JOINT, title=TITLE.upper(), publication_year=2021, doi="https://doi.org/10.1/X"),
    work(3, *JOINT, title="Another paper altogether", doi="https://doi.org/10.1/x"),
    work(4, authorship(institution(1)), title="A paper of one side alone"),
)


def merged(folder: Path, **works: Any) -> Run:
    return run(folder, *WORKS, query={"works": {"ai": ["all"], **works}})


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """Not merged, and merged."""
    folders = (tmp_path_factory.mktemp(name) for name in ("listed", "merged"))
    return merged(next(folders)), merged(next(folders), deduplicate=True)


def test_the_pairs_are_listed_with_their_rule(both: tuple[Run, Run]) -> None:
    for found, done in zip(both, (False, True), strict=True):
        rows = found.exhibit("duplicates")[["work_a", "work_b", "rule", "merged", "work_kept"]]
        assert rows.to_numpy().tolist() == [
            ["W1", "W2", "title", done, "W2"],
            ["W2", "W3", "doi", done, "W2"],
        ]


def test_the_numbers_count_a_paper_once_where_the_query_says_so(both: tuple[Run, Run]) -> None:
    counts = [one.manifest["counts"] for one in both]
    assert [(one["works_kept"], one["excluded"]) for one in counts] == [
        (4, {}),
        (2, {"same_paper": 2}),
    ]
    pairs = [one.exhibit("country_pairs")["works"].tolist() for one in both]
    assert pairs == [[3], [1]]


def test_either_run_says_what_merging_does(both: tuple[Run, Run]) -> None:
    effect = {"works": 4, "joint_works": 3, "left": 2, "joint_left": 1}
    for found, done in zip(both, (False, True), strict=True):
        record = found.manifest["same_papers"]
        assert record == {"pairs": {"doi": 1, "title": 1}, "merged": done, **effect}
        [note] = [note for note in found.manifest["notes"] if "under two ids" in note]
        assert (
            "3 joint of 4 works (75.00%), with each paper once 1 joint of 2 works (50.00%)" in note
        )
        assert ("They are merged" in note) == done
        html = (found.folder / "report.html").read_text(encoding="utf-8")
        assert "2 pairs of works are one paper under two ids" in html


def test_the_works_behind_a_pair(both: tuple[Run, Run]) -> None:
    ids = [one.works("duplicates", work_a="W1", work_b="W2")["work_id"].tolist() for one in both]
    assert ids == [["W1", "W2"], ["W2"]]
