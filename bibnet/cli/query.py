"""Commands on queries: write one by asking."""

from pathlib import Path
from typing import Annotated

import typer

from bibnet import query as queries
from bibnet.cli.app import HELP_NAMES, prose

query = typer.Typer(
    help="Queries: write one by asking.", context_settings=HELP_NAMES, no_args_is_help=True
)


def new_command(
    out: Annotated[Path, typer.Option(help="folder of the query files")] = Path("queries"),
) -> None:
    """Write a query by asking: name, question, years, rule of AI, sides, what to harvest.

    Example: bibnet query new
    """
    name = typer.prompt("name (letters, digits, hyphens)", err=True)
    question = typer.prompt("question, in a sentence", err=True)
    first = typer.prompt("first year (empty = all years)", default="", err=True)
    last = typer.prompt("last year", default=first, err=True) if first else ""
    ai = typer.prompt("AI rules by comma (topics, keywords ..., all)", default="topics", err=True)
    answers = queries.Answers(
        name=name,
        question=question,
        sides=_sides(),
        years=queries.year_span(first, last),
        ai=[rule.strip() for rule in ai.split(",") if rule.strip()],
        harvest=typer.prompt("harvest: sides, joint or all", default="sides", err=True),
        affiliations=typer.prompt("affiliations: resolve or openalex", default="resolve", err=True),
    )
    typer.echo(queries.write_query(answers, out))


def _sides() -> dict[str, str | list[str]]:
    """Sides, one after the other, until an empty name is given."""
    found: dict[str, str | list[str]] = {}
    while True:
        end = " (empty = no more)" if len(found) > 1 else ""
        side = typer.prompt(f"name of side {len(found) + 1}{end}", default="", err=True)
        if not side:
            return found
        said = "a scheme (see `bibnet schemes`), country codes or institution ids by comma"
        found[side] = queries.side_value(typer.prompt(f"{side}: {said}", err=True))


query.command("new", help=prose(new_command))(new_command)
