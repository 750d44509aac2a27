"""What commands share: the application, its options, and how they speak to the user."""

import inspect
import math
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from bibnet.schema.errors import Fault, UsageError

if TYPE_CHECKING:
    from bibnet.harvest import Progress

Out = Annotated[Path, typer.Option(help="folder that holds the runs")]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="the folder of a run")]
AsJson = Annotated[bool, typer.Option("--json", help="print the result as JSON")]
HELP = "How entangled is the AI research of regions: who publishes with whom, and who pays."
YEARS = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?", re.ASCII)
EXAMPLE = "Example: "
HELP_NAMES = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    help=HELP,
    context_settings=HELP_NAMES,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


def number_within(low: float, high: float, kind: type[int] | type[float]) -> Callable[[str], Any]:
    """A reader of a number from `low` to `high`, both allowed; another one is a usage error.

    The help names the range in words: beside the option it would leave no room for its name.
    """

    def read(text: str) -> Any:
        try:
            number = kind(text)
        except ValueError:
            number = math.nan
        if not low <= number <= high:
            raise typer.BadParameter(f"{text!r} is not a number from {low:g} to {high:g}")
        return number

    return read


def span_of_years(text: str | None) -> tuple[int, int] | None:
    """First and last year of 2018-2022, or one year twice; raises UsageError for other text."""
    if text is None:
        return None
    span = YEARS.fullmatch(text)
    if span is None:
        remedy = "a year, or the first and the last with a hyphen, for example 2018-2022"
        raise UsageError(Fault(f"{text!r} is not a span of years", "--years", remedy))
    return int(span[1]), int(span[2] or span[1])


def prose(command: Callable[..., object]) -> str:
    """The help of a command: its docstring with paragraphs as long lines, each example on its own.

    A terminal of any width breaks them where it ends.
    """
    paragraphs = []
    for paragraph in inspect.cleandoc(command.__doc__ or "").split("\n\n"):
        text, *examples = paragraph.replace("\n", " ").split(EXAMPLE)
        lines = [text.strip(), *(f"{EXAMPLE}{example}".strip() for example in examples)]
        paragraphs.append("\n\n".join(filter(None, lines)))
    return escape("\n\n".join(paragraphs))


class Speech:
    """What commands say on standard error: lines, and on a terminal one line that changes."""

    def __init__(self) -> None:
        self.quiet = False
        self._shown = False

    def say(self, line: str) -> None:
        """Print a line of progress to standard error, unless the user wants none."""
        if not self.quiet:
            self._wipe()
            typer.echo(line, err=True)

    def status(self, text: str) -> None:
        """Show what is going on in the last line of a terminal, nothing elsewhere."""
        if not self.quiet and sys.stderr.isatty():
            self._wipe()
            typer.echo(text, err=True, nl=False)
            self._shown = bool(text)

    def watch(self, progress: "Progress") -> None:
        """Show how far a harvest is, on a terminal."""
        left = "" if progress.seconds_left is None else f", {progress.seconds_left:.0f} s left"
        budget = "" if progress.credits_left is None else f" of {progress.credits_left:,} left"
        self.status(
            f"{progress.works:,}/{progress.announced:,} works, {progress.rate:.0f}/s, "
            f"{progress.credits_spent:,} credits{budget}{left}"
        )

    def _wipe(self) -> None:
        """Empty the line that changes, so that the next text stands alone."""
        if self._shown:
            typer.echo("\r\x1b[K", err=True, nl=False)
            self._shown = False


speech = Speech()
say = speech.say
