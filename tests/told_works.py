"""Every number of works that the pages of a run tell, and the list of works that it opens.

Pages are read as files, as a browser without scripts shows them; lists are those of the data in
the page or beside it. What a script turns into a link (a cell of a table with its count) is one.
"""

import base64
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

PAGES = ("report.html", "countries.html", "institutions.html")
BLOCKS = frozenset(["p", "dt", "dd", "li", "h1", "h2", "h3", "summary", "caption", "th", "td"])
STATE = ("count", "sort", "find", "lists")
WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
# A number that stands alone in a cell, or behind the name of what it counts in a tip.
ALONE = re.compile(r"[\d,]+")

# Numbers of a sentence that count no works, or of which there is no list; each with its reason.
NO_LIST = {
    "joint works with those that may be: the sum of two numbers that open theirs": (
        r"\d[\d,]*(?= of ⟦[^⟧]*⟧ works?(?: \([\d.]+%\))? with undecided ones)|"
        r"(?<=would make )\d[\d,]*|\d[\d,]* with undecided ones"
    ),
    "the others: the difference of two numbers that open theirs": r"\d[\d,]* of \d[\d,]* others?",
    "a tile of few works, whose two numbers stand in the tiles before it": r"^\d+ of \d+$",
    "none": r"(?<![\d,.])0 (?=of )|^0$",
    "the bound below which nothing is told, and what is below it": (
        r"fewer than \d+ works|\d+ works or(?: more)?|Only \d+ works?"
    ),
    "a percentage, a score, a difference": r"[−-]?\d[\d,]*(?:\.\d+)?%|[−-]?\d[\d,]*\.\d+",
    "a year, or a span of them": r"(?<![\d,])(?:1[5-9]|20)\d\d(?!\d|,\d)",
    "the ends of a scale": r"\b[01] = ",
    "authorships": r"\d[\d,]* of \d[\d,]* authorships?",
    "institutions, ties, companies, listed bodies": (
        r"(?:of )?\d[\d,]* (?:of \d[\d,]* )?(?:partner |listed )?"
        r"(?:institutions?|ties?|compan(?:y|ies)|communit(?:y|ies)|bod(?:y|ies)|others?,)"
    ),
    "a part of those": (
        r"\d[\d,]* of (?:them (?:across sides|with a joint work)|the kind)|"
        r"\d[\d,]* (?:with ten or more|only listed)"
    ),
    "a rank and its interval": r"Rank \d[\d,]*(?: \([\d.,]+ to [\d.,]+\))?",
    "names of lists": r"On the lists? .*",
}
# Columns of tables that hold whole numbers of something else than works.
NO_WORKS = re.compile(
    "year|units|new units|ties|ties (?:new|kept|lost)|partners|joint partners|degree|strength|"
    "rank|rank (?:by strength|from|to)|betweenness|community|institutions|pairs bridged|"
    "gatekeeper|liaison|authorships|authorships with country|by .*|mean citations|lines|number|"
    "affiliations|rows|association strength|none|1|2 to 4|5 to 9|10 to 49|50 and more|"
    "fewer than ten|median|.*fractional|works expected by chance|works per million people"
)
# Sentences are read here: findings, tiles, leads of countries and institutions, empty sections.
TOLD = ("findings", "tiles", "lead", "empty")
# Numbers of a title that are works: they are those of marks below it.
OF_TITLES = re.compile(r"\((\d[\d,]*)(?: each)?\)|(?:from|to) (\d[\d,]*) in |in (\d[\d,]*) of \d")


@dataclass(frozen=True)
class Told:
    """A number as a page tells it: where, the words around it, the number, the address or none."""

    place: str
    words: str
    number: str
    address: str


class _Page(HTMLParser):
    """Blocks of text with their links, cells of tables with their addresses, marks of figures."""

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[tuple[str, list[tuple[str, str]]]] = []
        self.cells: list[Told] = []
        self.marks: list[Told] = []
        self.heads: list[dict[str, str]] = []
        self.packs: dict[str, str] = {}
        self._stack: list[tuple[str, dict[str, str]]] = []
        self._place, self._exhibit, self._row, self._at = "", "", "", 0
        self._table, self._list = "", ""
        self._block: list[tuple[str, str]] = []
        self.titles: list[Told] = []

    def _within(self, tag: str) -> dict[str, str] | None:
        return next((own for name, own in reversed(self._stack) if name == tag), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag in ("meta", "input", "br", "link"):
            return
        self._stack.append((tag, own))
        if tag in ("section", "figure") and own.get("id"):
            self._place = own["id"]
        if tag == "table":
            self.heads, self._exhibit = [], own.get("data-exhibit", "")
            self._table = own.get("id", "")
        if tag == "tr":
            self._row, self._at = own.get("data-cell", "-"), 0
        if tag in BLOCKS:
            self._block = []
        if tag != "svg" and "aria-label" in own and self._within("svg") is not None:
            link = self._within("a")
            address = link["href"] if link else ""
            self.marks.append(Told(self._place, own["aria-label"], "", address))

    def handle_endtag(self, tag: str) -> None:
        while self._stack and self._stack[-1][0] != tag:
            self._stack.pop()
        own = self._stack.pop()[1] if self._stack else {}
        if tag in ("th", "td"):
            self._end_of_cell(own)
        elif tag in BLOCKS and self._block:
            text = _plain(self._block)
            if tag == "h3":
                self.titles.append(Told(self._place, text, "", ""))
            kind = own.get("class", "") if tag == "p" else self._within_list()
            self.sentences.append((kind, self._block))
            self._block = []

    def _within_list(self) -> str:
        return (self._within("dl") or {}).get("class", "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "input", "br", "link"):
            self.handle_starttag(tag, attrs)
            self._stack.pop()

    def handle_data(self, data: str) -> None:
        top = self._stack[-1] if self._stack else ("", {})
        if top[0] == "script":
            name = top[1].get("id", "")
            if name.startswith("pack-"):
                self.packs[name.removeprefix("pack-")] = data
        elif top[0] != "style" and self._within("svg") is None:
            link = self._within("a")
            self._block.append((data, link.get("href", "") if link else ""))

    def _end_of_cell(self, own: dict[str, str]) -> None:
        text = "".join(part for part, _ in self._block).strip()
        self._block = []
        if self._within("thead") is not None:
            self.heads.append({**own, "label": text})
            return
        head = self.heads[self._at] if self._at < len(self.heads) else {}
        self._at += 1
        if "n" not in head.get("class", "").split() and "data-works" not in own:
            return
        address = own.get("data-works", "")
        if not address and self._row != "-" and head.get("data-count"):
            parts = [self._row, f"count={head['data-count']}"]
            address = f"#works/{self._exhibit}?{'&'.join(part for part in parts if part)}"
        self.cells.append(Told(self._table, head.get("label", ""), text, address))


class ToldWorks:
    """The pages of a run folder, read; `names` fits names with numbers, which count nothing."""

    def __init__(self, folder: Path, names: str = "(?!)"):
        self._not_told = [names, *NO_LIST.values()]
        self.pages = {name: _read(folder / name) for name in PAGES}
        self._folder = folder

    def faults(self) -> list[str]:
        """Numbers of works that open no list, or one of another length; of every page."""
        return [*self._in_text(), *self._in_tables(), *self._in_figures()]

    def links(self) -> int:
        """How many numbers lead to works."""
        texts = sum("#works/" in a for _, pieces in self._sentences() for _, a in pieces)
        told = [one for page in self.pages.values() for one in (*page.cells, *page.marks)]
        return texts + sum("#works/" in one.address for one in told)

    def _in_text(self) -> Iterator[str]:
        for kind, pieces in self._sentences():
            for text, address in pieces:
                if "#works/" in address and f"{self.works(address):,}" != text:
                    yield f"{text} opens {self.works(address)}: {_plain(pieces)}"
            if kind not in TOLD:
                continue
            left = _plain(pieces)
            for pattern in self._not_told:
                left = re.sub(pattern, " ", left)
            for found in WHOLE.findall(re.sub("⟦[^⟧]*⟧", " ", left)):
                yield f"{found} opens nothing: {_plain(pieces)}"

    def _in_tables(self) -> Iterator[str]:
        for cell in (cell for page in self.pages.values() for cell in page.cells):
            if not ALONE.fullmatch(cell.number) or cell.number == "0":
                continue
            if not cell.address:
                if not NO_WORKS.fullmatch(cell.words) and not cell.place.startswith("origin-"):
                    yield f"{cell.number} opens nothing: {cell.place}, {cell.words}"
            elif f"{self.works(cell.address):,}" != cell.number:
                yield f"{cell.number} opens {self.works(cell.address)}: {cell.place}, {cell.words}"

    def _in_figures(self) -> Iterator[str]:
        for page in self.pages.values():
            sizes: dict[str, set[str]] = {}
            for mark in page.marks:
                works = self.works(mark.address) if mark.address else 0
                numbers = re.findall(r"\d(?:[\d,]*\d)?(?![\d,]*[.%])", mark.words)
                sizes.setdefault(mark.place, set()).add(f"{works:,}")
                # A mark of a share or a score may not say of how many works it is.
                is_score = re.search(r"\d[.%]", mark.words)
                if not works and not is_score and "0" not in numbers:
                    yield f"{mark.words} opens nothing: {mark.place}"
                if works and not is_score and f"{works:,}" not in numbers:
                    yield f"{mark.words} opens {works}: {mark.place}"
            for title in page.titles:
                found = {next(filter(None, one)) for one in OF_TITLES.findall(title.words)}
                if title.place in sizes and not found <= sizes[title.place] | {"0"}:
                    yield f"no mark opens the number of its title: {title.words}"

    def _sentences(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        for page in self.pages.values():
            yield from page.sentences

    def works(self, address: str) -> int:
        """How many works an address opens, as the page finds them; -1 if it names no number."""
        exhibit, _, asked = address.partition("#works/")[2].partition("?")
        pairs = [pair.partition("=")[::2] for pair in asked.split("&") if pair]
        keys = {unquote(name): unquote(value) for name, value in pairs}
        known = self._pack("about")["exhibits"].get(unquote(exhibit))
        if known is None:
            return -1
        cells = self._pack(f"cells-{exhibit}")
        count = keys.get("count") or next(iter(known["counts"]))
        wanted = {name: value for name, value in keys.items() if name not in STATE}
        if count not in cells["counts"] or set(wanted) - set(known["keys"]):
            return -1
        fits = [
            row
            for row, key in enumerate(cells["keys"])
            if all(key[known["keys"].index(name)] == value for name, value in wanted.items())
        ]
        lists = [cells["lists"][cells["counts"][count][row]] for row in fits]
        works = {place for steps in lists for place in _places(steps)}
        if keys.get("lists"):
            works &= self._on_lists
        return len(works) if fits else -1

    @cached_property
    def _on_lists(self) -> set[int]:
        facts = self._pack("about")
        packs = range(-(-facts["works"] // facts["pack"]))
        listed = [own for number in packs for own in self._pack(f"works-{number}")["listed"]]
        return {place for place, own in enumerate(listed) if own}

    def _pack(self, name: str) -> Mapping[str, Any]:
        packs = self.pages["report.html"].packs
        if name not in packs:
            text = (self._folder / "report-data" / f"{name}.js").read_text(encoding="ascii")
            packs[name] = text.split('"')[3]
        if isinstance(packs[name], str):
            packs[name] = json.loads(gzip.decompress(base64.b64decode(packs[name])))
        found: Mapping[str, Any] = packs[name]  # type: ignore[assignment]
        return found


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def _plain(pieces: list[tuple[str, str]]) -> str:
    """A sentence with its linked numbers in brackets of their own."""
    return " ".join("".join(f"⟦{t}⟧" if "#works/" in a else t for t, a in pieces).split())


def _places(steps: list[int]) -> list[int]:
    at, found = 0, []
    for step in steps:
        at += step
        found.append(at)
    return found
