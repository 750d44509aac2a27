"""Inputs of public reports that failed: what comes of each now. Kept beside the repository."""

import json
from pathlib import Path
from typing import Any

import pytest
from build import SMALL_QUERY
from command_line import Done, bibnet

pytestmark = pytest.mark.real
ALL = SMALL_QUERY.replace('["DE", "FR"]', '"europe_merics"')


@pytest.fixture
def cases(shared_data: Path) -> Path:
    return shared_data / "cases"


def ran(folder: Path, works: Path, *more: str) -> tuple[Done, dict[str, Any]]:
    """A run over a case, and its manifest (empty where there is no run)."""
    (folder / "small.toml").write_text(ALL, encoding="utf-8")
    asked = ("run", "small.toml", "--works", works, "--affiliations", "openalex", *more)
    done = bibnet(*asked, cwd=folder)
    assert "Traceback" not in done.stderr
    manifest = folder / done.stdout.strip() / "manifest.json"
    return done, json.loads(manifest.read_text("utf-8")) if done.stdout else {}


def test_openalex_r_is_read(cases: Path, tmp_path: Path) -> None:
    done, manifest = ran(tmp_path, cases / "15-openalexr-json" / "openalexR1.json")
    assert manifest["counts"]["works_kept"] == 3
    assert manifest["places"]["levels"]["1"] == 6
    assert "warning" not in done.stderr


def test_lines_set_aside_are_said(cases: Path, tmp_path: Path) -> None:
    done, manifest = ran(tmp_path, cases / "16-lines-set-aside" / "latin1.jsonl")
    [said] = [line for line in done.stderr.splitlines() if line.startswith("warning")]
    assert "hold no work that can be read" in said and "invalid_utf8" in said
    assert said.removeprefix("warning: ") in manifest["warnings"]


@pytest.mark.parametrize("name", ["scopus.csv", "savedrecs.txt", "openalex_web.csv"])
def test_other_formats_are_read(name: str, cases: Path, tmp_path: Path) -> None:
    more = () if name.startswith("openalex") else ("--affiliations", "resolve")
    _, manifest = ran(tmp_path, cases / "17-other-formats" / name, *more)
    assert manifest["counts"]["works_kept"] == 1
    countries = (tmp_path / "outputs" / "small").glob("*/exhibits/country_pairs.csv")
    assert [path.read_text().splitlines()[1].split(",")[:3] for path in countries] == [
        ["CH", "CN", "1"]
    ]


def test_bibtex_is_named_with_what_to_export(cases: Path, tmp_path: Path) -> None:
    done, _ = ran(tmp_path, cases / "17-other-formats" / "refs.bib")
    assert done.returncode == 11
    assert "bibtex_not_read 1" in done.stderr
    assert "export CSV (Scopus, Dimensions)" in done.stderr


def test_pages_of_pyalex_are_read(cases: Path, tmp_path: Path) -> None:
    _, manifest = ran(tmp_path, cases / "18-pyalex-pages" / "pages.json")
    pages = json.loads((cases / "18-pyalex-pages" / "pages.json").read_text("utf-8"))
    assert manifest["counts"]["lines"] == sum(map(len, pages))
    assert manifest["counts"]["quarantined"] == 0


def test_one_paper_under_two_ids_is_listed(cases: Path, tmp_path: Path) -> None:
    _, manifest = ran(tmp_path, cases / "19-same-doi-and-preprint-counted-twice" / "input.jsonl")
    assert manifest["same_papers"]["pairs"] == {"doi": 1, "title": 1}
    [exhibit] = (tmp_path / "outputs" / "small").glob("*/exhibits/duplicates.csv")
    assert [row.split(",")[:3] for row in exhibit.read_text().splitlines()[1:]] == [
        ["W2", "W3", "title"],
        ["W4", "W5", "doi"],
    ]


def test_years_that_cannot_be(cases: Path, tmp_path: Path) -> None:
    done, manifest = ran(tmp_path, cases / "20-year-0-and-2050" / "input.jsonl")
    assert manifest["counts"]["excluded"] == {"implausible_year": 1, "no_year": 1}
    assert "after 2026" in done.stderr
