"""A drawn figure in its two forms: inside the page, and as a file with title and source."""

import re
from collections.abc import Sequence
from html import escape

from bibnet.report.content.cell import WORKS_ADDRESS
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.text_width import wrapped
from bibnet.report.figures.theme import FONT, INK, SOFT, WARNING
from bibnet.schema.units import INVENTED

TITLE_SIZE, TEXT_SIZE, FOOTER_SIZE = 15, 12, 10.5
LINE = 1.35  # height of a line of text over its size
MARGIN = 14
BOLD = 1.08  # a bold line is wider than a plain one by about this
OPENING = re.compile(r'^<svg [^>]*width="([\d.]+)" height="([\d.]+)"[^>]*>(<rect [^>]*/>)?')
# What the drawing says of itself to screen readers, part by part; marks keep their own words.
CHATTER = re.compile(r' (?:aria-roledescription="[^"]*"|aria-hidden="true"|role="graphics-object")')
NOTHING_DRAWN = re.compile(
    r'<path class="(?:background|foreground)"(?: pointer-events="none")? d="(?:M0,0h0v0h0Z)?"'
    r'(?: pointer-events="none")?(?: display="none")?(?: pointer-events="none")?/>'
)
ANCHOR = re.compile(r'<a xlink:href="([^"]*)">(.*?)</a>', re.DOTALL)
IDENTIFIER = re.compile(r'(id="|url\(#)((?:clip|gradient)[\w-]*)')


def inline_svg(figure: Figure, drawn: str) -> str:
    """Return the drawing as an element of the page: no size of its own, links into the page."""
    width, height, inner = _parts(drawn)
    marks = IDENTIFIER.sub(rf"\g<1>{figure.id}-\g<2>", ANCHOR.sub(_inner_link, inner))
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        f'role="group" aria-label="{escape(figure.description)}">{marks}'
    )


def file_svg(figure: Figure, drawn: str, source: str, *, invented: bool) -> str:
    """Return the figure as a file of its own: title, subtitle, drawing, source line."""
    width, height, inner = _parts(drawn)
    room = max(width, figure.width)
    block = _Block(room)
    if invented:
        block.add(INVENTED, TEXT_SIZE, WARNING, bold=True)
    block.add(figure.title, TITLE_SIZE, INK, bold=True)
    block.add(figure.subtitle, TEXT_SIZE, SOFT)
    top = block.y + 8
    foot = _Block(room, top + height + 4)
    foot.add(source, FOOTER_SIZE, SOFT)
    whole = (room + 2 * MARGIN, foot.y + MARGIN)
    body = ANCHOR.sub(r"\g<2>", inner)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole[0]:g}" height="{whole[1]:g}" '
        f'viewBox="0 0 {whole[0]:g} {whole[1]:g}"><title>{escape(figure.title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(block.lines)}'
        f'<svg x="{MARGIN}" y="{top:g}" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">{body}{"".join(foot.lines)}</svg>'
    )


class _Block:
    """Lines of text below each other; `y` is where the next one may begin."""

    def __init__(self, room: float, y: float = MARGIN):
        self.room, self.y, self.lines = room, y, list[str]()

    def add(self, text: str, size: float, colour: str, *, bold: bool = False) -> None:
        weight = ' font-weight="bold"' if bold else ""
        for line in wrapped(text, size, self.room / (BOLD if bold else 1)):
            self.y += size * LINE
            self.lines.append(
                f'<text x="{MARGIN}" y="{self.y - size * 0.25:g}" font-family="{FONT}" '
                f'font-size="{size:g}px"{weight} fill="{colour}">{escape(line)}</text>'
            )


def _parts(drawn: str) -> tuple[float, float, str]:
    """Width, height and content of a drawing; the content ends with the closing tag."""
    opening = OPENING.match(drawn)
    if not opening:
        raise ValueError(f"not a drawing: {drawn[:80]}")
    inner = NOTHING_DRAWN.sub("", CHATTER.sub("", drawn[opening.end() :]))
    return float(opening[1]), float(opening[2]), inner


def _inner_link(found: re.Match[str]) -> str:
    """A link into the page; the drawing engine puts an address of its own before it."""
    _, mark, rest = found[1].partition(WORKS_ADDRESS)
    return f'<a href="{mark}{rest}">{found[2]}</a>' if mark else found[2]


def drawn_texts(drawn: str) -> Sequence[str]:
    """The texts of a drawing, for those who check it."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
