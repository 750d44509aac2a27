"""The command that lists the works behind a number."""

from pathlib import Path
from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import AsJson, RunFolder, say


def works_command(
    run: RunFolder,
    exhibit: Annotated[str, typer.Argument(help="an exhibit of the run, without .csv")],
    cell: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY=VALUE ...]", help="the cell")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="only works with an institution of this country (ISO code)")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="write the works to this CSV file")] = None,
    as_json: AsJson = False,
) -> None:
    """List the works behind a number of an exhibit: DOI, title, year, their part of the number.

    Keys left out are not asked for; KEY= asks for the empty key; a pair stands in either order.
    Example: bibnet works outputs/europe-china-ai/RUN country_pairs country_a=DE country_b=CN
    """
    found = runs.cell_works(run, exhibit, cell or (), country)
    say(f"{len(found):,} works")
    if out:
        runs.write_rows(found, out)
    if as_json:
        typer.echo(runs.rows_text(found))
    elif out:
        typer.echo(out)
    else:
        runs.show_rows(found, runs.wide_console(), len(found))
