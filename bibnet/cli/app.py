"""The application that every command registers with, and what commands share."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bibnet.harvest import Progress

Out = Annotated[Path, typer.Option(help="folder that holds the runs")]

app = typer.Typer(
    help="How entangled is the AI research of regions: who publishes with whom, and who pays.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


@app.callback()
def _commands() -> None:
    """How entangled is the AI research of regions: who publishes with whom, and who pays."""


def say(line: str) -> None:
    """Print a line of progress to standard error."""
    typer.echo(line, err=True)


def watch(progress: Progress) -> None:
    """Show progress on a terminal, nothing elsewhere."""
    if sys.stderr.isatty():
        left = "" if progress.seconds_left is None else f", {progress.seconds_left:.0f} s left"
        budget = "" if progress.credits_left is None else f" of {progress.credits_left:,} left"
        typer.echo(
            f"\r{progress.works:,}/{progress.announced:,} works, {progress.rate:.0f}/s, "
            f"{progress.credits_spent:,} credits{budget}{left}   ",
            err=True,
            nl=False,
        )
