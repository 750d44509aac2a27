"""Physical lines of a stream of blocks, each within a stated size."""

from collections.abc import Iterator

BLANK = b" \t\r\n"
BOM = b"\xef\xbb\xbf"
LONGEST_LINE = 64 << 20  # bytes; the longest real work is a tenth of it
RAW_KEPT = 4096  # bytes of a refused line that quarantine.jsonl shows


class LongLine(bytes):
    """The start of a line longer than LONGEST_LINE; a NUL byte keeps it from being read."""


class CutLine(bytes):
    """The last line of a file that was cut: complete only if it parses."""


def split_lines(blocks: Iterator[bytes], *, cut: bool = False) -> Iterator[list[bytes]]:
    """Lines of the blocks, list by list, without their newline.

    The bytes after the last newline are a line if there are any; with `cut` they
    are a CutLine, because the file ended before its end.
    """
    parts: list[bytes] = []  # the line that is not complete yet
    size = 0
    for block in blocks:
        lines = block.split(b"\n")
        if len(lines) == 1:
            parts, size = _append(parts, size, block)
            continue
        first, _ = _append(parts, size, lines[0])
        lines[0] = _join(first, size + len(lines[0]))
        tail = lines.pop()
        parts, size = [tail], len(tail)
        yield lines
    if size:
        last = _join(parts, size)
        yield [CutLine(last) if cut and not isinstance(last, LongLine) else last]


def _append(parts: list[bytes], size: int, part: bytes) -> tuple[list[bytes], int]:
    """Add a part to a line; of a line that is too long only the start is kept."""
    if size + len(part) > LONGEST_LINE:
        start = b"".join(parts)[:RAW_KEPT] if len(parts) > 1 else (parts or [b""])[0][:RAW_KEPT]
        return [(start + part[:RAW_KEPT])[:RAW_KEPT]], size + len(part)
    return [*parts, part], size + len(part)


def _join(parts: list[bytes], size: int) -> bytes:
    line = b"".join(parts)
    return LongLine(line[:RAW_KEPT] + b"\0") if size > LONGEST_LINE else line
