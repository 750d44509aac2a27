"""The command that says who paid."""

from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import AsJson, RunFolder
from bibnet.cli.audit import Folder, show_audit


def funders_command(
    run: RunFolder,
    country: Annotated[
        str | None, typer.Option(help="only works with an institution of this country (ISO code)")
    ] = None,
    out: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Who paid, what is undisclosed, which programmes are military, who pays for which ties.

    Example: bibnet funders outputs/europe-china-ai/RUN --country DE
    """
    show_audit(runs.funder_report(run, country), out, as_json=as_json)
