"""The one door from affiliation strings to organisations and places.

`Locator` answers strings in batches, `located_table` writes the answers as the declared table
`located_string`, `StringReader` does so wherever an engine sends it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import pyarrow as pa

from bibnet.places.locate.answers import BATCH, Locator
from bibnet.places.locate.located import Located
from bibnet.places.locate.workers import Workers
from bibnet.places.registry.cache import OpenRegistry, read_index
from bibnet.places.registry.index import RegistryIndex
from bibnet.places.registry.organisations import Registry
from bibnet.schema.places import LOCATED_STRING
from bibnet.storage.arrow import arrow_schema

__all__ = ["BATCH", "Located", "Locator", "StringReader", "locate", "located_table"]
AnyRegistry = Registry | RegistryIndex | OpenRegistry | None
ROWS = 10_000  # rows of a batch of the table


def locate(texts: Iterable[str], registry: AnyRegistry, processes: int = 1) -> Iterator[Located]:
    """Rows of the distinct strings, in the order they first come; equal strings answer once.

    Without a registry only place names answer (level 4). More than one process needs a registry
    that was opened from its cache; the rows are the same.
    """
    folder = registry.folder if isinstance(registry, OpenRegistry) else None
    index = registry.index if isinstance(registry, OpenRegistry) else registry
    distinct = iter(dict.fromkeys(texts))
    batches = iter(lambda: list(islice(distinct, BATCH)), [])
    with Workers(Locator(index), folder, processes) as workers:
        yield from workers.rows(batches)


def located_table(
    texts: Iterable[str], registry: AnyRegistry, processes: int = 1
) -> Iterator[pa.Table]:
    """Batches of the table `located_string`; no string placed, no batch."""
    found = locate(texts, registry, processes)
    schema = arrow_schema(LOCATED_STRING)
    while batch := list(islice(found, ROWS)):
        columns = zip(*batch, strict=True)
        arrays = [
            pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)
        ]
        yield pa.Table.from_arrays(arrays, schema=schema)


@dataclass(frozen=True)
class StringReader:
    """Answers strings with rows of `located_string`, here or in another process.

    Sent to another process it takes only the name of the cache's folder with it: the index is read
    there, once a process. An index that no folder holds travels whole.
    """

    registry: AnyRegistry

    def __call__(self, texts: Iterator[str], processes: int) -> Iterator[pa.Table]:
        """Batches of the table for distinct strings, in their order."""
        return located_table(texts, self.registry, processes)

    def __reduce__(self) -> tuple[object, ...]:
        if isinstance(self.registry, OpenRegistry):
            folder, index = self.registry.folder, self.registry.index
            return (_reader_of, (folder,)) if folder else (StringReader, (index,))
        return StringReader, (self.registry,)


@cache
def _reader_of(folder: Path) -> StringReader:
    return StringReader(read_index(folder))
