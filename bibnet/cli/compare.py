"""The command that compares two runs."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import AsJson
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.terminal import result_console


def compare_command(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="the folder of the earlier run")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="the folder of the later run")],
    institutions: Annotated[
        list[str] | None,
        typer.Option(
            "--institution", help="split the numbers of this one too (id or name; repeat it)"
        ),
    ] = None,
    is_as_of_now: Annotated[
        bool, typer.Option("--as-of-now", help="also read the strings of both runs anew")
    ] = False,
    registry: Annotated[
        Path | None, typer.Option(help="the registry that --as-of-now reads the strings with")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="folder for the comparison and the works behind it")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Split each change of each headline number into parts that add up exactly.

    The works and joint works of every listed body, every funder and each --institution are split
    in the same way.

    With --as-of-now each number of the source stands beside the one that the strings of the run
    give when today's matcher and registry read them.

    Example: bibnet compare outputs/europe-china-ai/OLD outputs/europe-china-ai/NEW --out change
    """
    if registry and not is_as_of_now:
        what, remedy = "nothing is read with a registry", "add --as-of-now, or leave it out"
        raise UsageError(Fault(what, f"--registry {registry}", remedy))
    found = runs.compare_runs(old, new, institutions or ())
    try:
        present = found.as_of_now(registry) if is_as_of_now else None
        if out:
            runs.write_comparison(found, out, present)
            runs.write_change_figures(found, out)
        if as_json:
            typer.echo(json.dumps(runs.comparison_record(found, present), sort_keys=True))
        else:
            _show(found, present)
    finally:
        found.close()


def _show(found: "runs.Comparison", present: "runs.AsOfNow | None") -> None:
    console = result_console()
    runs.show_comparison(found, console)
    if present:
        runs.show_as_of_now(present, found.sides, console)
