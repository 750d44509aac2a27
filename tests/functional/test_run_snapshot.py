"""A run on a snapshot folder (INVENTED): its rules are counted, what is amiss is said."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from build import SIDES, authorship, institution, work, write_lines

from bibnet.query import parse_query
from bibnet.runs.open import Run, load
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request

pytestmark = pytest.mark.long

PART = "updated_date=2026-06-01/part_0000"


def snapshot_run(folder: Path, *objects: Mapping[str, Any]) -> tuple[Run, list[str]]:
    """A run over `folder`/works with the works as its only part, and what it said."""
    document = {
        "name": "snapshot",
        "question": "How entangled?",
        "works": {"ai": ["all"], "exclude": ["retracted", "paratext", "xpac"]},
        "sides": SIDES,
        "count": {"affiliations": "openalex"},
    }
    part = folder / "works" / PART
    part.parent.mkdir(parents=True, exist_ok=True)
    write_lines(part, *objects)
    said: list[str] = []
    asked = parse_query(document, path=folder / "snapshot.toml")
    request = Request(asked, (folder / "works",), folder / "outputs")
    return load(run_query(request, said.append)), said


def test_deleted_and_xpac_works_are_left_out_by_name(tmp_path: Path) -> None:
    de, cn = authorship(institution(1)), authorship(institution(2, "CN"))
    works = tmp_path / "works"
    works.mkdir()
    deleted = "work_id,deleted_date\nW2,2026-06-20\nW4,2026-01-01\n"
    (works / "deleted_ids.csv").write_text(deleted, encoding="utf-8")
    manifest = '{"entity": "works", "files": [{"url": "x/%s", "meta": {"record_count": 9}}]}'
    (works / "manifest.json").write_text(manifest % PART, encoding="utf-8")
    done, said = snapshot_run(
        tmp_path,
        work(1, de, cn, is_xpac=False),
        work(2, de, cn),
        work(3, de, is_xpac=True),
        work(4, de),  # deleted in January, changed in February: the source shows it again
    )
    assert done.manifest["counts"]["excluded"] == {"deleted": 1, "xpac": 1}
    assert done.table("work")["work_id"].tolist() == ["W1", "W4"]
    issue = f"manifest.json: {PART} has 4 lines, 9 records announced"
    assert done.manifest["reading"]["snapshot_issues"] == [issue]
    assert f"warning: {issue}" in said
    assert f"Snapshot: {issue}" in done.manifest["notes"]


def test_another_list_of_deleted_works_is_another_run(tmp_path: Path) -> None:
    one, _ = snapshot_run(tmp_path, work(1, authorship(institution(1))))
    text = "work_id,deleted_date\nW9,2026-06-20\n"
    (tmp_path / "works" / "deleted_ids.csv").write_text(text, encoding="utf-8")
    other, _ = snapshot_run(tmp_path, work(1, authorship(institution(1))))
    assert one.manifest["run"] != other.manifest["run"]
