"""The command that compares two runs."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import AsJson
from bibnet.storage.terminal import result_console


def compare_command(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="the folder of the earlier run")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="the folder of the later run")],
    out: Annotated[
        Path | None, typer.Option(help="folder for the comparison and the works behind it")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Split each change of each headline number into parts that add up exactly.

    Example: bibnet compare outputs/europe-china-ai/OLD outputs/europe-china-ai/NEW --out change
    """
    found = runs.compare_runs(old, new)
    try:
        if out:
            runs.write_comparison(found, out)
        if as_json:
            typer.echo(json.dumps(found.record(), sort_keys=True))
        else:
            runs.show_comparison(found, result_console())
    finally:
        found.close()
