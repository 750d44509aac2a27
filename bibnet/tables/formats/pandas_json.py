"""A data frame of works that pandas wrote as JSON: by columns, by index, split, or as a table."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.documents import DOCUMENT_LIMIT, take
from bibnet.tables.formats.openalex_r import is_of_openalex_r, work_object
from bibnet.tables.formats.record import item
from bibnet.tables.formats.works_format import Blocks, Item, WorksFormat
from bibnet.tables.lines import BOM, RAW_KEPT

NAME = rb'"(?:[^"\\]|\\.){0,200}"\s*:\s*'
FIRST = re.compile(
    rb"\s*\{\s*(?:"
    rb'"\d{1,9}"\s*:\s*\{'  # by index
    rb"|" + NAME + rb'\{\s*"\d{1,9}"\s*:'  # by columns
    rb'|"columns"\s*:\s*\['  # split
    rb'|"schema"\s*:\s*\{\s*"fields")'  # table
)
ROW_NUMBER = re.compile(r"\d{1,9}")
# Held in memory whole: its columns stand one behind the other.
LARGEST = 8 * DOCUMENT_LIMIT
Row = Mapping[str, Any]


def _begins(head: bytes) -> bool:
    return bool(FIRST.match(head.removeprefix(BOM)))


def _items(blocks: Blocks) -> Iterator[Item]:
    text, ended = take(blocks, LARGEST)
    if not ended:
        detail = (
            f"more than {LARGEST:,} bytes; write it as JSON Lines (orient='records', lines=True)"
        )
        yield item(text[:RAW_KEPT], Refusal("frame_too_large", detail))
        return
    try:
        found = list(_rows(json.loads(text.removeprefix(BOM))))
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        yield item(text[:RAW_KEPT], Refusal("malformed_json", str(error)))
        return
    for row in found:
        raw = json.dumps(row, ensure_ascii=False, default=str)[:RAW_KEPT]
        known = {name: value for name, value in row.items() if value is not None}
        fields = work_object(known) if is_of_openalex_r(known) else known
        yield Item(raw.encode("utf-8", "backslashreplace"), fields)


def _rows(frame: Any) -> Iterator[Row]:
    if isinstance(frame.get("columns"), list):
        for cells in frame["data"]:
            yield dict(zip(frame["columns"], cells, strict=True))
    elif "schema" in frame:
        yield from frame["data"]
    elif all(ROW_NUMBER.fullmatch(name) for name in frame):
        yield from frame.values()
    else:
        yield from _by_columns(frame)


def _by_columns(frame: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    numbers: Sequence[str] = list(dict.fromkeys(n for column in frame.values() for n in column))
    for number in numbers:
        yield {name: column.get(number) for name, column in frame.items()}


PANDAS_JSON = WorksFormat("pandas_json", _begins, _items)
