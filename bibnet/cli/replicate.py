"""The command that puts published figures beside ours."""

from pathlib import Path
from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import AsJson
from bibnet.cli.audit import Folder, show_audit


def replicate_command(
    study: Annotated[
        str,
        typer.Argument(
            metavar="STUDY", help="merics-2023, cset-2023, brookings-2023, zeng-2021 or ncses-2024"
        ),
    ],
    run: Annotated[Path | None, typer.Argument(metavar="RUN", help="the folder of a run")] = None,
    out: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Published figures beside ours: figure, published, ours, deviation, why, verdict.

    Without a run: what the published data allow, and the list of the rest.
    Example: bibnet replicate merics-2023 outputs/europe-china-ai/RUN
    """
    show_audit(runs.replicate(study, run), out, as_json=as_json)
