"""The command that serves the explorer of a run."""

from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import RunFolder, say

PORT = 8017


def serve_command(
    run: RunFolder,
    port: Annotated[int, typer.Option(help="port on this computer; 0 is any free one")] = PORT,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="do not open the browser, only say the address")
    ] = False,
) -> None:
    """Explore a run in the browser: filter, count, draw, list and save its works.

    Filters by year, words of the title, country, side, institution, list, topic, funder and tie;
    tables, network, works and CSV files follow. Only this computer can ask, and nothing is sent
    anywhere. Ctrl-C stops it.
    Example: bibnet serve outputs/europe-china-ai/RUN
    """
    runs.serve_run(run, port, say, in_browser=not no_browser)
