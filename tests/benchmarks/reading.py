"""Reading invented works: bibnet's reader, or the floor of gunzip and a full parse by simdjson.

    python tests/benchmarks/reading.py ours|floor WORKS

Both use two processes where they can.
"""

import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from corpora import invented_works
from isal import igzip

from bibnet.tables import read_works


def parsed(part: Path) -> int:
    """Lines of a part, each parsed whole."""
    import simdjson  # noqa: PLC0415 - only the floor needs it

    parser, lines = simdjson.Parser(), 0
    with igzip.open(part) as file:
        for line in file:
            parser.parse(line).at_pointer("/id")
            lines += 1
    return lines


def main() -> None:
    what, number = sys.argv[1], int(sys.argv[2])
    folder = invented_works(number)
    if what == "floor":
        with ProcessPoolExecutor(2) as processes:
            found = sum(processes.map(parsed, sorted(folder.glob("*.gz"))))
    else:
        with tempfile.TemporaryDirectory() as out:
            found = read_works([folder], Path(out)).works
    assert found == number


if __name__ == "__main__":
    main()
