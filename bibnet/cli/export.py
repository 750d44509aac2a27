"""The command that writes a run's network for other programs."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bibnet import network, runs
from bibnet.cli.app import AsJson, RunFolder, say, span_of_years


def export_command(
    run: RunFolder,
    file_format: Annotated[
        str,
        typer.Option(
            "--format",
            help="the network as gexf, gexf-years (for a timeline), graphml, pajek, vosviewer, "
            "csv or xlsx; the figures as png; the run as datapackage or rocrate (a zip archive) "
            "or duckdb (one database)",
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(help="a file or folder outside the run; replaced if there")
    ] = None,
    level: Annotated[str, typer.Option(help="institution, country ...")] = "institution",
    country: Annotated[str | None, typer.Option(help="ties of this country with anybody")] = None,
    side: Annotated[str | None, typer.Option(help="ties of this side with anybody")] = None,
    years: Annotated[
        str | None, typer.Option(help="first and last year, for example 2018-2022")
    ] = None,
    joint: Annotated[bool, typer.Option("--joint", help="joint works only")] = False,
    min_works: Annotated[int, typer.Option(help="leave out ties of fewer works")] = 1,
    weight: Annotated[
        str,
        typer.Option(help="works, works_fractional, coauthor_works or dual_affiliation_works"),
    ] = "works",
    as_json: AsJson = False,
) -> None:
    """Write a run, its network or its figures for other programs; prints the files.

    Nodes carry works, community, centralities, a place and the lists that hold them; edges
    carry works, fractional works and the two kinds of tie apart. Existing files are replaced.
    Example: bibnet export outputs/europe-china-ai/RUN --format gexf --joint
    Example: bibnet export outputs/europe-china-ai/RUN --format duckdb --out run.duckdb
    """
    narrowing = network.Narrowing(
        country=country, side=side, years=span_of_years(years), joint=joint, min_works=min_works
    )
    export = runs.Export(file_format, level, narrowing, weight, out)
    paths = runs.export_run(run, export, say)
    if as_json:
        typer.echo(json.dumps([str(path) for path in paths], ensure_ascii=False))
        return
    for path in paths:
        typer.echo(path)
