"""The command that checks a finished run."""

import typer

from bibnet import runs
from bibnet.cli.app import RunFolder


def verify_command(run: RunFolder) -> None:
    """Check a finished run: every file's hash, the counts, the claims about its tables.

    Example: bibnet verify outputs/europe-china-ai/2026-02-16-1a2b3c4d
    """
    typer.echo(runs.verify_run(run))
