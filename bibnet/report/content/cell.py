"""What a shown number stands for: a cell of an exhibit, and its address in the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import pandas as pd

from bibnet.report.content.wording import is_undefined

WORKS_ADDRESS = "#works/"
COUNT = "count"
ON_LISTS = "lists=yes"


@dataclass(frozen=True)
class Cell:
    """A cell of an exhibit: values of its keys (None = empty key), and which number of it.

    Keys may be left out: then all cells that fit are meant. `count` is a column that counts
    works; empty = the exhibit's first. `on_lists` = of its works those with a listed institution.
    """

    exhibit: str
    keys: Mapping[str, object] = field(default_factory=dict)
    count: str = ""
    on_lists: bool = False

    @property
    def address(self) -> str:
        """The part of the page's address that opens the works: #works/EXHIBIT?KEY=VALUE&..."""
        counted = f"{COUNT}={_coded(self.count)}" if self.count else ""
        lists = ON_LISTS if self.on_lists else ""
        asked = "&".join(part for part in (self.asked, counted, lists) if part)
        return f"{WORKS_ADDRESS}{_coded(self.exhibit)}{'?' if asked else ''}{asked}"

    @property
    def asked(self) -> str:
        """The keys as a part of an address: KEY=VALUE&..., an empty key as nothing."""
        pairs = self.keys.items()
        return "&".join(f"{_coded(name)}={_coded(_plain(value))}" for name, value in pairs)


def row_keys(frame: pd.DataFrame, names: tuple[str, ...]) -> list[dict[str, object]]:
    """The values of the key columns `names`, row by row; an undefined one is None."""
    columns = [frame[name].tolist() for name in names]
    return [
        {n: None if is_undefined(v) else v for n, v in zip(names, row, strict=True)}
        for row in zip(*columns, strict=True)
    ]


def _plain(value: object) -> str:
    return "" if is_undefined(value) else str(value)


def _coded(text: str) -> str:
    # Half of a surrogate pair has no UTF-8: a question mark stands for it, as in the page's data.
    return quote(text.encode("utf-8", "replace"), safe="|,:")
