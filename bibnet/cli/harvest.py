"""The command that brings works or entities of OpenAlex onto the disk."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bibnet import harvest, query
from bibnet.cli.app import AsJson, Out, speech
from bibnet.schema.errors import Fault, UsageError

if TYPE_CHECKING:
    from bibnet.harvest import HarvestOptions

KEY_VARIABLE = "OPENALEX_API_KEY"


def harvest_command(
    name: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="a query file, or a name in queries/")
    ] = None,
    institutions: Annotated[bool, typer.Option("--institutions", help="all institutions")] = False,
    funders: Annotated[bool, typer.Option("--funders", help="all funders")] = False,
    out: Out = Path("outputs"),
    max_cost: Annotated[
        float | None, typer.Option(help="stop before it costs more than this, in USD")
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="another server than OpenAlex's, as the sandbox prints it")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Harvest OpenAlex into OUT/NAME/harvest/DATE; run it again to resume.

    The key is read from OPENALEX_API_KEY. Example: bibnet harvest europe-china-ai --max-cost 0.5
    """
    asked = [kind for kind, on in (("institutions", institutions), ("funders", funders)) if on]
    if bool(name) + len(asked) != 1:
        where = "bibnet harvest (QUERY | --institutions | --funders)"
        raise UsageError(Fault("not one thing to harvest", where, "name exactly one of them"))
    how = options(out, max_cost, url)
    if name:
        done = harvest.harvest_works(query.load_query(query.find_query(name)), how)
    else:
        done = harvest.harvest_entities(asked[0], how)
    shown = {**asdict(done), "folder": str(done.folder), "usd": done.usd}
    typer.echo(json.dumps(shown, sort_keys=True) if as_json else done.folder)


def options(out: Path, max_cost: float | None = None, url: str | None = None) -> "HarvestOptions":
    """How to harvest, with the key of the environment."""
    key = os.environ.get(KEY_VARIABLE, "")
    connection = harvest.Connection(key, url) if url else harvest.Connection(key)
    limits = harvest.Limits(max_cost=max_cost)
    return harvest.HarvestOptions(connection, out, limits, speech.say, speech.watch)
