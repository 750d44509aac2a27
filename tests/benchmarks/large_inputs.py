"""What files made to fill the memory cost: lines without an end, and a hundred million empty ones.

    python tests/benchmarks/large_inputs.py [--megabytes 1000] [--lines 100000000]

Edge lists of one line of a thousand megabytes (a name, a weight, what stands behind the third
column, a quotation mark that is never closed, a header) go through `bibnet centrality --edges`;
a compressed file of empty lines goes through `bibnet run`. Prints a table: exit code, seconds,
megabytes at the peak, and whether the bounds hold. Ends with 1 where one does not.
"""

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from build import SMALL_QUERY

MEGABYTE = 1 << 20
BLOCK = b"a" * MEGABYTE
HEADER, END = b"a,b,weight\n", b"\n"
# Of memory, whatever the size of the input: an edge list takes a fifth of it, a run of a hundred
# million empty lines as much as one of three hundred million.
MOST_MEGABYTES = 1200
READ, NOTHING_KEPT = 0, 11


@dataclass(frozen=True)
class Row:
    """What a command took: its exit code, seconds, megabytes at its peak."""

    kind: str
    code: int
    seconds: float
    megabytes: float
    said: str

    @property
    def is_bounded(self) -> bool:
        """Whether it ended in words, within the memory."""
        return self.code in (READ, NOTHING_KEPT) and self.megabytes < MOST_MEGABYTES


def taken(kind: str, folder: Path, *words: object) -> Row:
    """Carry `bibnet WORDS` out in a folder."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "bibnet", *map(str, words)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = process.stderr.read() if process.stderr else ""
    _, status, used = os.wait4(process.pid, 0)
    code, kilobytes = os.waitstatus_to_exitcode(status), used.ru_maxrss
    return Row(kind, code, time.monotonic() - began, kilobytes / 1024, said.strip())


def edge_lists(folder: Path, megabytes: int) -> Iterator[Row]:
    """One line of so many megabytes, in each place of a file where it can stand."""
    kinds = {
        "a header": (b"", END),
        "a name": (HEADER, b",b,1\n"),
        "a weight": (HEADER + b"a,b,", END),
        "behind the third column": (HEADER + b"a,b,1,", END),
        "a quotation mark not closed": (HEADER + b'a,"', END),
        "a quotation mark, short lines": (HEADER + b'a,"\n', END),
    }
    for kind, (before, behind) in kinds.items():
        path = folder / "edges.csv"
        block = BLOCK if "short" not in kind else (b"a" * 99 + b"\n") * (MEGABYTE // 100)
        with path.open("wb") as file:
            file.write(before)
            for _ in range(megabytes):
                file.write(block)
            file.write(behind)
        yield taken(f"edges: {kind}, {megabytes} MB", folder, "centrality", "--edges", path)
        path.unlink()


def empty_lines(folder: Path, lines: int) -> Row:
    """A compressed file of nothing but line ends; its quarantine must stay small, too."""
    (folder / "small.toml").write_text(SMALL_QUERY, encoding="utf-8")
    with gzip.open(folder / "works.jsonl.gz", "wb") as file:
        for _ in range(lines // MEGABYTE):
            file.write(b"\n" * MEGABYTE)
        file.write(b"\n" * (lines % MEGABYTE))
    words = ("run", "small.toml", "--works", "works.jsonl.gz")
    return taken(f"works: {lines:,} empty lines", folder, *words)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--lines", type=int, default=100_000_000)
    asked = parser.parse_args()
    broken = 0
    sys.stdout.write(f"{'input':58} code seconds megabytes\n")
    with tempfile.TemporaryDirectory(prefix="bibnet-large-") as name:
        folder = Path(name)
        for make in (edge_lists(folder, asked.megabytes), (empty_lines(folder, asked.lines),)):
            for row in make:
                broken += not row.is_bounded
                sys.stdout.write(
                    f"{row.kind:58} {row.code:4} {row.seconds:7.1f} {row.megabytes:9.0f}"
                    f" {'' if row.is_bounded else 'BROKEN: ' + row.said[-300:]}\n"
                )
                sys.stdout.flush()
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
