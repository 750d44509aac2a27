"""The long form of the promises of `run`: what is lost, doubled or left behind under faults.

    python tests/benchmarks/faults_loop.py --kills 20 --sizes 1 2 4 8 16 --seed 20261126

Kills: a run in a process of its own is ended at a random moment by SIGKILL, SIGTERM or SIGHUP; the
run after it must give the bytes of an undisturbed one, and no half folder may stay. Disks: the
outputs on file systems of a few megabytes (tmpfs; needs root, else said and left out). Pages: a
harvest whose pages were tampered with. Odd files: a folder that holds what is no works file.
Formats: the exports below ../shared/data/cases, every record accounted for.

Prints one table, a line for each kind: rounds, and rounds that broke a promise. Ends with 1 where
one broke.
"""

import argparse
import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from build import SMALL_QUERY, authorship, institution, work, write_lines

from bibnet.harvest.sandbox.server import serve
from bibnet.harvest.sandbox.world import build_world

CASES = Path(__file__).parents[3] / "shared" / "data" / "cases"
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
WORKS = 300
DONE, FULL, SOURCE = 0, 2, 12


@dataclass(frozen=True)
class Row:
    """One kind of fault: its rounds, and what broke in some of them."""

    kind: str
    rounds: int
    broken: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """What a process left: its exit code, its output, what it said."""

    code: int
    out: str
    said: str


def bibnet(folder: Path, *words: object) -> Done:
    """Run `bibnet WORDS` to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "bibnet", *map(str, words)],
        cwd=folder,
        env=os.environ | {"OPENALEX_API_KEY": "any"},
        capture_output=True,
        text=True,
        check=False,
    )
    return Done(done.returncode, done.stdout.strip(), done.stderr)


def world(folder: Path, query: str = SMALL_QUERY) -> list[object]:
    """A query and works in a folder; the words that run them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "small.toml").write_text(query, encoding="utf-8")
    both = (authorship(institution(1)), authorship(institution(2, "CN")))
    write_lines(folder / "works.jsonl", *(work(number, *both) for number in range(1, WORKS)))
    return ["run", "small.toml", "--works", "works.jsonl", "--affiliations", "openalex"]


def half_folders(out: Path) -> list[str]:
    """Folders below a query's outputs that are no finished run."""
    found = out / "small"
    return [one.name for one in found.iterdir() if not (one / "manifest.json").is_file()]


def kills(folder: Path, rounds: int, chance: random.Random) -> Row:
    """Runs that were ended at a random moment, and the runs after them."""
    asked, started = world(folder), time.monotonic()
    whole = Path(bibnet(folder, *asked).out).name
    seconds, broken = time.monotonic() - started, []
    for number in range(rounds):
        shutil.rmtree(folder / "outputs")
        ended_by = chance.choice(SIGNALS)
        process = subprocess.Popen(
            [sys.executable, "-m", "bibnet", *map(str, asked)],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(chance.uniform(0, seconds))
        except subprocess.TimeoutExpired:
            process.send_signal(ended_by)
        process.wait()
        after = bibnet(folder, *asked)
        strays = half_folders(folder / "outputs")
        if after.code != DONE or Path(after.out).name != whole or strays:
            broken.append(f"round {number}, {ended_by.name}: {after.code}, {strays}")
    return Row("kills during run", rounds, tuple(broken))


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of this size. Raises CalledProcessError where none can be mounted."""
    folder.mkdir(parents=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder],
        check=True,
        capture_output=True,
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def disks(folder: Path, sizes: Sequence[int]) -> Row:
    """Runs whose outputs lie on disks too small, and some that are not."""
    asked, broken, full = world(folder), [], 0
    for size in sizes:
        try:
            with disk(folder / f"disk{size}", size) as out:
                done = bibnet(folder, *asked, "--out", out)
                full += done.code == FULL
                strays = half_folders(out) if (out / "small").is_dir() else []
                messages = done.said.count("error ")
                in_words = done.code == DONE or (done.code == FULL and messages == 1)
                if not in_words or "Traceback" in done.said or strays:
                    broken.append(f"{size} MB: {done.code}, {strays}, {done.said[-200:]!r}")
        except subprocess.CalledProcessError:
            return Row("small disks (no file system can be mounted here)", 0, ())
    return Row(f"small disks ({full} of them too small)", len(sizes), tuple(broken))


def pages(folder: Path) -> Row:
    """Harvests with a page that is not as it was recorded: each stops the run and is named."""
    query = SMALL_QUERY.replace("[sides]", "harvest = 'all'\n[sides]")
    asked = world(folder, query)[:2]
    with serve(build_world(2, 900)) as server:
        bibnet(folder, "harvest", "small.toml", "--url", server.url)
    whole, broken = folder / "whole", []
    (folder / "outputs").rename(whole)
    for kind, tamper in TAMPERINGS.items():
        shutil.rmtree(folder / "outputs", ignore_errors=True)
        shutil.copytree(whole, folder / "outputs")
        page = sorted((folder / "outputs").rglob("*.gz"))[0]
        tamper(page)
        done = bibnet(folder, *asked, "--affiliations", "openalex")
        if done.code != SOURCE or page.name not in done.said or "Traceback" in done.said:
            broken.append(f"{kind}: {done.code}, {done.said[-200:]!r}")
    return Row("pages tampered with", len(TAMPERINGS), tuple(broken))


def _cut(page: Path) -> None:
    page.write_bytes(page.read_bytes()[:-100])


def _other_line(page: Path) -> None:
    page.write_bytes(gzip.compress(gzip.decompress(page.read_bytes()).splitlines(True)[0]))


def _one_byte(page: Path) -> None:
    content = bytearray(page.read_bytes())
    content[len(content) // 2] ^= 1
    page.write_bytes(content)


def _more(page: Path) -> None:
    page.write_bytes(page.read_bytes() + gzip.compress(b'{"id": "https://openalex.org/W1"}\n'))


TAMPERINGS: dict[str, Callable[[Path], None]] = {
    "missing": Path.unlink,
    "cut": _cut,
    "lines gone": _other_line,
    "one byte": _one_byte,
    "a line more": _more,
    "empty": lambda page: page.write_bytes(b"") and None,
}


def odd_files(folder: Path) -> Row:
    """A folder of works with what is no works file in it: passed over, nothing lost."""
    asked = world(folder)
    given = folder / "given"
    given.mkdir()
    shutil.copy(folder / "works.jsonl", given)
    os.mkfifo(given / "pipe.jsonl")
    (given / "loop").symlink_to(given)
    (given / "nowhere.jsonl").symlink_to("gone.jsonl")
    (given / "null.jsonl").symlink_to("/dev/null")
    (Path(os.fsdecode(os.fsencode(given) + b"/\xff.jsonl"))).write_text("", encoding="utf-8")
    asked[3] = "given"
    done, broken = bibnet(folder, *asked), []
    kept = _counts(folder / done.out)["works_kept"] if done.code == DONE else None
    if kept != WORKS - 1 or "Traceback" in done.said:
        broken.append(f"{done.code}, {kept} works, {done.said[-300:]!r}")
    return Row("odd files in a folder", 1, tuple(broken))


def _counts(run: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads((run / "manifest.json").read_text("utf-8"))["counts"]
    return found


def formats(folder: Path) -> Row:
    """Files that users have: every record is a work or set aside with its reason."""
    files = sorted(path for path in CASES.glob("1[5-9]*/*") if path.suffix not in (".md", ".toml"))
    broken = []
    for number, path in enumerate(files):
        asked = world(folder / str(number))
        asked[3] = path
        done = bibnet(folder / str(number), *asked)
        if done.code not in (DONE, 11) or "Traceback" in done.said:
            broken.append(f"{path.name}: {done.code}, {done.said[-200:]!r}")
        elif done.code == DONE:
            counts = _counts(folder / str(number) / done.out)
            parts = ("works_kept", "works_excluded", "duplicates", "quarantined")
            found = sum(_number(counts[part]) for part in parts)
            if found != counts["lines"]:
                broken.append(f"{path.name}: {counts['lines']} records, {found} accounted for")
    return Row("files of other tools", len(files), tuple(broken))


def _number(count: object) -> int:
    return sum(count.values()) if isinstance(count, dict) else int(str(count))


def main() -> int:
    """Run every kind of fault and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1, 2, 4, 8, 16])
    parser.add_argument("--seed", type=int, default=20261126)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bibnet-faults-") as name:
        folder = Path(name)
        rows = [
            kills(folder / "kills", asked.kills, random.Random(asked.seed)),
            disks(folder / "disks", asked.sizes),
            pages(folder / "pages"),
            odd_files(folder / "odd"),
            formats(folder / "formats"),
        ]
    sys.stdout.write(f"{'kind':52} rounds broken\n")
    for row in rows:
        sys.stdout.write(f"{row.kind:52} {row.rounds:6} {len(row.broken):6}\n")
        sys.stdout.writelines(f"    {line}\n" for line in row.broken)
    return int(any(row.broken for row in rows))


if __name__ == "__main__":
    sys.exit(main())
