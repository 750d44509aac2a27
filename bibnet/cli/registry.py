"""The command that fetches the registry of organisations."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bibnet import harvest
from bibnet.cli.app import AsJson, speech


def registry_command(
    out: Annotated[
        Path | None, typer.Option(help="the file; default: its dated name in outputs/registry")
    ] = None,
    url: Annotated[str | None, typer.Option(help="another server than Zenodo's")] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch the current dump of the ROR registry, dated and checked by its hash.

    Run it again to go on where it was interrupted; a file that is already the newest stays.
    Example: bibnet registry
    """
    dump = harvest.fetch_registry(out, speech.say, *([url] if url else []))
    shown = {
        **asdict(dump.version),
        "path": str(dump.path),
        "sha256": dump.sha256,
        "fetched": dump.fetched,
        "fetched_bytes": dump.fetched_bytes,
    }
    typer.echo(json.dumps(shown, sort_keys=True) if as_json else dump.path)
