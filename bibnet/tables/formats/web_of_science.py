"""Web of Science exports, as plain text and tab-delimited: addresses name their authors."""

import re
from collections.abc import Iterator, Mapping, Sequence

from rispy.parser import WokParser

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.record import item, paid, parts, whole, with_numbers, year_in
from bibnet.tables.formats.table_rows import TABS, header, rows
from bibnet.tables.formats.tagged_lines import tags, text_records
from bibnet.tables.formats.works_format import Blocks, Item, WorksFormat
from bibnet.tables.lines import BLANK, BOM

COLUMNS = {"PT", "AU", "TI", "UT"}
FIRST_LINES = re.compile(rb"(FN |PT [A-Z]\b)")
AUTHORS_OF = re.compile(r"\[([^\]]*)\]\s*(.*)", re.DOTALL)
# Behind the names of an address of RP, in newer and older exports.
CORRESPONDING = re.compile(r"\((?:corresponding|reprint) author\)")
END_OF_ADDRESS = ".;"
Values = Mapping[str, Sequence[str]]
# Tags whose lines are values of their own; the lines of others are one text.
LISTS = ("AU", "AF", "C1")


def _begins_text(head: bytes) -> bool:
    return bool(FIRST_LINES.match(head.removeprefix(BOM).lstrip(BLANK)))


def _text_items(blocks: Blocks) -> Iterator[Item]:
    for raw, lines in text_records(blocks, lambda line: line.strip() == "ER"):
        if any(line.startswith("PT ") for line in lines):
            found = tags([*lines, "ER"], WokParser)
            yield item(raw, found if isinstance(found, Refusal) else _record(found))
        elif any(line.strip() not in ("", "EF") for line in lines):
            yield item(raw, Refusal("no_record", "lines without the start of a record (PT)"))


def _begins_tab(head: bytes) -> bool:
    return set(header(head, TABS)) >= COLUMNS


def _tab_items(blocks: Blocks) -> Iterator[Item]:
    for raw, row in rows(blocks, TABS):
        if isinstance(row, Refusal):
            yield item(raw, row)
        else:
            values = {tag: parts(cell) if tag in LISTS else [cell] for tag, cell in row.items()}
            yield item(raw, _record(values))


def _record(values: Values) -> dict[str, object]:
    text = {tag: " ".join(lines) for tag, lines in values.items()}
    names = list(values.get("AF") or values.get("AU") or ())
    by_author, loose = _addresses(values, names)
    kind = text.get("DT", "").lower()
    return {
        "id": text.get("UT") or text.get("DI"),
        "doi": text.get("DI"),
        "title": text.get("TI"),
        # Published online and in no volume yet: a date alone.
        "year": whole(text.get("PY")) or year_in(text.get("EA")),
        "type": kind,
        "is_retracted": "retracted" in kind,
        "venue": text.get("SO"),
        "authors": [
            {"name": name, "affiliations": found}
            for name, found in zip(names, by_author, strict=True)
        ],
        "affiliations": loose,
        "keywords": parts(text.get("DE")) + parts(text.get("ID")),
        "abstract": text.get("AB"),
        "citations": whole(text.get("TC") or text.get("Z9")),
        **paid(with_numbers(part, "[") for part in parts(text.get("FU"))),
    }


def _addresses(values: Values, names: Sequence[str]) -> tuple[list[list[str]], list[str]]:
    """Addresses of each author, and those that name no author (exports before 2008)."""
    place = {_key(name): at for at, name in enumerate(names)}
    short = values.get("AU") or ()
    place |= {_key(name): at for at, name in enumerate(short) if len(short) == len(names)}
    found: list[list[str]] = [[] for _ in names]
    loose = []
    for owners, address in _of_all(values) or _of_corresponding(values):
        known = [place[_key(name)] for name in owners if _key(name) in place]
        for number in dict.fromkeys(known):
            found[number].append(address)
        if not known and address:
            loose.append(address)
    return found, loose


def _of_all(values: Values) -> list[tuple[list[str], str]]:
    """The addresses of C1, each with the names of its authors, where they are named."""
    matches = [(line, AUTHORS_OF.fullmatch(line)) for line in values.get("C1") or () if line]
    return [
        (parts(match[1]), _address(match[2])) if match else ([], _address(line))
        for line, match in matches
    ]


def _of_corresponding(values: Values) -> list[tuple[list[str], str]]:
    """The addresses of RP, which some records have alone."""
    names, *behind = CORRESPONDING.split(" ".join(values.get("RP") or ()))
    found = []
    for text in behind:
        if text.lstrip().startswith(";"):  # another name of the same address
            names += text
            continue
        address, end, following = text.rpartition(END_OF_ADDRESS)
        found.append((parts(names), _address(address if end else text)))
        names = following
    return found


def _address(text: str) -> str:
    return text.strip(" ,").rstrip(".")


def _key(name: str) -> str:
    return re.sub(r"\W", "", name).casefold()


WEB_OF_SCIENCE_TEXT = WorksFormat("web_of_science_text", _begins_text, _text_items)
WEB_OF_SCIENCE_TAB = WorksFormat("web_of_science_tab", _begins_tab, _tab_items)
