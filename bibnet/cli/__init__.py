"""The command line: parses, calls the program, prints errors, sets the exit code."""

import sys
from typing import NoReturn

from rich.console import Console
from rich.markup import escape

from bibnet.cli import classifying, exporting, locating, matching, networks, reviewing, runs
from bibnet.cli.app import app
from bibnet.schema.errors import BibnetError, Fault, UsageError

# Importing a module of commands registers them, in this order.
COMMANDS = (runs, networks, exporting, reviewing, classifying, locating, matching)

__all__ = ["COMMANDS", "app", "main"]


def main() -> None:
    """Run the command line; a user's mistake is printed in three parts, never a traceback."""
    try:
        app()
    except BibnetError as error:
        _fail(error)
    except OSError as error:
        where = str(error.filename or "the output folder")
        remedy = "make room, or give another --out"
        _fail(
            UsageError(Fault(f"a file cannot be written or read: {error.strerror}", where, remedy))
        )


def _fail(error: BibnetError) -> NoReturn:
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for fault in error.faults:
        console.print(f"[bold red]error[/] {escape(str(fault))}")
    sys.exit(error.exit_code)
