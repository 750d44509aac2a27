"""Every error a user can cause, in three parts, with the exit code of the contract.

A message says what is wrong, where, and what to do. The library raises; the
command line prints and exits with `exit_code`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

EXIT_USAGE = 2


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: `what`, `where` (file, line, key or value) and `remedy`."""

    what: str
    where: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}\n  where: {self.where}\n  what to do: {self.remedy}"


class ChangedFileWarning(UserWarning):
    """A file of a finished run is not what its manifest says."""


class BibnetError(Exception):
    """A user-facing error that carries one or more faults, all reported together."""

    exit_code = 1

    def __init__(self, faults: Fault | Sequence[Fault]):
        self.faults = [faults] if isinstance(faults, Fault) else list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UsageError(BibnetError):
    """The command line asks for something that does not exist or does not go together."""

    exit_code = EXIT_USAGE


class QueryError(BibnetError):
    """The query file is wrong: unknown keys, impossible years, unknown or overlapping sides."""

    exit_code = 10


class InputError(BibnetError):
    """No work can be read from the input, or the run keeps none."""

    exit_code = 11


class SourceError(BibnetError):
    """The source failed after retries."""

    exit_code = 12


class BudgetError(BibnetError):
    """The day's budget at the source is spent; resume later."""

    exit_code = 13


class ReferenceListError(BibnetError):
    """A reference list is wrong: duplicate or unknown identifiers, missing columns or card."""

    exit_code = 14


class CheckError(BibnetError):
    """A check of the run failed: a claim, how often it is broken, and three examples."""

    exit_code = 15
