"""Keys that part works into portions of one size."""

from pathlib import Path

import pytest
from build import tables

from bibnet.schema import Table
from bibnet.schema.column import integer
from bibnet.storage import progress
from bibnet.storage.engine import open_engine
from bibnet.storage.unfinished import UnfinishedRun
from bibnet.tables import stage


@pytest.mark.parametrize(
    ("at_once", "bounds"), [(5, ()), (4, (90,)), (2, (7, 90)), (1, (5, 7, 30, 90))]
)
def test_portions_of_five_works(
    at_once: int, bounds: tuple[int, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "WORKS_AT_ONCE", at_once)
    keys = [90, 3, 30, 7, 5]
    engine = open_engine(tmp_path)
    run = UnfinishedRun(tmp_path, engine, lambda line: None)
    run.tables |= tables(work=[{"work_key": key, "work_id": f"W{key}"} for key in keys])
    assert stage._bounds(run, len(keys)) == bounds
    engine.close()


def test_parts_are_counted_as_they_are_made_and_stages_by_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "STATUS_SECONDS", -1)  # every part is shown
    said: list[str] = []
    engine = open_engine(tmp_path)
    run = UnfinishedRun(tmp_path, engine, said.append, said.append, stages=("read", "tag"))
    run.work_bounds = (7, 90)
    run.tables |= tables(work=[{"work_key": key, "work_id": f"W{key}"} for key in (3, 7, 90)])
    table = Table("found", "F.", (integer("work_key", "n"),), ("work_key",))
    with run.stage("tag"):
        run.write(run.tables["work"], table, folder=".")
        run.step("the last tag")
    engine.close()
    assert said[0] == "tag ... (stage 2 of 2)"
    assert [text.partition(" parts")[0] for text in said[1:4]] == ["1 of 3", "2 of 3", "3 of 3"]
    assert all(" of found" in text for text in said[1:4])
    assert said[4] == "tag: the last tag ... (stage 2 of 2)"
