"""The command that makes a run."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bibnet import query, runs
from bibnet.cli.app import Out, speech
from bibnet.cli.harvest import options

if TYPE_CHECKING:
    from bibnet.query import Query, QueryFiles

Name = Annotated[str, typer.Argument(metavar="QUERY", help="a query file, or a name in queries/")]
Works = Annotated[
    list[Path] | None, typer.Option(help="a file or folder of works; may be repeated")
]
Registry = Annotated[
    Path | None, typer.Option(help="a registry of organisations, as ROR publishes it")
]
Affiliations = Annotated[
    str | None, typer.Option(help="openalex, or resolve (also reads the strings)")
]
VerdictFile = Annotated[
    Path | None, typer.Option(help="reviewers' verdicts on keywords and flags, a CSV file")
]
Model = Annotated[
    Path | None, typer.Option(help="model of the AI rule classifier, in place of the query's")
]
Population = Annotated[
    Path | None, typer.Option(help="people by country, province and city, a CSV file")
]
Funders = Annotated[
    Path | None, typer.Option(help="OpenAlex funder objects, as harvest --funders writes them")
]
EngineName = Annotated[
    str | None, typer.Option(help="where the expressions run", show_default="duckdb")
]
Previous = Annotated[
    Path | None, typer.Option(help="a finished run whose communities keep their labels")
]
AcceptLosses = Annotated[
    bool, typer.Option("--accept-losses", help="go on without the pages that a harvest has lost")
]


def run_command(
    name: Name,
    works: Works = None,
    registry: Registry = None,
    affiliations: Affiliations = None,
    verdicts: VerdictFile = None,
    classifier: Model = None,
    population: Population = None,
    funders: Funders = None,
    engine: EngineName = None,
    previous: Previous = None,
    accept_losses: AcceptLosses = False,
    out: Out = Path("outputs"),
) -> None:
    """Harvest if needed, compute every exhibit, write the report; prints the run's folder.

    Example: bibnet run europe-china-ai --works works.jsonl.gz --affiliations openalex
    """
    replaced = query.QueryFiles(classifier, population)
    request = runs.Request(
        query=_asked(name, affiliations, replaced),
        works=tuple(works or ()),
        out=out,
        registry=registry,
        verdicts=verdicts,
        command=_in_place(affiliations=affiliations, classifier=classifier, population=population),
        previous=previous,
        funder_records=funders,
        today=date.today(),
    )
    if engine:
        request = replace(request, engine=engine)
    if not works:
        request = runs.with_harvest(request, options(out))
    request = runs.with_sound_harvests(request, accept_losses=accept_losses)
    typer.echo(runs.run_query(request, speech.say, speech.status))


def _asked(name: str, affiliations: str | None, files: "QueryFiles") -> "Query":
    """The query with what the command line puts in place of its own values."""
    asked = query.load_query(query.find_query(name), files)
    return query.with_affiliations(asked, affiliations) if affiliations else asked


def _in_place(**options: str | Path | None) -> tuple[str, ...]:
    """What the command line puts in place of the query's own values; of a file the name."""
    given = {name: value for name, value in options.items() if value}
    return tuple(
        f"--{name} {value.name if isinstance(value, Path) else value}"
        for name, value in given.items()
    )
