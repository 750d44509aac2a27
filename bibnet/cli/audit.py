"""What the audit commands share: where an audit goes and how it is shown."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bibnet import runs
from bibnet.cli.app import say
from bibnet.storage.terminal import result_console

if TYPE_CHECKING:
    from bibnet.runs import Document

Folder = Annotated[Path | None, typer.Option("--out", help="folder for the tables as CSV files")]


def show_audit(document: "Document", out: Path | None, *, as_json: bool) -> None:
    """Print an audit or write it: CSV files to a folder, JSON or text to standard output."""
    if out:
        for path in runs.write_document(document, out):
            say(str(path))
    print_audit(document, out, as_json=as_json)


def print_audit(document: "Document", out: Path | None, *, as_json: bool) -> None:
    """Print an audit to standard output: JSON, the folder it was written to, or text."""
    if as_json:
        typer.echo(document.text())
    elif out:
        typer.echo(out)
    else:
        runs.show_document(document, result_console())
