"""The command that checks a finished run."""

import json
from dataclasses import asdict

import typer

from bibnet import runs
from bibnet.cli.app import AsJson, RunFolder


def verify_command(run: RunFolder, as_json: AsJson = False) -> None:
    """Check a finished run: every file's hash, the counts, the claims about its tables.

    Example: bibnet verify outputs/europe-china-ai/2026-02-16-1a2b3c4d
    """
    found = runs.verify_run(run)
    typer.echo(json.dumps(asdict(found), sort_keys=True) if as_json else found.sentence())
