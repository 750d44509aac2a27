"""`python -m bibnet.harvest.sandbox`: serve an invented world until the process is ended.

    python -m bibnet.harvest.sandbox --seed 1 --works 20000 --faults http_500=0.1,truncated=0.05

The first line on standard output is the server's address.
"""

import argparse
import sys
import threading
from collections.abc import Sequence

from bibnet.harvest.sandbox.faults import parse_faults
from bibnet.harvest.sandbox.server import Settings, serve
from bibnet.harvest.sandbox.world import build_world
from bibnet.schema.errors import BibnetError


def parser() -> argparse.ArgumentParser:
    """The command's options."""
    options = argparse.ArgumentParser(prog="python -m bibnet.harvest.sandbox", description=__doc__)
    options.add_argument("--seed", type=int, default=1, help="of the world")
    options.add_argument("--works", type=int, default=1000, help="how many")
    options.add_argument("--faults", default="", help="NAME=RATE,... as in faults.py")
    options.add_argument("--port", type=int, default=0, help="0 takes a free one")
    options.add_argument("--credits", type=int, default=Settings.daily_credits, help="per day")
    options.add_argument("--largest-page", type=int, default=Settings.largest_page)
    options.add_argument("--cursor-end", choices=("null", "empty"), default=Settings.cursor_end)
    return options


def main(arguments: Sequence[str] | None = None, stop: threading.Event | None = None) -> int:
    """Serve until `stop` is set (or an interrupt); returns the exit code."""
    given = parser().parse_args(arguments)
    settings = Settings(
        largest_page=given.largest_page,
        cursor_end=given.cursor_end,
        daily_credits=given.credits,
    )
    try:
        faults = parse_faults(given.faults)
    except BibnetError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    world = build_world(given.seed, given.works)
    with serve(world, faults, settings=settings, port=given.port) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        try:
            (stop or threading.Event()).wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
