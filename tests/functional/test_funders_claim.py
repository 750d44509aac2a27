"""`funders --claim` on a run: a planted rise, one that a new venue makes, and bad claims."""

import json
from pathlib import Path
from typing import Any

import pytest
from build import authorship, institution, work
from command_line import bibnet
from runs import run

pytestmark = pytest.mark.long

DE = authorship(institution(1))
FIRST, LAST = 2018, 2022
FUNDERS = {name: {"id": f"https://openalex.org/F9{at}", "display_name": name} for at, name in
           enumerate(("Riser", "Newcomer", "Steady"))}  # fmt: skip


def paid(number: int, year: int, venue: str, *names: str) -> dict[str, Any]:
    """A work of a venue that names funders."""
    place = {"source": {"id": "https://openalex.org/S1", "display_name": venue}}
    funders = [FUNDERS[name] for name in names]
    return work(number, DE, publication_year=year, primary_location=place, funders=funders)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Old venue: Riser 10 -> 40 of 100, Newcomer 10 of 100; the new one names Newcomer only."""
    works, number = [], 0
    for year, riser in ((FIRST, 10), (LAST, 40)):
        for at in range(100):
            number += 1
            names = ["Steady", *["Riser"] * (at < riser), *["Newcomer"] * (at >= 90)]
            works.append(paid(number, year, "Old", *names))
    works += [paid(1_000 + at, LAST, "New", "Newcomer") for at in range(100)]
    return run(tmp_path_factory.mktemp("claim"), *works).folder


def verdict(folder: Path, claim: str) -> dict[str, Any]:
    done = bibnet("funders", folder, "--claim", claim, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_real_rise_survives_and_an_added_source_makes_an_artefact(folder: Path) -> None:
    real, made = (verdict(folder, f"{name} rose {FIRST} {LAST}") for name in ("Riser", "newcomer"))
    assert real["facts"]["verdict"] == "survives"
    assert made["facts"]["verdict"] == "coverage artefact"
    assert [row["share_of_disclosed"] for row in made["shares"]] == [0.1, 0.55]
    assert [row["constant_share"] for row in made["shares"]] == [0.1, 0.1]
    assert made["facts"]["venues_disclosing_in_both_years"] == 1
    assert made["source_events"]


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("Raiser rose 2018 2022", "nearest: Riser (F90)"),
        ("Riser rose 2018 2021", "years with works: 2018, 2022"),
        ("Riser doubled", "not a claim"),
    ],
)
def test_a_claim_that_cannot_be_judged_is_said(folder: Path, claim: str, said: str) -> None:
    done = bibnet("funders", folder, "--claim", claim)
    assert done.returncode == 2
    assert said in done.stderr


def test_joint_works_that_are_not_there_are_said(folder: Path) -> None:
    done = bibnet("funders", folder, "--claim", "share of joint works Riser rose 2018 2022")
    assert "no work of 2018" in done.stderr


def test_the_country_of_the_works_is_given_by_code_or_name(folder: Path) -> None:
    by_code, by_name = (
        json.loads(bibnet("funders", folder, "--country", country, "--json").stdout)
        for country in ("DE", "germany")
    )
    assert by_code == by_name
    assert "with an institution in DE" in json.dumps(by_name)
    done = bibnet("funders", folder, "--country", "France")
    assert (done.returncode, "no work of the country 'France'" in done.stderr) == (2, True)
