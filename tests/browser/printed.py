"""A page as Chromium prints it: the text of each sheet, and what stands on two of them."""

import base64
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from conftest import Browser

INCH = 72  # points
EDGE = 20  # points of every sheet that no text may reach
PAPERS = {"A4": (8.27, 11.69), "Letter": (8.5, 11.0)}  # inches
# A shorter row could be the end of one and the beginning of the next by chance.
SHORTEST_ROW = 15
SPAN = 4_000  # signs looked at on both sides of the end of a sheet
WHOLE = """
const text = (one) => one.textContent;
const all = (found) => [...document.querySelectorAll(found)].filter((o) => o.checkVisibility());
return {
  heading: all('main h1, main h2, main h3').map(text),
  summary: all('details[open] > summary').map(text),
  caption: all('main caption:not(.hidden)').map(text),
  head: all('main thead').map(text),
  row: all('main tbody tr').map(text),
};
"""
FIGURES = """
return [...document.querySelectorAll('figure')].map((one) => [
  one.querySelector('h3').textContent, one.querySelector('.source').firstChild.textContent,
]);
"""


@dataclass(frozen=True)
class Printed:
    """Sheets of text (letters and digits alone), headings of the outline, texts at an edge."""

    sheets: Sequence[str]
    bookmarks: Sequence[str]
    at_an_edge: Sequence[str]


def printed(browser: Browser, paper: str, to: Path) -> Printed:
    """Print the page that is open."""
    width, height = PAPERS[paper]
    asked = {
        "generateDocumentOutline": True, "generateTaggedPDF": True,
        "paperWidth": width, "paperHeight": height,
    }  # fmt: skip
    answer = browser.driver.execute_cdp_cmd("Page.printToPDF", asked)
    to.write_bytes(base64.b64decode(answer["data"]))
    document = pypdfium2.PdfDocument(to)
    try:
        texts = [page.get_textpage() for page in document]
        sheets = [bare(text.get_text_range()) for text in texts]
        titles = [mark.get_title() for mark in document.get_toc()]
        return Printed(sheets, titles, [one for text in texts for one in _outside(text, paper)])
    finally:
        document.close()


def _outside(text: Any, paper: str) -> Iterator[str]:
    width, height = (inches * INCH for inches in PAPERS[paper])
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        if min(left, bottom) < EDGE or right > width - EDGE or top > height - EDGE:
            yield text.get_text_bounded(left, bottom, right, top)


def bare(text: str) -> str:
    """Letters and digits alone: hyphens and spaces at the ends of lines are the printer's."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


def parted(browser: Browser, found: Printed) -> list[str]:
    """Return what is cut by the end of a sheet or stands alone before it.

    Headings, lines that open a table and heads of tables need something below them; they and the
    rows of tables stand on one sheet, and so does a figure from its title to its table's line.
    """
    whole = {kind: {*map(bare, texts)} for kind, texts in browser.run(WHOLE).items()}
    faults = []
    for number, (above, below) in enumerate(zip(found.sheets, found.sheets[1:], strict=False), 1):
        again = max((head for head in whole["head"] if below.startswith(head)), key=len, default="")
        over = above[-SPAN:], below.removeprefix(again)[:SPAN]
        for kind, texts in whole.items():
            shortest = SHORTEST_ROW if kind == "row" else 1
            named = [one for one in texts if len(one) >= shortest]
            faults += [f"{kind} on sheet {number}: {one}" for one in named if _cut(one, over)]
            if kind != "row":
                alone = (one for one in named if above.endswith(one))
                faults += [f"{kind} ends sheet {number}: {one}" for one in alone]
    return faults + _figures_on_two_sheets(browser, found.sheets)


def _cut(text: str, over: tuple[str, str]) -> bool:
    """Whether a text begins before the end of a sheet and ends behind it."""
    above, below = over
    rest = len(text) - 1
    return rest > 0 and text in above[-rest:] + below[:rest]


def _figures_on_two_sheets(browser: Browser, sheets: Sequence[str]) -> list[str]:
    """Figures whose title and source, which stand around the drawing, are on two sheets."""
    around = [[bare(one) for one in two] for two in browser.run(FIGURES)]
    return [
        f"figure on two sheets: {title}"
        for title, source in around
        if not any(source in sheet.partition(title)[2] for sheet in sheets)
    ]
