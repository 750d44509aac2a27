"""The short form of the harvest's proof (the long one: tests/benchmarks/harvest_loop.py)."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from harvest_rounds import SLOW_SECONDS, Nursery, Result, bring, bring_all, result

from bibnet.harvest.sandbox.faults import DAMAGES, LAPSES, OWN_ANSWERS, Faults
from bibnet.harvest.sandbox.server import Server, Settings, serve
from bibnet.harvest.sandbox.world import World, build_world
from bibnet.schema.errors import BudgetError

pytestmark = pytest.mark.usefixtures("loopback")
WORKS, KILLS, RATE = 600, 3, 0.15
SLOW_RATE = 0.05  # each costs a second
KINDS = [name for name in (*OWN_ANSWERS, *DAMAGES, *LAPSES) if name != "drift"]


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(3, WORKS)


@pytest.fixture(scope="module")
def plain(world: World, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """What comes from a source without faults."""
    return faulty(world, tmp_path_factory.mktemp("plain"))


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    with serve(world) as running:
        yield running


def faulty(world: World, folder: Path, **rates: float) -> Result:
    """What comes from a source with faults."""
    faults = Faults(**rates, slow_seconds=SLOW_SECONDS, seed=5)  # type: ignore[arg-type]
    with serve(world, faults) as server:
        bring_all(server.url, folder)
        assert server.requests.mistakes == []
    return result(folder)


def test_killed_at_random_moments_nothing_is_lost_or_twice(
    server: Server, world: World, tmp_path: Path
) -> None:
    chance = random.Random(7)
    with Nursery() as nursery:
        _, whole = nursery.harvest(server.url, tmp_path / "whole")
        for number in range(KILLS):
            folder = tmp_path / str(number)
            nursery.harvest(server.url, folder, chance.uniform(0, whole))
            ended, _ = nursery.harvest(server.url, folder)
            found = result(folder)
            assert (ended, found.lost(world), found.duplicated) == (True, set(), 0)


# One of each family in the short tests: the source's own answers, damages, lapses.
SHORT = {next(iter(family)) for family in (OWN_ANSWERS, DAMAGES, LAPSES)}


@pytest.mark.parametrize(
    "kind", [pytest.param(k, marks=[] if k in SHORT else [pytest.mark.long]) for k in KINDS]
)
def test_a_fault_changes_nothing_in_what_comes(
    kind: str, world: World, plain: Result, tmp_path: Path
) -> None:
    found = faulty(world, tmp_path, **{kind: SLOW_RATE if kind == "slow" else RATE})
    assert found.works == plain.works
    assert found.lost(world) == set()


def test_drifting_citations_lose_no_work(world: World, tmp_path: Path) -> None:
    assert faulty(world, tmp_path, drift=1.0).lost(world) == set()


def test_both_ends_of_a_cursor_bring_everything(world: World, tmp_path: Path) -> None:
    with serve(world, settings=Settings(cursor_end="empty")) as server:
        bring_all(server.url, tmp_path)
    found = result(tmp_path)
    assert (found.lost(world), found.duplicated) == (set(), 0)


def test_a_day_s_budget_is_spent_and_the_next_day_goes_on(world: World, tmp_path: Path) -> None:
    for _ in range(20):  # each server is a new day with 3 credits
        with serve(world, settings=Settings(daily_credits=3)) as server:
            try:
                bring(server.url, tmp_path)
            except BudgetError as error:
                assert "run it again after" in str(error)
                continue
            break
    assert result(tmp_path).lost(world) == set()
