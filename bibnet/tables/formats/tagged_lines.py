"""Records of tagged lines (`TI  - A title`), each with its bytes and its values by tag."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import rispy
from rispy.parser import RisParser

from bibnet.tables.decode.identify import BLANK_LINE, Refusal
from bibnet.tables.formats.works_format import Blocks
from bibnet.tables.lines import BOM, LONGEST_LINE, RAW_KEPT, split_lines

Tags = Mapping[str, Sequence[str]]


class _Itself(dict[str, str]):
    """Every tag has itself as its name."""

    def __missing__(self, tag: str) -> str:
        return tag


class _EveryTag(list[str]):
    """Every tag may stand more than once."""

    def __contains__(self, _tag: object) -> bool:
        return True


def text_records(blocks: Blocks, end: Callable[[str], bool]) -> Iterator[tuple[bytes, list[str]]]:
    """Lines of each record up to the line that ends it, with the start of its bytes.

    What stands after the last end is a record too, unless it is blank. A record longer than a line
    may be is cut there.
    """
    taken: list[str] = []
    size, raw = 0, b""
    for lines in split_lines(blocks):
        for line in lines:
            text = line.removeprefix(BOM).decode("utf-8", "surrogateescape").rstrip("\r")
            taken.append(text)
            size += len(line)
            raw += (line + b"\n")[: max(0, RAW_KEPT - len(raw))]
            if end(text) or size > LONGEST_LINE:
                yield raw, taken
                taken, size, raw = [], 0, b""
    if any(line.strip() for line in taken):
        yield raw, taken


def tags(lines: Sequence[str], implementation: type[RisParser]) -> Tags | Refusal:
    """Values of a record by tag, in order; the refusal says why there are none."""
    text = "\n".join(lines)
    if any("\udc80" <= letter <= "\udcff" for letter in text if letter > "\x7f"):
        return Refusal("invalid_utf8")
    if not text.strip():
        return BLANK_LINE
    try:
        found = rispy.loads(
            text,
            implementation=implementation,
            mapping=_Itself(),
            list_tags=_EveryTag(),
            delimiter_tags_mapping={},
        )
    except (ValueError, KeyError, AttributeError, TypeError, IndexError) as error:
        return Refusal("broken_record", repr(error))
    if len(found) != 1:
        return Refusal("no_record", f"{len(found)} records where one was expected")
    # The first line stands alone; every other tag has a list.
    return {tag: value if isinstance(value, list) else [value] for tag, value in found[0].items()}
