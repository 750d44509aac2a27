"""`replicate`: published figures beside ours, with verdicts, and what cannot be compared."""

import json
from pathlib import Path
from typing import Any

import pytest
from build import authorship, institution, work
from command_line import bibnet
from runs import run

from bibnet.reference import load
from bibnet.runs.audit.figure_measures import MEASURES
from bibnet.runs.audit.replicate import verdict_of

TUM = institution(1, "DE", ror="https://ror.org/02kkvpp62", display_name="TUM")
GB, CN, US = (institution(n, code) for n, code in ((2, "GB"), (3, "CN"), (4, "US")))
SIDES = {"europe": "europe_merics", "china": "china_merics"}
NSFC = {"id": "https://openalex.org/F4320321001", "display_name": "NSFC"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2017: TUM and GB with China, GB alone; 2021: GB with China, China with the US; 2022: TUM."""
    people = {name: authorship(one) for name, one in
              (("t", TUM), ("g", GB), ("c", CN), ("u", US))}  # fmt: skip
    works = [(2017, "tc"), (2017, "gc"), (2017, "g"), (2021, "gc"), (2021, "cu"), (2022, "t")]
    objects = [
        work(
            n, *(people[who] for who in on), publication_year=year, funders=[NSFC] if n == 1 else []
        )
        for n, (year, on) in enumerate(works, 1)
    ]
    return run(tmp_path_factory.mktemp("replicate"), *objects, query={"sides": SIDES}).folder


def figures(*arguments: object) -> dict[str, Any]:
    done = bibnet("replicate", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {row["figure"]: row for row in (*found["figures"], *found["not_compared"])}


@pytest.mark.long
def test_figures_of_a_run_stand_beside_the_published_ones(folder: Path) -> None:
    found = figures("merics-2023", folder)
    ours = {name[:24]: row["ours"] for name, row in found.items()}
    assert ours["EU27+NO+CH+UK x China(ma"] == "3"
    assert ours["share of dataset with UK"] == "66.7"
    assert ours["rank order of European p"] == "GB>DE"
    assert ours["TUM Chinese-co-authored "] == "1"
    assert ours["German institutions with"] == "1"
    assert ours["of disclosed: China-fund"] == "100"
    assert ours["Chinese-US co-authored A"] is None  # 2010-2021: the run begins in 2017
    row = found["EU27+NO+CH+UK x China(mainland+HK) co-authored AI papers"]
    assert (row["verdict"], row["deviation"]) == ("differs", 3 - 36951)


@pytest.mark.long
def test_another_question_is_said_and_nothing_is_compared(folder: Path) -> None:
    found = figures("brookings-2023", folder)
    assert {row["verdict"] for row in found.values()} == {"cannot be computed from this run"}
    assert any("other sides than" in row["why_it_may_differ"] for row in found.values())


def test_without_a_run_the_published_data_are_computed() -> None:
    done = bibnet("replicate", "ncses-2024", "--json")
    record = json.loads(done.stdout)
    assert record["facts"]["meets"] == 38 * 9 == len(record["figures"])
    (row,) = record["not_compared"]
    assert "needs each country's international articles" in row["why_it_may_differ"]


def test_without_a_run_the_rest_is_listed() -> None:
    found = figures("merics-2023")
    assert {row["verdict"] for row in found.values()} == {
        "needs a run",
        "cannot be computed from this run",
    }


def test_a_study_that_does_not_exist_names_those_that_do() -> None:
    done = bibnet("replicate", "merics-2024")
    assert done.returncode == 2
    assert "one of: brookings-2023, cset-2023, merics-2023, ncses-2024, zeng-2021" in done.stderr


def test_every_computation_of_the_list_is_known() -> None:
    named = {row["computation"] for row in load.rows("published_figures")} - {""}
    assert named == set(MEASURES)


@pytest.mark.parametrize(
    ("operator", "value", "unit", "ours", "verdict"),
    [
        ("=", "36951", "papers", 36951, "meets"),
        ("=", "36951", "papers", 36950, "differs"),
        ("=", "11", "percent", 11.4, "meets"),
        ("=", "11", "percent", 11.6, "differs"),
        ("~", "47", "percent", 43.0, "meets"),
        ("~", "47", "percent", 42.0, "differs"),
        (">", "2", "ratio", 2.0, "differs"),
        ("<", "674", "papers", 600, "meets"),
        ("rank", "GB>DE>FR", "rank", "GB>DE>FR", "meets"),
        ("rank", "GB>DE>FR", "rank", "DE>GB>FR", "differs"),
        (">", "higher", "ordinal", "higher", "meets"),
    ],
)
def test_a_verdict_is_as_exact_as_the_figure(
    operator: str, value: str, unit: str, ours: float | str, verdict: str
) -> None:
    assert verdict_of({"operator": operator, "value": value, "unit": unit}, ours) == verdict
