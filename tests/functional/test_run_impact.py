"""Citations, expectations, communities and change of a small run, as a user reads them."""

import json
from pathlib import Path

import pandas as pd
import pytest
from build import authorship, institution, work
from runs import run
from typer.testing import CliRunner

from bibnet.cli import app
from bibnet.query import parse_query
from bibnet.runs.open import Run, load
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request
from bibnet.schema.errors import BibnetError

pytestmark = pytest.mark.long


def cited(number: int, countries: str, cited_by_count: int, **more: object) -> dict[str, object]:
    """A work of 2020 with one author per country, each at the institution of its country."""
    numbers = {"DE": 1, "CN": 2, "US": 3}
    people = [authorship(institution(numbers[code], code)) for code in countries.split()]
    return work(number, *people, cited_by_count=cited_by_count, type="article", **more)


def corpus(**more: object) -> list[dict[str, object]]:
    """Two joint works with 4 citations each, eight of one side with 2: the mean is 2.4."""
    joint = [cited(number, "CN DE", 4, **more) for number in (1, 2)]
    return joint + [
        cited(number, "DE" if number % 2 else "CN", 2, **more) for number in range(3, 11)
    ]


def scored() -> dict[str, object]:
    return {"fwci": 3.0, "citation_normalized_percentile": {"value": 0.92}}


def test_groups_against_the_corpus_itself(tmp_path: Path) -> None:
    found = run(tmp_path, *corpus())
    frame = found.exhibit("citations").set_index("group")
    assert set(frame["reference"]) == {"ai_internal"}
    assert frame.loc["joint", "mncs"] == pytest.approx(4 / 2.4)
    assert frame.loc["europe only", "mncs"] == pytest.approx(2 / 2.4)
    # Ten works: one is top, shared by the two with most citations.
    assert frame.loc["joint", "pp_top10"] == 0.5
    assert pd.isna(frame.loc["joint", "pp_top10_low"])  # two works
    assert set(frame["pp_top10_reason"]) == {"few_works"}
    scores = found.table("citation_score").query("reference == 'ai_internal'")
    assert scores["top10"].sum() == pytest.approx(1.0)
    assert found.manifest["seeds"]["citations"] == 1


def test_the_source_is_the_reference_where_nearly_all_works_have_its_scores(
    tmp_path: Path,
) -> None:
    frame = run(tmp_path, *corpus(**scored())).exhibit("citations").set_index("group")
    assert set(frame["reference"]) == {"openalex"}
    assert frame["mncs"].tolist() == [3.0] * 3
    assert frame["pp_top10"].tolist() == [1.0] * 3


def test_a_window_counts_the_first_years_and_takes_the_corpus_as_reference(
    tmp_path: Path,
) -> None:
    years = {
        "counts_by_year": [{"year": 2024, "cited_by_count": 3}, {"year": 2020, "cited_by_count": 1}]
    }
    query = {"count": {"affiliations": "openalex", "citation_window": 3}}
    found = run(tmp_path, *corpus(**scored(), **years), query=query)
    frame = found.exhibit("citations").set_index("group")
    assert set(frame["reference"]) == {"ai_internal"}
    assert frame["mncs"].tolist() == [1.0] * 3  # within three years every work has one citation
    assert frame.loc["joint", "mean_citations"] == 4  # the mean is of all years
    assert any("first 3 calendar years" in note for note in found.manifest["notes"])


def test_young_works_get_no_impact_and_are_counted(tmp_path: Path) -> None:
    young = {"publication_year": 2025}
    row = run(tmp_path, *corpus(**young)).exhibit("citations").set_index("group").loc["joint"]
    assert (row["works"], row["works_too_young"], row["works_in_mncs"]) == (2, 2, 0)
    assert pd.isna(row["mncs"])
    assert row["mncs_reason"] == "no_work"
    assert row["mean_citations"] == 4


def test_works_of_a_source_without_a_date_are_judged_but_for_the_last_two_years(
    tmp_path: Path,
) -> None:
    """Works of 2020 and 2018 without a day of change: the years 2019 and 2020 are provisional."""
    young = [cited(number, "CN DE", 4) for number in (1, 2)]
    old = [cited(number, "CN DE", 4, publication_year=2018) for number in range(3, 13)]
    undated = [{k: v for k, v in one.items() if k != "updated_date"} for one in young + old]
    found = run(tmp_path, *undated)
    assert found.manifest["source"]["date"] is None
    row = found.exhibit("citations").set_index("group").loc["joint"]
    assert (row["works_too_young"], row["works_in_mncs"]) == (2, 10)
    years = found.exhibit("years").query("side == 'all'").set_index("year")
    assert years["provisional"].astype(bool).to_dict() == {2018: False, 2019: True, 2020: True}
    assert any(
        "2020 is taken as provisional, and no work of it" in n for n in found.manifest["notes"]
    )


def test_a_joint_harvest_is_no_reference_for_itself(tmp_path: Path) -> None:
    query = {"works": {"ai": ["all"], "harvest": "joint"}}
    found = run(tmp_path, *corpus()[:2], query=query)
    assert found.exhibit("citations")["mncs"].isna().all()
    assert found.exhibit("citations").set_index("group").loc["joint", "mncs_reason"] == (
        "joint_works_only"
    )
    assert found.exhibit("country_pairs")["salton"].isna().all()
    assert found.exhibit("country_citations")["mncs"].isna().all()


def labels(found: Run) -> dict[str, int]:
    rows = found.exhibit("communities").set_index("community")["label"]
    nodes = found.table("node")
    return {
        n: rows[c] for n, c in zip(nodes.institution_id, nodes.community, strict=True) if c in rows
    }


def pairs(*works: str) -> list[dict[str, object]]:
    """Works from words of letters: each letter an institution."""
    letters = "abcdefgh"
    return [
        work(n, *(authorship(institution(letters.index(one) + 1)) for one in word))
        for n, word in enumerate(works, 1)
    ]


def test_communities_keep_their_labels_from_the_previous_run(tmp_path: Path) -> None:
    """First abc is the largest; then de has grown, and is the first, but keeps its label 2."""
    (tmp_path / "old").mkdir()
    first = run(tmp_path / "old", *pairs("abc", "abc", "de", "de"))
    assert labels(first) == {"I1": 1, "I2": 1, "I3": 1, "I4": 2, "I5": 2}
    works = tmp_path / "new.jsonl"
    works.write_text("\n".join(map(json.dumps, pairs("abc", "defgh", "defgh"))), encoding="utf-8")
    query = tmp_path / "q.toml"
    query.write_text(
        'name = "q"\nquestion = "?"\n[works]\nai = ["all"]\n[sides]\na = ["DE"]\nb = ["CN"]\n'
        '[count]\naffiliations = "openalex"\n',
        encoding="utf-8",
    )
    plain = command(query, works, tmp_path / "out")
    second = command(query, works, tmp_path / "out", "--previous", str(first.folder))
    assert labels(plain)["I4"] == 1
    found = labels(second)
    assert (found["I1"], found["I4"], found["I8"]) == (1, 2, 2)
    kept = second.exhibit("communities").set_index("label")["kept_institutions"]
    assert kept.to_dict() == {1: 3, 2: 2}
    assert second.manifest["communities"]["previous"] == first.manifest["run"]
    assert plain.folder != second.folder  # what went in is part of the name


def command(query: Path, works: Path, out: Path, *more: str) -> Run:
    asked = ["run", str(query), "--works", str(works), "--out", str(out), *more]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    return load(max(out.glob("q/*"), key=lambda folder: folder.stat().st_mtime_ns))


def test_a_previous_run_that_is_none_is_said(tmp_path: Path) -> None:
    asked = parse_query(
        {
            "name": "q",
            "question": "?",
            "works": {"ai": ["all"]},
            "sides": {"a": ["DE"], "b": ["CN"]},
        },
        path=tmp_path / "q.toml",
    )
    works = tmp_path / "w.jsonl"
    works.write_text(json.dumps(pairs("ab")[0]), encoding="utf-8")
    request = Request(asked, (works,), tmp_path / "out", previous=tmp_path / "nothing")
    with pytest.raises(BibnetError, match="not a finished run"):
        run_query(request, lambda line: None)
