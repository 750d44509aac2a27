"""The command that lists the works behind a number."""

from pathlib import Path
from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import AsJson, RunFolder, say, span_of_years
from bibnet.storage.terminal import result_console


def works_command(
    run: RunFolder,
    exhibit: Annotated[
        str, typer.Argument(metavar="EXHIBIT", help="an exhibit of the run, without .csv")
    ],
    cell: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE", help="the cell, key by key")
    ] = None,
    count: Annotated[
        str | None, typer.Option(help="only works that this column counts, for example joint_works")
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(help="only works with an institution of this country (code or name)"),
    ] = None,
    years: Annotated[
        str | None, typer.Option(help="only works of these years, for example 2021 or 2018-2022")
    ] = None,
    on_lists: Annotated[
        bool, typer.Option("--on-lists", help="only works with an institution that a list holds")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="write the works to this CSV file")] = None,
    as_json: AsJson = False,
) -> None:
    """List the works behind a number of an exhibit, and what each rests on.

    Each work comes with DOI, title, year, venue, institutions and the evidence for them, funders,
    lists, and its part of every number. A key that is left out may have any value; KEY= is the
    empty one. A pair may be given in either order, and names in place of ids and codes. In a file
    or pipe the works stand one a line, their columns parted by tabs.
    Example: bibnet works outputs/europe-china-ai/RUN country_pairs country_a=DE country_b=CN
    Example: bibnet works outputs/europe-china-ai/RUN countries country=Germany --count joint_works
    """
    choice = runs.WorkChoice(count, span_of_years(years), on_lists)
    found = runs.cell_works(run, runs.CellQuestion(exhibit, cell or (), choice, country))
    say(f"{len(found):,} work{'' if len(found) == 1 else 's'}")
    if out:
        runs.write_rows(found, out)
    if as_json:
        typer.echo(runs.rows_text(found))
    elif out:
        typer.echo(out)
    else:
        runs.list_rows(found, result_console())
