"""The command line: parses, calls the program, prints errors, sets the exit code."""

import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from typer.core import TyperGroup

from bibnet.cli import (
    centrality,
    classifier,
    compare,
    demo,
    dossier,
    export,
    funders,
    harvest,
    investments,
    locate,
    matcher,
    postings,
    query,
    registry,
    replicate,
    review,
    run,
    schemes,
    serve,
    ties,
    trends,
    verify,
    works,
)
from bibnet.cli.app import HELP, app, prose, speech
from bibnet.schema.errors import BibnetError, ChangedFileWarning, Fault, UsageError
from bibnet.storage.processes import buffer_standard_output, search_less_for_cycles

__all__ = ["app", "main"]

# In the order in which a user meets them.
MAKE, READ, OTHER = "Make a run", "Read a run", "Other tables of the studies"
CHECK, TRAIN = "Check", "Train"
SHOW_WARNING = warnings.showwarning
COMMANDS = (
    ("demo", demo.demo_command, MAKE),
    ("schemes", schemes.schemes_command, MAKE),
    ("query", query.query, MAKE),
    ("run", run.run_command, MAKE),
    ("harvest", harvest.harvest_command, MAKE),
    ("registry", registry.registry_command, MAKE),
    ("centrality", centrality.centrality_command, READ),
    ("serve", serve.serve_command, READ),
    ("works", works.works_command, READ),
    ("ties", ties.ties_command, READ),
    ("dossier", dossier.dossier_command, READ),
    ("funders", funders.funders_command, READ),
    ("replicate", replicate.replicate_command, READ),
    ("export", export.export_command, READ),
    ("compare", compare.compare_command, READ),
    ("locate", locate.locate_command, READ),
    ("trends", trends.trends_command, OTHER),
    ("postings", postings.postings_command, OTHER),
    ("investments", investments.investments_command, OTHER),
    ("verify", verify.verify_command, CHECK),
    ("review", review.review, CHECK),
    ("matcher", matcher.matcher, TRAIN),
    ("classifier", classifier.classifier_command, TRAIN),
)
QUIET = ("--quiet", "-q")
# A shell reports a program that a signal has ended by this and the signal's number.
ENDED_BY_SIGNAL = 128
# Beside Ctrl-C: what service managers, containers and closed terminals send.
ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class EndedError(BaseException):
    """A signal asks the program to end: it cleans up as after Ctrl-C."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


class InOrder(TyperGroup):
    """The commands as they are declared above, not by the alphabet and not groups first."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of the commands in the order in which a user meets them."""
        return [name for name, _, _ in COMMANDS]


for name, command, panel in COMMANDS:
    if isinstance(command, typer.Typer):
        app.add_typer(command, name=name, rich_help_panel=panel)
    else:
        app.command(name, help=prose(command), rich_help_panel=panel)(command)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"bibnet {version('bibnet')}")
        raise typer.Exit


@app.callback(cls=InOrder, help=HELP)
def _options(
    _show_version: Annotated[
        bool, typer.Option("--version", help="print the version", callback=_version, is_eager=True)
    ] = False,
    quiet: Annotated[
        bool, typer.Option(*QUIET, help="print results and errors only; may stand anywhere")
    ] = False,
) -> None:
    speech.quiet = quiet


def main() -> None:
    """Run the command line; a user's mistake is printed in three parts, never a traceback."""
    buffer_standard_output()
    if isinstance(sys.stdout, TextIOWrapper):
        # The name of a folder that is not UTF-8 is printed as it is.
        sys.stdout.reconfigure(errors="surrogateescape")
    search_less_for_cycles()
    warnings.showwarning = _show_warning
    try:
        with _obeying_signals():
            app(args=_arranged(sys.argv[1:]))
    except BibnetError as error:
        _fail(error)
    except (KeyboardInterrupt, EndedError) as stop:
        Console(stderr=True).print("interrupted")
        sys.exit(ENDED_BY_SIGNAL + getattr(stop, "number", signal.SIGINT))
    except OSError as error:
        where = str(error.filename or "the output folder")
        remedy = "make room, or give another --out"
        what = f"a file cannot be written or read: {error.strerror or error}"
        _fail(UsageError(Fault(what, where, remedy)))


def _show_warning(*warning: Any, **place: Any) -> None:
    """Print what a user must know as a line, not as a place in the program."""
    message, category = warning[:2]
    if issubclass(category, ChangedFileWarning):
        typer.echo(f"warning: {message}", err=True)
    else:
        SHOW_WARNING(*warning, **place)


@contextmanager
def _obeying_signals() -> Iterator[None]:
    """Clean up when asked to end; a signal that the caller has switched off (nohup) stays off."""
    in_main = threading.current_thread() is threading.main_thread()
    unset = [n for n in ENDING_SIGNALS if in_main and signal.getsignal(n) is signal.SIG_DFL]
    for number in unset:
        signal.signal(number, _end)
    try:
        yield
    except RuntimeError as error:
        # DuckDB, stopped at work, tells what the signal raised as an error of its own.
        if isinstance(error.__cause__, KeyboardInterrupt | EndedError):
            raise error.__cause__ from None
        raise
    finally:
        for number in unset:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _frame: object) -> None:
    for one in ENDING_SIGNALS:  # cleaning up is not broken off by a second request
        signal.signal(one, signal.SIG_IGN)
    raise EndedError(number)


def _arranged(arguments: list[str]) -> list[str]:
    """The arguments with `--quiet` first, wherever it stands before a `--`."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    quiet = [argument for argument in arguments[:end] if argument in QUIET]
    others = [argument for argument in arguments[:end] if argument not in QUIET]
    return [*quiet, *others, *arguments[end:]]


def _fail(error: BibnetError) -> NoReturn:
    speech.status("")
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for fault in error.faults:
        console.print(f"[bold red]error[/] {escape(str(fault))}")
    sys.exit(error.exit_code)
