"""How wide a text is drawn, from the advance widths of the page's font."""

import unicodedata

# Advance widths of U+0020 to U+007E in thousandths of the font size: Liberation Sans, which is
# metric-compatible with Arial and Helvetica.
ADVANCES = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 "
    "556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 "
    "1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 "
    "667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 "
    "333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 "
    "556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
WIDTHS = {chr(32 + i): int(advance) for i, advance in enumerate(ADVANCES.split())}
OTHER_WIDTH = 600  # a letter of another alphabet
WIDE_WIDTH = 1000  # a full-width character, for example a Chinese one


def text_width(text: str, size: float) -> float:
    """Return the width of one line of text in px at a font size in px."""
    return sum(_advance(character) for character in text) * size / 1000


def shortened(text: str, size: float, room: float) -> str:
    """Return the text, or its longest beginning with an ellipsis that fits into `room` px."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Break a text at spaces into lines of at most `room` px; a longer word has its own line."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _advance(character: str) -> int:
    if character in WIDTHS:
        return WIDTHS[character]
    base = unicodedata.normalize("NFD", character)[0]
    if base in WIDTHS:
        return WIDTHS[base]
    wide = unicodedata.east_asian_width(character) in "WF"
    return WIDE_WIDTH if wide else OTHER_WIDTH
