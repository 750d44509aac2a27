"""What a harvest refuses or stops at: estimates, limits, other plans, disks, changed plans."""

import errno
from pathlib import Path

import pytest
from scripted_source import asking, grouped, listed, scripted
from small_harvest import START, YEAR, ids, manifest, run

from bibnet.harvest import Plan, disk, harvest, pages
from bibnet.harvest.disk import only_harvest
from bibnet.harvest.planning import Selection
from bibnet.schema.errors import BudgetError, SourceError, UsageError

pytestmark = pytest.mark.usefixtures("loopback")


def test_an_estimate_above_the_limit_fetches_no_page(tmp_path: Path) -> None:
    with (
        scripted(listed(1, count=9000), grouped({2020: 9000})) as script,
        pytest.raises(UsageError, match="9,000 works, 90 pages, 90 credits"),
    ):
        run(script, tmp_path, max_cost=0.005)
    assert len(script.paths) == 2


def test_the_running_limit_stops_and_stays(tmp_path: Path) -> None:
    many = [listed(*range(n, n + 100), count=400, following=f"c{n}") for n in (0, 100, 200)]
    with (
        scripted(listed(1, count=2), grouped({2020: 2}), *many) as script,
        pytest.raises(BudgetError, match="cost limit"),
    ):
        run(script, tmp_path, max_cost=0.0004)
    assert manifest(tmp_path)["credits"] == 4


def test_the_estimate_is_said_before_the_first_page(tmp_path: Path) -> None:
    said: list[str] = []
    with scripted(*START) as script, asking(script) as source, pytest.raises(SourceError):
        harvest(YEAR, tmp_path, source, say=said.append)
    assert said == ["estimate: 2 works, 1 pages, 1 credits (0.0001 USD)"]


def test_the_folder_of_another_plan_is_refused(tmp_path: Path) -> None:
    with scripted(*START, listed(1, 2, count=2)) as script:
        run(script, tmp_path)
        other = Plan("works", "small", (Selection("", {"type": "book"}),), (2020, 2020))
        with pytest.raises(UsageError, match="another harvest"):
            run(script, tmp_path, other)


def test_two_harvests_into_one_folder_are_refused(tmp_path: Path) -> None:
    with (
        scripted() as script,
        only_harvest(tmp_path),
        pytest.raises(UsageError, match="another harvest is writing"),
    ):
        run(script, tmp_path)


def test_a_full_disk_is_an_error_and_resumable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with scripted(*START, listed(1, 2, count=2), listed(1, 2, count=2)) as script:
        with monkeypatch.context() as patch, pytest.raises(UsageError, match="No space left"):
            patch.setattr(pages, "write_whole", full)
            run(script, tmp_path)
        assert run(script, tmp_path).complete
    assert ids(tmp_path) == ["W1", "W2"]


def test_a_full_disk_leaves_no_unfinished_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        disk.write_whole(tmp_path / "page", b"text")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with scripted() as script, pytest.raises(UsageError, match="cannot write the harvest"):
        run(script, tmp_path / "file" / "below")


def test_a_lost_plan_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl").write_text("")
    with scripted() as script, pytest.raises(UsageError, match="lost its plan"):
        run(script, tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', "\x00"])
def test_a_plan_changed_by_hand_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "plan.json").write_text(text)
    with scripted() as script, pytest.raises(UsageError):
        run(script, tmp_path)
