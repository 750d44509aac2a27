"""Works of some ids, venues, funders, and the most cited: each left out under the first rule."""

from pathlib import Path
from typing import Any

import pytest
from build import rows_of, tables

from bibnet.query import Query, parse_query
from bibnet.query.selection import venue_key
from bibnet.runs.pipeline.selection import unchosen_works
from bibnet.schema.errors import QueryError
from bibnet.storage.engine import Engine
from bibnet.storage.unfinished import UnfinishedRun

SIDES = {"a": ["DE"], "b": ["CN"]}


def asked(folder: Path, **works: Any) -> Query:
    document = {"name": "q", "question": "?", "works": {"ai": ["all"], **works}, "sides": SIDES}
    return parse_query(document, path=folder / "q.toml")


@pytest.fixture
def run(tmp_path: Path, engine: Engine) -> UnfinishedRun:
    """Works W1 to W6 with citations 10, 9, 9, 1, 0 and unknown; all of one field and year."""
    cited = (10, 9, 9, 1, 0, None)
    found = tables(
        work=[
            {
                "work_key": key,
                "work_id": f"W{key}",
                "doi": f"10.1000/{key}",
                "year": 2020,
                "citations": number,
                "venue": "Proceedings of the 38th International Conference on Machine Learning"
                if key == 1
                else "Journal of Machine Learning",
            }
            for key, number in enumerate(cited, 1)
        ],
        topic=[{"work_key": key, "topic_seq": 0, "field_id": "17"} for key in range(1, 7)],
        work_funder=[
            {"work_key": 1, "funder_id": "F4320320879"},
            {"work_key": 2, "funder": "DFG"},
            {"work_key": 3, "funder": "NSFC"},
        ],
        award=[],
    )
    return UnfinishedRun(tmp_path, engine, lambda line: None, tables=found)


def left_out(run: UnfinishedRun, query: Query) -> dict[str, list[str]]:
    unwanted = unchosen_works(run, query)
    found: dict[str, list[str]] = {}
    for work, rule in rows_of(unwanted, "work_id", "rule") if unwanted is not None else ():
        found.setdefault(rule, []).append(work)
    return found


def test_without_a_choice_every_work_stays(run: UnfinishedRun, tmp_path: Path) -> None:
    assert unchosen_works(run, asked(tmp_path)) is None


def test_ids_of_a_file(run: UnfinishedRun, tmp_path: Path) -> None:
    text = "# from the library\nhttps://doi.org/10.1000/1\n\nW2\ndoi:10.1000/3,\nhttps://openalex.org/W9\n"
    (tmp_path / "ids.txt").write_text(text, encoding="utf-8")
    assert left_out(run, asked(tmp_path, ids="ids.txt")) == {"ids": ["W4", "W5", "W6"]}


def test_other_things_in_a_file_of_ids_are_named_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "ids.txt").write_text("W1\nhello\n10.1000/x\nA5\n", encoding="utf-8")
    with pytest.raises(QueryError) as refused:
        asked(tmp_path, ids="ids.txt")
    assert [fault.where.split("'")[1] for fault in refused.value.faults] == [
        "ids.txt, line 2: hello",
        "ids.txt, line 4: A5",
    ]


def test_funders_by_id_and_by_name(run: UnfinishedRun, tmp_path: Path) -> None:
    query = asked(tmp_path, funders=["https://openalex.org/F4320320879"])
    assert left_out(run, query) == {"funders": ["W3", "W4", "W5", "W6"]}


def test_venues_of_a_scheme(run: UnfinishedRun, tmp_path: Path) -> None:
    query = asked(tmp_path, venues="csrankings_ai")
    assert left_out(run, query) == {"venues": ["W2", "W3", "W4", "W5", "W6"]}


@pytest.mark.parametrize(
    ("share", "kept"), [(0.2, "W1"), (0.4, "W1 W2 W3"), (0.9, "W1 W2 W3 W4 W5")]
)
def test_the_most_cited_with_all_at_the_threshold(
    run: UnfinishedRun, tmp_path: Path, share: float, kept: str
) -> None:
    out = left_out(run, asked(tmp_path, top_cited=share))["top_cited"]
    assert sorted({f"W{n}" for n in range(1, 7)} - set(out)) == kept.split()


def test_the_most_cited_are_of_what_the_other_rules_leave(
    run: UnfinishedRun, tmp_path: Path
) -> None:
    query = asked(tmp_path, funders=["F4320320879"], top_cited=0.5)
    assert left_out(run, query) == {"funders": ["W3", "W4", "W5", "W6"], "top_cited": ["W2"]}


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("NeurIPS 2019", "neurips"),
        ("2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)",
         "ieee cvf conference computer vision and pattern recognition"),
        ("Proceedings of the Thirty-Third AAAI Conference on Artificial Intelligence",
         "aaai conference artificial intelligence"),
    ],
)  # fmt: skip
def test_a_venue_goes_by_its_name_alone(name: str, same: str) -> None:
    assert venue_key(name) == same


def test_every_fault_of_the_choices_is_told_together(tmp_path: Path) -> None:
    bad = {"institutions": ["I12", "TUM"], "funders": ["NSFC"], "venues": "best"}
    with pytest.raises(QueryError) as refused:
        asked(tmp_path, **bad, top_cited=10, ids="x")
    assert [fault.what for fault in refused.value.faults] == [
        "no id of an institution",
        "no id of a funder",
        "there is no such file",
        "unknown scheme of venues",
        "not a share between 0 and 1",
    ]


def test_an_institution_belongs_to_one_side(tmp_path: Path) -> None:
    document = {
        "name": "q",
        "question": "?",
        "sides": {"a": ["I12", "I13"], "b": ["I12"], "c": ["CN"]},
    }
    with pytest.raises(QueryError, match="sides overlap in I12"):
        parse_query(document, path=tmp_path / "q.toml")
