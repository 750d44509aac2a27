"""Keys that part works into portions of one size."""

from pathlib import Path

import pytest
from build import tables

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
