"""One list of the source: which entity, which filters, which fields; and one page of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PER_PAGE = 100  # the most the source documents; also where it cuts author lists
FIRST_CURSOR = "*"


@dataclass(frozen=True)
class Listing:
    """What to ask of a list: `filters` maps each filter key to its value, `|` meaning or.

    A mapping cannot hold a key twice, so that two values of one key are never joined
    by `+`, which the source misreads beside `|`. `sort` must not change between pages.
    """

    entity: str
    filters: Mapping[str, str] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    sort: str = ""
    corpus: str = ""


@dataclass(frozen=True)
class Page:
    """Results of one page, the count announced for the whole list, and the next cursor."""

    results: list[dict[str, Any]]
    count: int
    next_cursor: str | None


@dataclass(frozen=True)
class Groups:
    """Works by the values of a field; `count` is announced for the whole list."""

    counts: Mapping[str, int]
    count: int
