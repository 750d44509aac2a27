"""The command that resolves affiliation strings."""

import os
import sys
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from bibnet import places
from bibnet.cli.app import number_within, say
from bibnet.schema.errors import Fault, UsageError

# A third process gains little: this one feeds the others and writes.
JOBS = min(2, os.cpu_count() or 1)


def locate_command(
    strings: Annotated[
        list[str] | None, typer.Argument(metavar="STRING", help="affiliation strings")
    ] = None,
    file: Annotated[
        str | None, typer.Option(help="a file with one string a line (plain or .gz); - = stdin")
    ] = None,
    registry: Annotated[
        Path | None, typer.Option(help="a registry of organisations; without it places only")
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            parser=number_within(1, 64, int),
            metavar="<int>",
            help="processes, 1 to 64; the answers are the same",
        ),
    ] = JOBS,
) -> None:
    """Resolve affiliation strings to organisations and places: one line of JSON for each.

    Example: bibnet locate "Dept. of Physics, Nanjing University, Nanjing 210093, China"
    """
    if not strings and file is None:
        where = "bibnet locate [STRING ...] [--file FILE]"
        raise UsageError(Fault("no strings to locate", where, "give strings, or --file"))
    lines = places.Lines(file) if file is not None else None
    given = [_readable(string) for string in strings or ()]
    try:
        for line in places.located_lines(chain(given, lines or ()), registry, say, jobs):
            sys.stdout.buffer.write(line.encode() + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough (`| head`): nothing is left to write to, not even at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    mended = sum(string != read for string, read in zip(strings or (), given, strict=True))
    mended += lines.mended if lines else 0
    if mended:
        holding = "1 string holds" if mended == 1 else f"{mended} strings hold"
        say(f"{holding} bytes that are not UTF-8; each is shown as \\ufffd")
    for name in filter(os.path.isfile, given):
        say(f"{name!r} is also the name of a file and was read as a string; --file reads its lines")


def _readable(argument: str) -> str:
    """An argument without the lone surrogates that stand for bytes outside UTF-8."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
