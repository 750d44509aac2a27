"""`python -m tests.benchmarks [--quick] [--rounds N] [NAME ...]`: what bibnet costs here.

Every row alternates bibnet with its yardstick, floor or rival in each round and prints ratios as
least / middle / greatest, seconds and peak memory. `--quick` prints the rows that fit into less
than a minute; rows of many minutes are measured where they are named. Ends with 1 where a row
falls short. Results also go, as JSON, into the user's
cache folder.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from measuring import Cost, spread
from rows import ROWS, Row, missing

from bibnet.storage.cache import cache_home

ROUNDS, QUICK_ROUNDS = 5, 2


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def measured(row: Row, rounds: int) -> list[tuple[Cost, Cost]]:
    """Costs of bibnet and of the other, round by round, each round in the same folder."""
    with tempfile.TemporaryDirectory(prefix="bibnet-benchmark-") as name:
        folder = Path(name)
        return [(row.ours(folder), row.other(folder)) for _ in range(rounds)]


def shortfalls(row: Row, found: list[tuple[Cost, Cost]]) -> list[str]:
    """What of its bounds a row does not keep, by its middle round."""
    ours = spread([getattr(one, row.measure) for one, _ in found]).middle
    ratio = spread([getattr(a, row.measure) / getattr(b, row.measure) for a, b in found]).middle
    peak = max(one.megabytes for one, _ in found)
    memory = peak / max(1, *(one.megabytes for _, one in found))
    bounds = (("ratio", ratio, row.most), ("seconds", ours, row.seconds),
              ("megabytes", peak, row.megabytes), ("memory", memory, row.most_memory))  # fmt: skip
    return [f"{what} {is_:.3g} > {most:.3g}" for what, is_, most in bounds if most and is_ > most]


def shown(row: Row, found: list[tuple[Cost, Cost]]) -> str:
    """A row as a line of the table."""
    ratio = spread([getattr(a, row.measure) / getattr(b, row.measure) for a, b in found])
    cpu, wall = spread([a.cpu for a, _ in found]), spread([a.wall for a, _ in found])
    peak = max(a.megabytes for a, _ in found)
    short = "; ".join(shortfalls(row, found)) or "kept"
    cells = (row.name, f"{ratio} of the {row.other_name} ({row.measure})", str(cpu), str(wall))
    return f"| {' | '.join(cells)} | {peak:.0f} | {short} |"


def arguments() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    options.add_argument("names", nargs="*", metavar="NAME", help=", ".join(r.name for r in ROWS))
    options.add_argument("--quick", action="store_true", help="the rows that fit into a minute")
    options.add_argument("--rounds", type=int, default=0)
    return options.parse_args()


def main() -> None:
    given = arguments()
    rows = [row for row in ROWS if row.name in given.names or not (given.names or row.long)]
    rows = [row for row in rows if row.quick] if given.quick else rows
    rounds = given.rounds or (QUICK_ROUNDS if given.quick else ROUNDS)
    load = os.getloadavg()[0]
    say(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, load {load}")
    say("| what | ratio | CPU s | wall s | MB | bounds |\n|---|---|---|---|---|---|")
    results, failed = [], False
    for row in rows:
        if absent := missing(row):
            say(f"| {row.name} | left out: {absent} is not there | | | | |")
            continue
        found = measured(row, rounds)
        say(shown(row, found))
        failed |= bool(shortfalls(row, found))
        results.append({"name": row.name, "rounds": [[asdict(a), asdict(b)] for a, b in found]})
    kept = cache_home() / "benchmarks" / f"{datetime.now(UTC):%Y%m%dT%H%M%S}.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps({"load": load, "rows": results}, indent=1))
    sys.exit(failed)


main()
