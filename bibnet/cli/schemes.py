"""The command that lists what a query can choose from."""

import json

import typer

from bibnet import query
from bibnet.cli.app import AsJson
from bibnet.storage.terminal import plain, result_console


def schemes_command(as_json: AsJson = False) -> None:
    """List the schemes of countries and of venues, and the countries, that a query can name.

    Example: bibnet schemes
    """
    found = query.choices()
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    console = result_console()
    for kind, rows in found.items():
        console.print(kind)
        for row in rows:
            name, value = row.values()
            shown = value if isinstance(value, str) else ", ".join(value)
            console.print(plain(f"  {name}: {shown}"))
