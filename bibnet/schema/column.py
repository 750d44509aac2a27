"""What a column and a table are: a name, a type, a meaning in words, a unit, a key."""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "integer", "number", "flag", "time"]


@dataclass(frozen=True)
class Column:
    """One column. `unit` is empty for text and flags; an undefined cell is null."""

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """One table: its columns in order and the columns that identify a row (and order it).

    An exhibit also says in which `section` of the report it stands, what it `answers` (README),
    and which columns need works of one side only: empty where a query harvests joint works alone.
    `reading` names the columns that the page shows, in order (none = all but identifiers);
    `when_empty` says why it can have no row, and how to fill it.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    section: str = ""
    answers: str = ""
    needs_one_sided: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    when_empty: str = ""

    @property
    def column_names(self) -> list[str]:
        """Names of the columns, in the declared order."""
        return [column.name for column in self.columns]


def text(name: str, meaning: str) -> Column:
    """Declare a text column; empty text is stored as null."""
    return Column(name, "text", meaning)


def integer(name: str, meaning: str, unit: str = "") -> Column:
    """Declare a column of whole numbers (64 bits)."""
    return Column(name, "integer", meaning, unit)


def number(name: str, meaning: str, unit: str = "") -> Column:
    """Declare a column of floating-point numbers."""
    return Column(name, "number", meaning, unit)


def flag(name: str, meaning: str) -> Column:
    """Declare a yes/no column; null where the source does not say."""
    return Column(name, "flag", meaning)


def time(name: str, meaning: str) -> Column:
    """Declare an instant in UTC, to the microsecond."""
    return Column(name, "time", meaning)
