"""The command that lists what a query can choose from."""

import json

import typer

from bibnet import query
from bibnet.cli.app import AsJson


def schemes_command(as_json: AsJson = False) -> None:
    """List the schemes of countries and of venues, and the countries, that a query can name.

    Example: bibnet schemes
    """
    found = query.choices()
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    for kind, rows in found.items():
        typer.echo(kind)
        for row in rows:
            name, value = row.values()
            shown = value if isinstance(value, str) else ", ".join(value)
            typer.echo(f"  {name}: {shown}")
