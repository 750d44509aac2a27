"""What the page of the explorer shows. Texts are as the source has them, untrusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Bar:
    """One row of a panel: what it counts, and the address that adds it to the filters."""

    label: str
    works: int
    joint_works: int
    address: str
    detail: str = ""


@dataclass(frozen=True)
class Panel:
    """A table of counts with bars: the first of `total` rows; `csv` has all of them."""

    name: str
    heading: str
    bars: Sequence[Bar]
    total: int
    csv: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chip:
    """A filter that is on, in words, and the address without it."""

    text: str
    without: str


@dataclass(frozen=True)
class Circle:
    """An institution of the network: name, country, side, counts, the address that adds it."""

    name: str
    country: str
    side: str
    works: int
    joint_works: int
    address: str


@dataclass(frozen=True)
class Spot:
    """An institution on the map: what it is, and its latitude and longitude in degrees.

    `ringed` says that a list of the run holds it.
    """

    circle: Circle
    lat: float
    lon: float
    ringed: bool = False


@dataclass(frozen=True)
class Line:
    """A tie of the network between two circles, given by their places."""

    one: int
    other: int
    works: int
    joint_works: int
    across: bool
    address: str


@dataclass(frozen=True)
class ListedWork:
    """A work as it is listed: its texts, each of them joined to one."""

    work_id: str
    doi: str
    title: str
    year: int | None
    venue: str
    citations: int | None
    joint: bool
    institutions: str
    evidence: str
    funders: str
    lists: str


@dataclass(frozen=True)
class Field:
    """A filter of the form: its parameter, its label, the values to choose from.

    `is_open` says that another value may be typed: the values are only the most frequent.
    """

    name: str
    label: str
    values: Pairs
    is_open: bool = True


@dataclass(frozen=True)
class Explorer:
    """The run that is explored, the same on every page."""

    question: str
    name: str
    run: str
    invented: bool
    sides: Sequence[str]
    source_line: str
    warnings: Sequence[str]
    fields: Sequence[Field]
    years: tuple[int, int] | None


@dataclass(frozen=True)
class Answer:
    """The works that fit the filters, and everything that follows them.

    `kept` are the filters that the form sends again, `years` and `words` those it shows in its own
    fields. `pages` are addresses of other pages of the list, by what they are called.
    """

    works: int
    joint_works: int
    undecided: int
    chips: Sequence[Chip]
    panels: Sequence[Panel]
    circles: Sequence[Circle]
    lines: Sequence[Line]
    network_note: str
    spots: Sequence[Spot]
    map_note: str
    listed: Sequence[ListedWork]
    first: int
    csv: str
    kept: Pairs = ()
    years: tuple[int | None, int | None] = (None, None)
    joint: bool = False
    words: str = ""
    sort: str = ""
    sorts: Sequence[tuple[str, str]] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
