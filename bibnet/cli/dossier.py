"""The command that writes the dossier of one institution."""

from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import AsJson, RunFolder, say
from bibnet.cli.audit import Folder, print_audit


def dossier_command(
    run: RunFolder,
    institution: Annotated[
        str, typer.Argument(metavar="ID", help="OpenAlex id, ROR id or name of an institution")
    ],
    out: Folder = None,
    as_json: AsJson = False,
) -> None:
    """One institution: its works with listed bodies by list, category, subject, funder, partner.

    With --out also a page, dossier.html. No person is named anywhere.
    Example: bibnet dossier outputs/europe-china-ai/RUN "ETH Zurich" --out dossier
    """
    document = runs.dossier(run, institution)
    if out:
        for path in runs.write_dossier(document, run, out):
            say(str(path))
    print_audit(document, out, as_json=as_json)
