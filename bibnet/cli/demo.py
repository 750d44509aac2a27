"""The command that shows the whole pipeline on an invented corpus."""

from pathlib import Path
from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import Out, speech


def demo_command(
    previous: Annotated[
        bool, typer.Option("--previous", help="also the quarter before, to compare with")
    ] = False,
    out: Out = Path("outputs"),
) -> None:
    """Run the whole pipeline on an invented corpus: no key, no network, under a minute.

    Example: bibnet demo
    """
    typer.echo(
        runs.run_demo(runs.Demo(out, speech.say, speech.watch, speech.status, previous=previous))
    )
