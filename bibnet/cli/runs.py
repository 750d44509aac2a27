"""Commands that make, compare and check runs."""

import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bibnet.cli.app import Out, app, say, watch
from bibnet.harvest import Connection, Limits
from bibnet.harvest.run import (
    Gathering,
    gather_entities,
    gather_works,
    harvest_record,
    harvested_works,
    newest_harvest,
)
from bibnet.query import QueryFiles, find_query, load_query, with_affiliations
from bibnet.runs.compare.comparison import compare, write_comparison
from bibnet.runs.compare.view import show
from bibnet.runs.pipeline.demo import run_demo
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request
from bibnet.runs.verify import verify_run
from bibnet.schema.errors import Fault, UsageError

KEY_VARIABLE = "OPENALEX_API_KEY"


def _gathering(out: Path, max_cost: float | None) -> Gathering:
    connection = Connection(key=os.environ.get(KEY_VARIABLE, ""))
    return Gathering(connection, out, Limits(max_cost=max_cost), say, watch)


@app.command("demo")
def demo_command(out: Out = Path("outputs")) -> None:
    """Run the whole pipeline on an invented corpus: no key, no network, under a minute.

    Example: bibnet demo
    """
    typer.echo(run_demo(out, say, watch))


@app.command("harvest")
def harvest_command(
    query: Annotated[str | None, typer.Argument(help="a query file, or a name in queries/")] = None,
    institutions: Annotated[bool, typer.Option("--institutions", help="all institutions")] = False,
    funders: Annotated[bool, typer.Option("--funders", help="all funders")] = False,
    out: Out = Path("outputs"),
    max_cost: Annotated[float | None, typer.Option(help="stop before it costs more USD")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print a summary as JSON")] = False,
) -> None:
    """Harvest OpenAlex into OUT/NAME/harvest/DATE; run it again to resume.

    The key is read from OPENALEX_API_KEY. Example: bibnet harvest europe-china-ai --max-cost 0.5
    """
    asked = [name for name, on in (("institutions", institutions), ("funders", funders)) if on]
    if bool(query) + len(asked) != 1:
        where = "bibnet harvest (QUERY | --institutions | --funders)"
        raise UsageError(Fault("not one thing to harvest", where, "name exactly one of them"))
    how = _gathering(out, max_cost)
    if query:
        done = gather_works(load_query(find_query(query)), how)
    else:
        done = gather_entities(asked[0], how)
    shown = {**asdict(done), "folder": str(done.folder), "usd": done.usd}
    typer.echo(json.dumps(shown, sort_keys=True) if as_json else done.folder)


@app.command("run")
def run_command(
    query: Annotated[str, typer.Argument(help="a query file, or a name in queries/")],
    works: Annotated[
        list[Path] | None, typer.Option(help="a file or folder of works; may be repeated")
    ] = None,
    registry: Annotated[
        Path | None, typer.Option(help="a registry of organisations, as ROR publishes it")
    ] = None,
    affiliations: Annotated[
        str | None, typer.Option(help="openalex, or resolve (also reads the strings)")
    ] = None,
    verdicts: Annotated[
        Path | None, typer.Option(help="reviewers' verdicts on keywords and flags, a CSV file")
    ] = None,
    classifier: Annotated[
        Path | None, typer.Option(help="model of the AI rule classifier, for the query's own")
    ] = None,
    population: Annotated[
        Path | None, typer.Option(help="people by country, province and city, a CSV file")
    ] = None,
    engine: Annotated[str, typer.Option(help="where the expressions run")] = "duckdb",
    previous: Annotated[
        Path | None, typer.Option(help="a finished run whose communities keep their labels")
    ] = None,
    out: Out = Path("outputs"),
) -> None:
    """Harvest if needed, compute every exhibit, write the report; prints the run's folder.

    Example: bibnet run europe-china-ai --works works.jsonl.gz --affiliations openalex
    """
    asked = load_query(find_query(query), QueryFiles(classifier, population))
    if affiliations:
        asked = with_affiliations(asked, affiliations)
    request = Request(
        query=asked,
        works=tuple(works or ()),
        out=out,
        registry=registry,
        verdicts=verdicts,
        engine=engine,
        command=_in_place(affiliations=affiliations, classifier=classifier, population=population),
        previous=previous,
    )
    typer.echo(run_query(request if works else _harvested(request), say))


def _in_place(**options: str | Path | None) -> tuple[str, ...]:
    """What the command line puts in place of the query's own values; of a file the name."""
    given = {name: value for name, value in options.items() if value}
    return tuple(
        f"--{name} {value.name if isinstance(value, Path) else value}"
        for name, value in given.items()
    )


def _harvested(request: Request) -> Request:
    """The request with the works of the newest complete harvest, harvested now if there is none."""
    folder = newest_harvest(request.query, request.out)
    if folder is None:
        folder = gather_works(request.query, _gathering(request.out, None)).folder
    works, record = harvested_works(folder), harvest_record(folder)
    return replace(request, works=(works,), harvest=record)


@app.command("compare")
def compare_command(
    old: Annotated[Path, typer.Argument(help="the folder of the earlier run")],
    new: Annotated[Path, typer.Argument(help="the folder of the later run")],
    out: Annotated[
        Path | None, typer.Option(help="folder for the comparison and the works behind it")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print the comparison as JSON")] = False,
) -> None:
    """Split each change of each headline number into parts that add up exactly.

    Example: bibnet compare outputs/europe-china-ai/OLD outputs/europe-china-ai/NEW --out change
    """
    found = compare(old, new)
    try:
        if out:
            write_comparison(found, out)
        if as_json:
            typer.echo(json.dumps(found.record(), sort_keys=True))
        else:
            show(found, Console(soft_wrap=True, highlight=False))
    finally:
        found.close()


@app.command("verify")
def verify_command(
    run: Annotated[Path, typer.Argument(help="the folder of a run")],
) -> None:
    """Check a finished run: every file's hash, the counts, the claims about its tables.

    Example: bibnet verify outputs/europe-china-ai/2026-02-16-1a2b3c4d
    """
    typer.echo(verify_run(run))
