"""A harvest of one year from a scripted source, and what it leaves on disk."""

import json
from pathlib import Path
from typing import Any

from scripted_source import Reply, Scripted, asking, grouped, listed

from bibnet.harvest import Harvest, Plan, harvest
from bibnet.harvest.pages import read_page
from bibnet.harvest.planning import Selection

YEAR = Plan("works", "small", (Selection("", {"type": "article"}),), (2020, 2020), text="q")
BUDGET = Reply({"error": "Rate limit exceeded", "message": "Insufficient budget."}, 429)
HUNDRED = [{"author": {"id": None}}] * 100
START = (listed(1, count=2), grouped({2020: 2}))  # what the estimate asks for


def run(script: Scripted, folder: Path, plan: Plan = YEAR, **limits: Any) -> Harvest:
    with asking(script, **limits) as source:
        return harvest(plan, folder, source, say=lambda line: None)


def ids(folder: Path) -> list[str]:
    """Last parts of all ids on disk, in the order they are read."""
    files = sorted(folder.glob("pages/*/*.gz"), key=lambda path: path.as_posix())
    return [item["id"].rpartition("/")[2] for path in files for item in read_page(path)]


def manifest(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "manifest.json").read_text()))
