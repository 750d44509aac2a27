"""Which folder a harvest goes into, and which one a run takes."""

import json
from datetime import date
from pathlib import Path

from bibnet.harvest import Plan, harvest_folder, newest_complete
from bibnet.harvest.ledger import sealed
from bibnet.harvest.planning import Selection

TODAY = date(2026, 11, 21)


def plan_of(kind: str) -> Plan:
    return Plan("works", "small", (Selection("", {"type": kind}),), (2020, 2020))


ARTICLES, BOOKS = plan_of("article"), plan_of("book")


def harvested(root: Path, name: str, *, complete: bool, plan: Plan = ARTICLES) -> Path:
    """The folder of a harvest, as far as its name and state go."""
    folder = root / name
    folder.mkdir()
    (folder / "plan.json").write_text(json.dumps({"identity": plan.identity()}))
    (folder / "manifest.json").write_text(json.dumps({"complete": complete}))
    (folder / "ledger.jsonl").write_bytes(sealed({"event": "session", "credits": 1}))
    return folder


def test_a_new_harvest_has_the_day_s_name(tmp_path: Path) -> None:
    assert harvest_folder(tmp_path / "none", ARTICLES, TODAY).name == "2026-11-21"


def test_an_unfinished_harvest_is_resumed(tmp_path: Path) -> None:
    folder = harvested(tmp_path, "2026-11-10", complete=False)
    assert harvest_folder(tmp_path, ARTICLES, TODAY) == folder


def test_an_unfinished_harvest_of_another_quarter_is_not(tmp_path: Path) -> None:
    harvested(tmp_path, "2026-08-21", complete=False)
    assert harvest_folder(tmp_path, ARTICLES, TODAY).name == "2026-11-21"


def test_a_finished_harvest_of_the_day_is_not_repeated(tmp_path: Path) -> None:
    folder = harvested(tmp_path, "2026-11-21", complete=True)
    assert harvest_folder(tmp_path, ARTICLES, TODAY) == folder


def test_a_finished_harvest_of_another_day_is(tmp_path: Path) -> None:
    harvested(tmp_path, "2026-11-20", complete=True)
    assert harvest_folder(tmp_path, ARTICLES, TODAY).name == "2026-11-21"


def test_a_finished_harvest_that_is_damaged_is_resumed(tmp_path: Path) -> None:
    folder = harvested(tmp_path, "2026-11-20", complete=True)
    (folder / "ledger.jsonl").unlink()
    assert harvest_folder(tmp_path, ARTICLES, TODAY) == folder


def test_another_plan_of_the_day_gets_a_number(tmp_path: Path) -> None:
    harvested(tmp_path, "2026-11-21", complete=True)
    harvested(tmp_path, "2026-11-21-2", complete=True)
    assert harvest_folder(tmp_path, BOOKS, TODAY).name == "2026-11-21-3"


def test_the_newest_complete_harvest_is_found(tmp_path: Path) -> None:
    for number in range(1, 12):
        harvested(tmp_path, f"2026-11-20-{number}", complete=True)
    harvested(tmp_path, "2026-11-21", complete=False)
    found = newest_complete(tmp_path)
    assert found is not None
    assert found.name == "2026-11-20-11"


def test_a_harvest_of_another_plan_does_not_count(tmp_path: Path) -> None:
    harvested(tmp_path, "2026-11-20", complete=True, plan=BOOKS)
    assert newest_complete(tmp_path, ARTICLES) is None


def test_what_is_no_harvest_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "plan.json").write_text("{")
    assert newest_complete(tmp_path) is None
