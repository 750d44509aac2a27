"""`bibnet demo`, the README's first command: harvested, computed, verified, marked INVENTED."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import bibnet
from told_works import ToldWorks

from bibnet import load


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "bibnet", "demo"]
    environment = {name: value for name, value in os.environ.items() if name != "OPENALEX_API_KEY"}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.strip()


def test_the_demo_is_a_verified_run_of_a_complete_harvest(landed: Path) -> None:
    command = [sys.executable, "-m", "bibnet", "verify", str(landed)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    manifest = json.loads((landed / "manifest.json").read_text(encoding="utf-8"))
    harvest = manifest["source"]["harvest"]
    assert harvest["complete"] is True
    assert harvest["announced"] == harvest["received"] == harvest["distinct"] > 1000
    assert manifest["counts"]["works_kept"] > 1000
    assert landed.name.startswith(manifest["source"]["date"])


def test_everything_says_invented(landed: Path) -> None:
    assert "INVENTED" in (landed / "report.html").read_text(encoding="utf-8")
    assert "INVENTED" in (landed / "exhibits" / "INVENTED.txt").read_text(encoding="utf-8")
    figures = sorted((landed / "figures").glob("*.svg"))
    assert figures
    assert [path.name for path in figures if "INVENTED" not in path.read_text("utf-8")] == []
    names = (landed / "exhibits" / "institutions.csv").read_text(encoding="utf-8").splitlines()
    assert [row for row in names[1:] if "Invented" not in row] == []


def test_every_number_of_works_on_every_page_opens_as_many_works(landed: Path) -> None:
    told = ToldWorks(landed)
    assert told.links() > 8_000
    assert told.faults() == []


def test_provinces_funders_companies_and_chinese_script_are_shown(landed: Path) -> None:
    demo = load(landed)
    hubs = demo.exhibit("hubs").query("country == 'CN' and unit == 'province'")
    assert hubs["province"].dropna().str.startswith("Invented").all()
    assert hubs["province"].nunique() == 5
    funding = demo.exhibit("funding")
    types = {"university", "company", "other", "ministry", "talent", "military_programme"}
    assert types <= set(funding["funder_type"])
    programmes = demo.exhibit("programmes")
    assert set(programmes["kind"]) == {"research_programme", "talent", "military_programme"}
    assert programmes["programme"].str.startswith("Invented").all()
    assert programmes["joint_works"].gt(0).any()
    assert {"CN", "DE", "GB"} <= set(funding["funder_country"].dropna())
    assert len(demo.exhibit("companies")) > 10
    texts = demo.table("located_string")["text"]
    assert texts.str.startswith("虚构").sum() > 20


def test_listed_bodies_and_sensitive_works_are_shown_and_invented(landed: Path) -> None:
    demo = load(landed)
    listed = demo.exhibit("defence")
    assert len(listed) == 8
    assert set(listed["kind"]) == {"defence", "security", "listed"}
    assert listed["lists"].str.contains("INVENTED").all()
    assert listed[["works_then", "works_since", "works_until"]].sum().gt(0).all()
    assert len(demo.exhibit("sensitive_works")) > 20
    lists = {row["name"]: row for row in demo.manifest["references"]}
    assert lists["defence_institutions"]["publisher"].startswith("INVENTED")
    assert not lists["keywords"]["publisher"].startswith("INVENTED")
    (works,) = {row.works for row in listed.itertuples() if row.entry_id == listed.entry_id[0]}
    assert len(demo.works("defence", entry_id=listed["entry_id"][0])) == works


def test_no_key_is_written_anywhere(landed: Path) -> None:
    kinds = (".json", ".jsonl")
    texts = [p.read_text("utf-8") for p in landed.parent.rglob("*") if p.suffix in kinds]
    assert texts
    assert not any("api_key" in text or "Bearer" in text for text in texts)


@pytest.mark.long
@pytest.mark.usefixtures("loopback")
def test_the_quarter_before_is_an_earlier_state_to_compare_with(tmp_path: Path) -> None:
    done = bibnet("demo", "--previous", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    older, newer = sorted((tmp_path / "demo").glob("2*"), key=lambda folder: folder.name)
    assert done.stdout.strip() == str(newer)
    assert f"the quarter before: {older}" in done.stderr
    change = json.loads(bibnet("compare", older, newer, "--json").stdout)
    works = {
        (row["part"], row["side"]): row["change"]
        for row in change["changes"]
        if row["number"] == "works"
    }
    assert works["all", "all"] == works["new", "all"] + works["added_late", "all"] > 0
