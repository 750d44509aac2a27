"""Which works a reader wants to see: read from an address, and written back into one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from urllib.parse import urlencode

from bibnet.runs.explore.dimensions import DIMENSIONS, TIES
from bibnet.runs.explore.works_database import WorksDatabase, number_of
from bibnet.schema.errors import Fault, UsageError

FIRST_YEAR, LAST_YEAR, JOINT, WORDS = "year_from", "year_to", "joint", "words"
TIE, SORT, PAGE = "tie", "sort", "page"
YES = "yes"
NAMES = tuple(dimension.name for dimension in DIMENSIONS)
# What works may be sorted by.
NEWEST, OLDEST, CITED, TITLE = SORTS = ("newest", "oldest", "cited", "title")
PARAMETERS = (FIRST_YEAR, LAST_YEAR, JOINT, WORDS, *NAMES, TIE, SORT, PAGE)
# Suggested where a name is not known.
SUGGESTIONS = 8
LONGEST_VALUE = 500  # characters
MOST_VALUES = 20  # of one address
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Filters:
    """What a work must have, all of it: years, joint, words of the title, members, ties.

    `members` are (dimension, id), `ties` (level, id, id): two units that share the work. `sort`
    and `page` say which of the works are listed, and change no number.
    """

    years: tuple[int | None, int | None] = (None, None)
    joint: bool = False
    words: str = ""
    members: tuple[tuple[str, str], ...] = ()
    ties: tuple[tuple[str, str, str], ...] = ()
    sort: str = NEWEST
    page: int = 1

    @property
    def are_none(self) -> bool:
        """Tell whether every work is chosen."""
        return self.chosen == Filters()

    @property
    def chosen(self) -> "Filters":
        """The same works in the usual order, from the first on."""
        return replace(self, sort=NEWEST, page=1)

    @property
    def address(self) -> str:
        """The part of an address that says the same, in one order: ?NAME=VALUE&..., or nothing."""
        first, last = (str(year) if year is not None else "" for year in self.years)
        pairs = [
            (FIRST_YEAR, first),
            (LAST_YEAR, last),
            (JOINT, YES if self.joint else ""),
            (WORDS, self.words),
            *self.members,
            *((TIE, ",".join(tie)) for tie in self.ties),
            (SORT, "" if self.sort == NEWEST else self.sort),
            (PAGE, "" if self.page == 1 else str(self.page)),
        ]
        text = urlencode([pair for pair in pairs if pair[1]], errors="replace")
        return f"?{text}" if text else ""

    def with_member(self, dimension: str, identifier: str) -> "Filters":
        """The works that have one thing more."""
        members = dict.fromkeys((*self.members, (dimension, identifier)))
        return replace(self.chosen, members=tuple(members))

    def with_tie(self, level: str, first: str, second: str) -> "Filters":
        """The works that two units share, among these."""
        ties = dict.fromkeys((*self.ties, (level, *sorted((first, second)))))
        return replace(self.chosen, ties=tuple(ties))  # type: ignore[arg-type]


@dataclass
class _Reader:
    """Reads an address; every fault is kept, so that all are told together."""

    database: WorksDatabase
    faults: list[Fault] = field(default_factory=list)

    def whole(self, name: str, text: str) -> int | None:
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
        self.faults.append(Fault(f"{text!r} is not a whole number", name, "give digits only"))
        return None

    def member(self, dimension: str, text: str) -> str:
        """The id of a member that is given by its id or its name, whatever the case."""
        of, word = self.database.members[dimension], text.casefold()
        if number_of(of, text) >= 0:
            return text
        names = [str(label) for label in of.label]
        for texts in (of.id, names):
            for identifier, text_of in zip(of.id, texts, strict=True):
                if text_of.casefold() == word:
                    return str(identifier)
        near = islice((label for label in names if word in label.casefold()), SUGGESTIONS)
        remedy = "; ".join(near)
        remedy = f"perhaps one of: {remedy}" if remedy else "take one from the tables"
        self.faults.append(Fault(f"no {dimension} {text!r} in this run", dimension, remedy))
        return ""

    def tie(self, text: str) -> tuple[str, str, str] | None:
        parts = text.split(",")
        if len(parts) != 3 or parts[0] not in TIES:
            remedy = f"write LEVEL,ID,ID with a level of: {', '.join(TIES)}"
            self.faults.append(Fault(f"{text!r} is not a tie", TIE, remedy))
            return None
        ends = sorted(self.member(parts[0], end) for end in parts[1:])
        return (parts[0], ends[0], ends[1])

    def one_of(self, name: str, text: str, known: Sequence[str]) -> str:
        if text and text not in known:
            self.faults.append(Fault(f"{text!r} is not known", name, f"one of: {', '.join(known)}"))
        return text


def read_filters(given: Pairs, database: WorksDatabase) -> Filters:
    """Read the parameters of an address; ids or names; empty values ask for nothing.

    Raises UsageError with every fault: an unknown parameter or member, a year that is no number.
    """
    pairs = [(name, value.strip()[:LONGEST_VALUE]) for name, value in given]
    reader = _Reader(database)
    unknown = sorted({name for name, _ in pairs if name not in PARAMETERS})
    for name in unknown:
        remedy = f"one of: {', '.join(PARAMETERS)}"
        reader.faults.append(Fault("there is no such parameter", name[:60], remedy))
    if len(pairs) > MOST_VALUES + len(PARAMETERS):
        reader.faults.append(Fault("too many filters", "address", f"give {MOST_VALUES} at most"))
    filters = _read(reader, pairs[: MOST_VALUES + len(PARAMETERS)])
    if reader.faults:
        raise UsageError(reader.faults)
    return filters


def _read(reader: _Reader, pairs: Pairs) -> Filters:
    last = dict(pairs)
    members = [
        (name, reader.member(name, value)) for name, value in pairs if name in NAMES and value
    ]
    ties = [reader.tie(value) for name, value in pairs if name == TIE and value]
    return Filters(
        years=(
            reader.whole(FIRST_YEAR, last.get(FIRST_YEAR, "")),
            reader.whole(LAST_YEAR, last.get(LAST_YEAR, "")),
        ),
        joint=reader.one_of(JOINT, last.get(JOINT, ""), (YES,)) == YES,
        words=last.get(WORDS, ""),
        members=tuple(dict.fromkeys(members)),
        ties=tuple(dict.fromkeys(tie for tie in ties if tie)),
        sort=reader.one_of(SORT, last.get(SORT, ""), SORTS) or NEWEST,
        page=max(1, reader.whole(PAGE, last.get(PAGE, "")) or 1),
    )
