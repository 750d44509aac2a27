"""The command that says who paid."""

from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import AsJson, RunFolder
from bibnet.cli.audit import Folder, show_audit


def funders_command(
    run: RunFolder,
    country: Annotated[
        str | None,
        typer.Option(help="only works with an institution of this country (code or name)"),
    ] = None,
    claim: Annotated[
        str | None,
        typer.Option(help='"WHO rose 2018 2022", "share of joint works WHO fell 2017 2021"'),
    ] = None,
    out: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Who paid, what is undisclosed, which programmes are military, who pays for which ties.

    With --claim: whether a rise or fall of a funder, programme, country or type of funder
    survives at constant disclosure, is made by added sources, or cannot be told.
    Example: bibnet funders outputs/europe-china-ai/RUN --country DE
    Example: bibnet funders outputs/europe-china-ai/RUN --claim "NSFC rose 2018 2022"
    """
    document = runs.claim_report(run, claim, country) if claim else runs.funder_report(run, country)
    show_audit(document, out, as_json=as_json)
