"""The command on rounds of investment."""

from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import AsJson
from bibnet.cli.audit import Folder, show_audit
from bibnet.cli.postings import Table


def investments_command(
    file: Table,
    mapping: Annotated[
        str,
        typer.Option(
            "--map",
            help="which column is what: round=, year=, company=, company_place=, investor=, "
            "investor_place= (and amount=, stage=, field=)",
        ),
    ],
    side: Annotated[
        list[str] | None, typer.Option(help="NAME=SCHEME; Europe and China unless given")
    ] = None,
    out: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Rounds of investment between two sides by direction, year, stage and field.

    A row of the file is an investor of a round; a round counts once, its volume is never one
    investor's. Example: bibnet investments rounds.csv --map round=id,year=date,company=name,...
    """
    show_audit(runs.investment_report(file, mapping, side or None), out, as_json=as_json)
