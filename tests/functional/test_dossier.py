"""`dossier`: one institution, its works with listed bodies, and no person anywhere."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from build import authorship, institution, work
from command_line import bibnet
from runs import run

import bibnet as bibnet_run
from bibnet.reference import load

PERSON, MAIL, ORCID = "Mallory Quarzol", "mallory@quarzol.example", "0000-0002-1825-0097"
LISTED = next(
    row for row in load.rows("defence_institutions") if row["category"] == "pla" and row["ror"]
)
BODY = institution(9, "CN", ror=f"https://ror.org/{LISTED['ror']}", display_name=LISTED["name"])
OWN, OTHER = institution(1), institution(2, "FR")
TOPIC = {"id": "https://openalex.org/T10028", "display_name": "Face recognition", "score": 0.9}


def named(*institutions: dict[str, Any]) -> dict[str, Any]:
    """An authorship of somebody whose name stands wherever the source has a name."""
    found = authorship(*institutions)
    found["author"] = {"id": "https://openalex.org/A7", "display_name": PERSON, "orcid": ORCID}
    found["raw_author_name"] = PERSON
    for one in found["affiliations"]:
        one["raw_affiliation_string"] += f", {MAIL}, {ORCID}"
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fund = {"id": "https://openalex.org/F4320320879", "display_name": "DFG"}
    face = {
        "publication_year": 2025,
        "title": "Gait recognition of <b>crowds</b>",
        "primary_topic": TOPIC,
        "topics": [TOPIC],
    }
    return run(
        tmp_path_factory.mktemp("dossier"),
        work(1, named(OWN), named(BODY), funders=[fund], doi="https://doi.org/10.1/a", **face),
        work(2, named(OWN), named(BODY), publication_year=1990),
        work(3, named(OWN), named(OTHER)),
        work(4, named(OTHER), named(BODY)),
    ).folder


@pytest.fixture(scope="module")
def record(folder: Path) -> dict[str, Any]:
    done = bibnet("dossier", folder, "I1", "--json")
    assert done.returncode == 0
    return json.loads(done.stdout)


def test_numbers_of_the_institution(record: dict[str, Any]) -> None:
    names = ("works", "joint_works", "works_with_listed_bodies", "works_with_bodies_listed_then")
    assert [record["facts"][name] for name in names] == [3, 2, 2, 1]


def test_works_with_listed_bodies_are_the_same_by_command_and_in_python(folder: Path) -> None:
    asked = ("works", folder, "country_pairs", "country_a=DE", "country_b=CN", "--on-lists")
    found = [row["work_id"] for row in json.loads(bibnet(*asked, "--json").stdout)]
    chosen = bibnet_run.load(folder).works("institutions", institution_id="I1", on_lists=True)
    assert sorted(found) == sorted(chosen["work_id"]) == ["W1", "W2"]
    late = bibnet(*asked, "--years", "2025", "--json")
    assert [row["work_id"] for row in json.loads(late.stdout)] == ["W1"]


def test_every_line_names_its_works(record: dict[str, Any]) -> None:
    (body,) = record["listed_bodies"]
    assert (body["entry_id"], body["works"], body["work_ids"]) == (LISTED["entry_id"], 2, "W1|W2")
    assert (body["works_then"], body["works_since"]) == (1, 1)
    assert {row["list"] for row in record["by_list"]} == set(LISTED["lists"].split("|"))
    assert [(row["funder"], row["work_ids"]) for row in record["by_funder"]] == [
        ("Deutsche Forschungsgemeinschaft", "W1")
    ]
    assert [(row["topic_id"], row["work_ids"]) for row in record["by_topic"]] == [("T10028", "W1")]
    assert [(row["year"], row["works"]) for row in record["by_year"]] == [(1990, 1), (2025, 1)]


def test_every_flag_has_string_level_and_rule(record: dict[str, Any]) -> None:
    rows = [
        (row["work_id"], row["rule"], row["level"], row["placed_by"], row["listed"])
        for row in record["listed_evidence"]
    ]
    assert rows == [
        ("W2", "identifier", 1, "source_institution", "since"),
        ("W1", "identifier", 1, "source_institution", "then"),
    ]
    assert {row["partner_id"]: row["works"] for row in record["ties"]} == {"I9": 2, "I2": 1}


def test_no_person_is_named_in_any_form(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "dossier"
    shown = bibnet("dossier", folder, "I1", "--out", out).stdout
    texts = [shown, bibnet("dossier", folder, "I1").stdout]
    texts += [path.read_text(encoding="utf-8") for path in out.iterdir()]
    for secret in (PERSON, "Quarzol", MAIL, ORCID, "A7"):
        assert [text for text in texts if re.search(rf"\b{re.escape(secret)}\b", text)] == []


def test_the_page_says_first_what_a_flag_is_and_is_not(folder: Path, tmp_path: Path) -> None:
    bibnet("dossier", folder, "Institution 1", "--out", tmp_path)
    page = (tmp_path / "dossier.html").read_text(encoding="utf-8")
    assert (
        page.index("What a flag is not")
        < page.index("In numbers")
        < page.index('<h2 id="h-listed-bodies"')
    )
    assert "<script" not in page
    assert "<b>crowds</b>" not in page
    assert "&lt;b&gt;crowds&lt;/b&gt;" in page
    targets = set(re.findall(r'href="#(w-[^"]+)"', page))
    assert targets == {"w-W1", "w-W2"} <= set(re.findall(r'id="(w-[^"]+)"', page))


def test_the_same_dossier_has_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        bibnet("dossier", folder, "I1", "--out", tmp_path / name)
    files = [path.name for path in (tmp_path / "a").iterdir()]
    assert [(tmp_path / "a" / name).read_bytes() for name in files] == [
        (tmp_path / "b" / name).read_bytes() for name in files
    ]


def test_an_institution_that_is_not_there_names_the_nearest(folder: Path) -> None:
    done = bibnet("dossier", folder, "Institution 3")
    assert done.returncode == 2
    assert "the run has no institution 'Institution 3'" in done.stderr
    assert "Institution 1 (I1)" in done.stderr
