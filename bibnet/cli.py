"""The command line: parses, calls the pipeline, prints errors, sets the exit code."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from bibnet.errors import BibnetError
from bibnet.pipeline import run_query
from bibnet.query import find_query, load_query, with_affiliations
from bibnet.verification import verify_run
from bibnet.workbench import Request

app = typer.Typer(
    help="How entangled is the AI research of regions: who publishes with whom, and who pays.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


def _say(line: str) -> None:
    typer.echo(line, err=True)


@app.callback()
def _commands() -> None:
    """How entangled is the AI research of regions: who publishes with whom, and who pays."""


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
    engine: Annotated[str, typer.Option(help="where the expressions run")] = "duckdb",
    out: Annotated[Path, typer.Option(help="folder that holds the runs")] = Path("outputs"),
) -> None:
    """Read works, compute every exhibit, write the report; prints the folder of the run.

    Example: bibnet run europe-china-ai --works works.jsonl.gz --affiliations openalex
    """
    asked = load_query(find_query(query))
    if affiliations:
        asked = with_affiliations(asked, affiliations)
    request = Request(
        query=asked,
        works=tuple(works or ()),
        out=out,
        registry=registry,
        engine=engine,
        command=(f"--affiliations {affiliations}",) if affiliations else (),
    )
    typer.echo(run_query(request, _say))


@app.command("verify")
def verify_command(
    run: Annotated[Path, typer.Argument(help="the folder of a run")],
) -> None:
    """Check a finished run: every file's hash, the counts, the claims about its tables.

    Example: bibnet verify outputs/europe-china-ai/2026-02-16-1a2b3c4d
    """
    typer.echo(verify_run(run))


def main() -> None:
    """Run the command line; a user's mistake is printed in three parts, never a traceback."""
    try:
        app()
    except BibnetError as error:
        console = Console(stderr=True, soft_wrap=True, highlight=False)
        for fault in error.faults:
            console.print(f"[bold red]error[/] {escape(str(fault))}")
        sys.exit(error.exit_code)
