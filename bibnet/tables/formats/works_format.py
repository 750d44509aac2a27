"""What a format of works files is: how a file of it begins, and how its works are read.

A new format is a module beside this one that yields items, and a line in `FORMATS`
(`content.py`). Each item becomes a work or a quarantined line; nothing else is needed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bibnet.tables.decode.identify import Refusal

Blocks = Iterator[bytes]


@dataclass(frozen=True)
class Item:
    """One work of a file: its bytes (for quarantine.jsonl), and its fields or why it has none.

    `fields` are those of an OpenAlex work object or of a bibnet record.
    """

    raw: bytes
    fields: Mapping[str, Any] | Refusal


@dataclass(frozen=True)
class WorksFormat:
    """A format: its name in the manifest, how a file of it begins, and its items.

    `begins` is asked with the first lines of the uncompressed file; `items` gets all of it, in
    blocks, and yields one item for every record of the file, in order.
    """

    name: str
    begins: Callable[[bytes], bool]
    items: Callable[[Blocks], Iterator[Item]]
