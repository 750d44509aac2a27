"""Recognise the format of a file by its content: the formats of `FORMATS`, in order, else JSON.

A new format is a module beside this one and a line in `FORMATS`.
"""

import codecs
from collections.abc import Iterator
from itertools import chain

from bibnet.tables.formats.dimensions import DIMENSIONS
from bibnet.tables.formats.json_content import Content, first_lines, json_content
from bibnet.tables.formats.lens import LENS
from bibnet.tables.formats.not_read import NOT_READ
from bibnet.tables.formats.openalex_csv import OPENALEX_CSV
from bibnet.tables.formats.openalex_r import OPENALEX_R
from bibnet.tables.formats.pandas_json import PANDAS_JSON
from bibnet.tables.formats.pubmed import PUBMED
from bibnet.tables.formats.ris import RIS
from bibnet.tables.formats.scopus import SCOPUS
from bibnet.tables.formats.web_of_science import WEB_OF_SCIENCE_TAB, WEB_OF_SCIENCE_TEXT
from bibnet.tables.formats.works_format import Blocks, WorksFormat

PARQUET_MAGIC = b"PAR1"

# Formats that are not OpenAlex's own JSON, in the order they are asked.
FORMATS: list[WorksFormat] = [
    SCOPUS,
    WEB_OF_SCIENCE_TEXT,
    WEB_OF_SCIENCE_TAB,
    DIMENSIONS,
    LENS,
    PUBMED,
    RIS,
    OPENALEX_CSV,
    OPENALEX_R,
    PANDAS_JSON,
    *NOT_READ,
]
# Text in two bytes a letter, told by its mark.
WIDE_TEXT = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read_content(blocks: Blocks, *, cut: bool = False) -> Content:
    """Recognise what the blocks hold; `cut` says that the file ended before its end."""
    blocks = _narrow(blocks)
    head, ended = first_lines(blocks)
    blocks = chain([head], blocks)
    for one in FORMATS:
        if one.begins(head):
            return Content(one.name, iter(()), one.items(blocks))
    return json_content(head, blocks, alone=ended, cut=cut)


def is_table_of_works(head: bytes) -> bool:
    """Whether a file that begins so is of a format other than JSON that is read."""
    return any(one.begins(head) for one in FORMATS if one not in NOT_READ)


def _narrow(blocks: Blocks) -> Iterator[bytes]:
    """Blocks of UTF-16 as UTF-8; others as they are."""
    first = next(blocks, b"")
    encoding = next((name for mark, name in WIDE_TEXT if first.startswith(mark)), None)
    if encoding is None:
        yield from chain([first], blocks)
        return
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for block in chain([first], blocks):
        yield decoder.decode(block).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")
