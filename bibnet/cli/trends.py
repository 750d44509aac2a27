"""The command that counts titles by year."""

from pathlib import Path
from typing import Annotated

import typer

from bibnet import query, runs
from bibnet.cli.app import AsJson
from bibnet.cli.audit import show_audit


def trends_command(
    name: Annotated[
        str, typer.Argument(metavar="QUERY", help="a query file, or a name in queries/")
    ],
    works: Annotated[
        list[Path] | None, typer.Option(help="a file or folder of works; may be repeated")
    ] = None,
    words: Annotated[
        list[str] | None, typer.Option(help='words of one title, "AI + security"; may be repeated')
    ] = None,
    harvests: Annotated[Path, typer.Option(help="folder that holds the harvests")] = Path(
        "outputs"
    ),
    out: Annotated[Path | None, typer.Option(help="folder for the tables as CSV files")] = None,
    as_json: AsJson = False,
) -> None:
    """Works per year whose titles hold all words of a list, by language, with totals.

    Example: bibnet trends europe-china-ai --words "AI + security" --words "人工智能 + 安全"
    """
    asked = query.load_query(query.find_query(name))
    document = runs.trend_report(asked, works or (), words or (), harvests)
    show_audit(document, out, as_json=as_json)
