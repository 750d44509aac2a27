"""The command that shows the works behind one tie."""

from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import AsJson, RunFolder
from bibnet.cli.audit import Folder, show_audit


def ties_command(
    run: RunFolder,
    one: Annotated[str, typer.Argument(metavar="A", help="an institution, city or country")],
    other: Annotated[str, typer.Argument(metavar="B", help="another one")],
    out: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Show the works behind one tie: strings, level and rule, funders, lists, citations.

    A and B are OpenAlex or ROR ids, country codes, or names; a city may stand with its country.
    Example: bibnet ties outputs/europe-china-ai/RUN "Tsinghua University" DE
    """
    show_audit(runs.tie_report(run, one, other), out, as_json=as_json)
