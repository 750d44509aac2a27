"""`works`, `ties`, `funders`: every number leads to its works, every work to what put it there."""

import csv
import io
import json
from pathlib import Path

import pytest
from build import authorship, institution, work
from command_line import Done, bibnet
from runs import run
from starlette.testclient import TestClient

from bibnet.runs.explore.serve import listening
from bibnet.runs.explore.server import explorer_of
from bibnet.runs.open import load

NSFC = {"id": "https://openalex.org/F4320321001", "display_name": "NSFC"}
DFG = {"id": "https://openalex.org/F4320320879", "display_name": "DFG"}
NOBODY = {"id": "https://openalex.org/F999", "display_name": "Unheard Fund"}
AWARD = {
    "funder_id": NSFC["id"],
    "funder_display_name": "NSFC",
    "funder_award_id": "U1530401",
    "display_name": None,
}
DE, CN, FR = (institution(n, country) for n, country in ((1, "DE"), (2, "CN"), (3, "FR")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1 is a co-author tie paid by both sides, 2 one person with both, 3 French, 4 undisclosed."""
    return run(
        tmp_path_factory.mktemp("audit"),
        work(1, authorship(DE), authorship(CN), funders=[NSFC, DFG], doi="https://doi.org/10.1/a"),
        work(2, authorship(DE, CN), awards=[AWARD], title="\u001b[31mred"),
        work(3, authorship(FR), authorship(CN), funders=[NOBODY]),
        work(4, authorship(DE)),
    ).folder


def ids(done: Done, name: str = "") -> list[str]:
    found = json.loads(done.stdout)
    return [row["work_id"] for row in (found[name] if name else found)]


@pytest.mark.parametrize(
    "cell", [("country_a=DE", "country_b=CN"), ("country_a=CN", "country_b=DE")]
)
def test_works_of_a_pair_in_either_order(folder: Path, cell: tuple[str, str]) -> None:
    assert ids(bibnet("works", folder, "country_pairs", *cell, "--json")) == ["W1", "W2"]


def test_works_of_one_country_only(folder: Path) -> None:
    asked = ("works", folder, "funding_years", "year=2020", "--json")
    assert ids(bibnet(*asked)) == ["W1", "W2", "W3", "W4"]
    assert ids(bibnet(*asked, "--country", "fr")) == ["W3"]


def test_works_are_shown_and_written(folder: Path, tmp_path: Path) -> None:
    done = bibnet("works", folder, "countries", "country=DE")
    assert "10.1/a" in done.stdout
    assert "\x1b[31m" not in done.stdout
    out = tmp_path / "works.csv"
    assert bibnet("works", folder, "countries", "country=DE", "--out", out).returncode == 0
    assert (
        out.read_text(encoding="utf-8")
        .splitlines()[0]
        .startswith("work_id,doi,title,year,venue,institutions,evidence,funders,lists,works")
    )


def test_each_work_says_what_it_rests_on(folder: Path) -> None:
    asked = ("works", folder, "country_pairs", "country_a=Germany", "country_b=China", "--json")
    found = {row["work_id"]: row for row in json.loads(bibnet(*asked).stdout)}
    assert found["W1"]["institutions"] == "Institution 1 (Germany); Institution 2 (China)"
    assert found["W1"]["evidence"] == "the source's institution"
    assert found["W1"]["funders"] == (
        "National Natural Science Foundation of China; Deutsche Forschungsgemeinschaft"
    )
    assert found["W1"]["lists"] == ""


def test_only_the_works_that_a_column_counts(folder: Path) -> None:
    asked = ("works", folder, "countries", "country=DE", "--json")
    assert ids(bibnet(*asked)) == ["W1", "W2", "W4"]
    assert ids(bibnet(*asked, "--count", "joint_works")) == ["W1", "W2"]
    assert ids(bibnet(*asked, "--count", "joint_works", "--country", "FR")) == []
    assert ids(bibnet(*asked, "count=joint_works")) == ["W1", "W2"]  # as an address of the page
    assert ids(bibnet(*asked, "count=works", "--count", "works")) == ["W1", "W2", "W4"]
    refused = bibnet(*asked, "count=works", "--count", "joint_works")
    assert refused.returncode == 2
    assert "two numbers are named: joint_works and works" in refused.stderr
    years = json.loads(bibnet(*asked).stdout)[0]["year"]
    assert ids(bibnet(*asked, "--years", str(years))) == ["W1", "W2", "W4"]
    assert ids(bibnet(*asked, "--years", f"{years + 1}-{years + 9}")) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing",), "there is no exhibit 'nothing'"),
        (("years", "country=DE"), "years has no column country to choose by"),
        (("years", "side"), "not a key with its value: 'side'"),
        (("years", "--count", "share"), "years counts no works as 'share'"),
        (("years", "year=now"), "'now' is no value of year"),
        (("years", "--years", "20x"), "'20x' is not a span of years"),
        (("years", "side=chine"), "side is perhaps one of: china"),
        (("years", "--country", "XX"), "no work of the country 'XX'"),
    ],
)
def test_what_does_not_exist_is_said(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    done = bibnet("works", folder, *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_tie_shows_kind_funders_and_strings(folder: Path) -> None:
    found = json.loads(bibnet("ties", folder, "de", "Institution 2", "--json").stdout)
    assert [
        (row["work_id"], row["coauthor"], row["dual_affiliation"]) for row in found["works"]
    ] == [
        ("W1", True, False),
        ("W2", False, True),
    ]
    assert found["facts"]["coauthor_works"] == found["facts"]["dual_affiliation_works"] == 1
    assert {
        (row["work_id"], row["end"], row["text"], row["level"]) for row in found["affiliations"]
    } == {
        ("W1", "a", "Institution 1", 1),
        ("W1", "b", "Institution 2", 1),
        ("W2", "a", "Institution 1", 1),
        ("W2", "b", "Institution 2", 1),
    }
    assert {(row["work_id"], row["funder_country"]) for row in found["funders"]} == {
        ("W1", "CN"),
        ("W1", "DE"),
        ("W2", "CN"),
    }


@pytest.mark.parametrize("ends", [("Institution 1", "I2"), ("I2", "https://openalex.org/I1")])
def test_a_tie_has_the_works_of_its_pair(folder: Path, ends: tuple[str, str]) -> None:
    listed = bibnet(
        "works", folder, "institution_pairs", "institution_a=I1", "institution_b=I2", "--json"
    )
    assert ids(bibnet("ties", folder, *ends, "--json"), "works") == ids(listed)


def test_a_unit_that_is_not_there_names_the_nearest(folder: Path) -> None:
    done = bibnet("ties", folder, "Institution 9", "DE")
    assert done.returncode == 2
    assert "the nearest: Institution 3 (I3)" in done.stderr or "Institution 1 (I1)" in done.stderr
    assert "a tie has two ends" in bibnet("ties", folder, "DE", "Germany").stderr


def test_funders_of_a_run(folder: Path, tmp_path: Path) -> None:
    found = json.loads(bibnet("funders", folder, "--json", "--out", tmp_path / "audit").stdout)
    assert found["facts"]["disclosed"] == 3
    assert found["facts"]["disclosed_share"] == 0.75
    assert {row["paid_by"]: row["joint_works"] for row in found["joint_funding"]} == {
        "china": 1,
        "china|europe": 1,
        "funders of unknown country": 1,
    }
    assert [(row["programme_id"], row["matched_text"]) for row in found["military"]] == [
        ("national-safety-academic-fund", "U1530401")
    ]
    assert [row["funder_id"] for row in found["unclassified"]] == ["F999"]
    (government,) = (row for row in found["groups"] if row["group"] == "government")
    assert (government["works"], government["share_low"], government["share_high"]) == (
        2,
        0.5,
        0.75,
    )
    names = sorted(path.name for path in (tmp_path / "audit").iterdir())
    assert names[:2] == ["audit.json", "funder_pairs.csv"]


def test_funders_of_the_works_of_one_country(folder: Path) -> None:
    found = json.loads(bibnet("funders", folder, "--country", "FR", "--json").stdout)
    assert (found["facts"]["works"], found["facts"]["disclosed"]) == (1, 1)
    assert [row["funder"] for row in found["funders"]] == ["Unheard Fund"]


def test_an_audit_is_not_written_into_a_run(folder: Path) -> None:
    done = bibnet("funders", folder, "--out", folder / "audit")
    assert done.returncode == 2
    assert "a run folder takes no further files" in done.stderr


def test_the_explorer_counts_what_the_exhibits_count(folder: Path) -> None:
    run, found = load(folder), {}
    with explorer_of(folder) as explorer:
        client = TestClient(explorer.app, base_url="http://127.0.0.1")
        for name in ("country", "institution", "topic"):
            rows = csv.DictReader(io.StringIO(client.get(f"/{name}.csv").text))
            found[name] = {r["id"]: (int(r["works"]), int(r["joint_works"])) for r in rows}
    for name, exhibit, key in (
        ("country", "countries", "country"),
        ("institution", "institutions", "institution_id"),
        ("topic", "topics", "topic_id"),
    ):
        frame = run.exhibit(exhibit).dropna(subset=[key])
        rows = zip(frame[key], frame["works"], frame["joint_works"], strict=True)
        assert found[name] == {key: (works, joint) for key, works, joint in rows}, name


def test_serve_says_what_is_wrong_in_three_parts(folder: Path, tmp_path: Path) -> None:
    with listening(0) as taken:
        port = taken.getsockname()[1]
        done = bibnet("serve", folder, "--port", port, "--no-browser")
    assert done.returncode == 2
    assert f"port {port} of 127.0.0.1 is in use" in done.stderr
    assert "give another --port" in done.stderr
    assert bibnet("serve", tmp_path, "--port", "0", "--no-browser").returncode == 11
