"""The command on job postings, or any table of texts."""

from pathlib import Path
from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import AsJson
from bibnet.cli.audit import Folder, show_audit

Table = Annotated[Path, typer.Argument(metavar="FILE.csv", help="a CSV file in UTF-8")]


def postings_command(
    file: Table,
    mapping: Annotated[
        str,
        typer.Option("--map", help="which column is what: text=, employer=, place= (and subset=)"),
    ],
    country: Annotated[str, typer.Option(help="country of the employers (code or name)")] = "CN",
    ranking: Annotated[
        Path | None, typer.Option(help="a second ranking: a CSV file with place, value")
    ] = None,
    out: Folder = None,
    as_json: AsJson = False,
) -> None:
    """AI postings by subset, place and cluster; listed employers; surveillance; overlap.

    Example: bibnet postings postings.csv --map text=description,employer=company,place=city
    """
    document = runs.posting_report(file, mapping, country, ranking)
    show_audit(document, out, as_json=as_json)
