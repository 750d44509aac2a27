"""The long form of the harvest's proof: kills and faults, with figures.

    python tests/benchmarks/harvest_loop.py --kills 200 --kill-works 3000 --works 20000

A round of kills: a harvest in a process of its own is killed (SIGKILL) at a random
moment, one to three times, then run to its end. A round of faults: a harvest with one
kind of fault at a random rate up to 20 % of the requests, and one with all kinds that
pass at once. Every round must give the works of an undisturbed harvest.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from harvest_rounds import (
    SLOW_SECONDS,
    Nursery,
    Result,
    bring_all,
    nurse,
    result,
)

from bibnet.harvest.sandbox.faults import DAMAGES, LAPSES, OWN_ANSWERS, Faults
from bibnet.harvest.sandbox.server import Settings, serve
from bibnet.harvest.sandbox.world import World, build_world

HIGHEST_RATE = 0.2
PASSING_TOGETHER = 0.2  # all passing kinds that exclude each other, in sum
STOPPING = {"budget_spent", "plan_upgrade", "http_401"}  # the harvest ends and is run again
CHANGES_CONTENT = {"drift"}  # citation counts differ, so only the ids are compared
PLENTY = Settings(daily_credits=10**9)


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@dataclass
class Kills:
    """What came of the rounds of kills, added up.

    `rounds` are harvests killed at work at least once, `sent` the SIGKILLs sent to them,
    `hits` those that found one at work.
    """

    rounds: int = 0
    sent: int = 0
    hits: int = 0
    lost: int = 0
    duplicated: int = 0

    def add(self, struck: "Kills", found: Result, world: World) -> None:
        """Take up a round."""
        self.rounds += 1
        self.sent += struck.sent
        self.hits += struck.hits
        self.lost += len(found.lost(world))
        self.duplicated += found.duplicated


def strike(harvest: Callable[[float], bool], whole: float, chance: random.Random) -> Kills:
    """Kill a harvest at one to three random moments; `harvest` says whether it came to its end."""
    moments = [chance.uniform(0, whole) for _ in range(chance.randint(1, 3))]
    return Kills(sent=len(moments), hits=sum(not harvest(after) for after in moments))


def kill_rounds(world: World, rounds: int, chance: random.Random, folder: Path) -> Kills:
    """Harvests that were each killed at work at least once, and then run to their end."""
    kills, number = Kills(), 0
    with serve(world, settings=PLENTY) as server, Nursery() as nursery:
        _, whole = nursery.harvest(server.url, folder / "undisturbed")
        while kills.rounds < rounds:
            place, number = folder / f"kill-{number}", number + 1
            harvest = partial(nursery.harvest, server.url, place)
            struck = strike(lambda after, run=harvest: run(after)[0], whole, chance)
            if not struck.hits:
                continue  # every kill came too late
            bring_all(server.url, place)
            kills.add(struck, result(place), world)
        assert server.requests.mistakes == []
    say(f"kills of harvests of {len(world.works):,} works ({whole:.1f} s each): {kills}")
    return kills


def mixes(chance: random.Random, seed: int) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Every kind of fault alone at a random rate, then all that pass together."""
    for name in (*OWN_ANSWERS, *DAMAGES, *LAPSES):
        yield name, {name: round(chance.uniform(0.02, HIGHEST_RATE), 3)}
    passing = [name for name in (*OWN_ANSWERS, *DAMAGES) if name not in STOPPING]
    shares = [chance.random() for _ in passing]
    parts = {n: PASSING_TOGETHER * s / sum(shares) for n, s in zip(passing, shares, strict=True)}
    yield "all together", {**parts, **dict.fromkeys(LAPSES, 0.1)}


def fault_round(
    world: World, rates: Mapping[str, float], seed: int, folder: Path
) -> tuple[Result, str]:
    """A harvest with faults, and how it went."""
    faults = Faults(**rates, slow_seconds=SLOW_SECONDS, seed=seed)  # type: ignore[arg-type]
    started = time.perf_counter()
    with serve(world, faults, settings=PLENTY) as server:
        sessions = bring_all(server.url, folder, seed)
        asked, hit = len(server.requests), sum(server.requests.by_fault.values())
        assert server.requests.mistakes == []
    seconds = time.perf_counter() - started
    return result(folder), f"{asked} requests, {hit} faulty, {sessions} sessions, {seconds:.1f} s"


def fault_rounds(world: World, chance: random.Random, seed: int, folder: Path) -> int:
    """Number of rounds whose works differ from those of a harvest without faults."""
    plain, how = fault_round(world, {}, seed, folder / "plain")
    say(f"no faults: {len(plain.works):,} works, {how}; lost {len(plain.lost(world))}")
    differing = 0
    for number, (name, rates) in enumerate(mixes(chance, seed)):
        found, how = fault_round(world, rates, seed + number, folder / f"faults-{number}")
        drifts = bool(CHANGES_CONTENT & set(rates))
        same = set(found.works) == set(plain.works) and (drifts or found.works == plain.works)
        differing += not same
        rate = f"{sum(rates.values()):.1%}"
        say(f"{name} ({rate}): {how}; {'same works' if same else 'WORKS DIFFER'}")
    return differing


def main() -> int:
    """Run all rounds; 1 if any work was lost, duplicated or different."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=200, help="harvests to kill")
    options.add_argument("--kill-works", type=int, default=3000, help="works of each")
    options.add_argument(
        "--works", type=int, default=20_000, help="works of a fault round; 0: none"
    )
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    chance = random.Random(given.seed)
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.kills:
            world = build_world(given.seed, given.kill_works)
            kills = kill_rounds(world, given.kills, chance, folder)
            failed += kills.lost + kills.duplicated
        if given.works:
            world = build_world(given.seed, given.works)
            failed += fault_rounds(world, chance, given.seed, folder)
    say("nothing lost, nothing twice, nothing different" if not failed else f"FAILED: {failed}")
    return int(bool(failed))


if __name__ == "__main__":
    if sys.argv[1:2] == ["nursery"]:
        nurse()
    else:
        sys.exit(main())
