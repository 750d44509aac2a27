"""What users have and bibnet does not read: named, with what to export instead.

Each record is set aside with a reason of its own, and the reason has advice.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.record import item
from bibnet.tables.formats.table_rows import Layout, header, rows
from bibnet.tables.formats.works_format import Blocks, Item, WorksFormat
from bibnet.tables.lines import BLANK, BOM, RAW_KEPT, split_lines

READ = (
    "OpenAlex works (JSON, JSON Lines, Parquet, the website's CSV), openalexR and pandas JSON, "
    "Scopus, Dimensions and Lens CSV, Web of Science text, PubMed text, RIS, bibnet records"
)
XLSX, ZIP, XLS, BIBTEX = "xlsx_not_read", "zip_not_read", "xls_not_read", "bibtex_not_read"
HTML, XML, RDS, TABLE = "html_not_read", "xml_not_read", "rds_not_read", "table_of_unknown_columns"
ADVICE: Mapping[str, str] = {
    XLSX: "a workbook: export the same works as CSV or text with affiliations",
    XLS: "an old workbook: export the same works as CSV or text with affiliations",
    ZIP: "an archive: unpack it and give the folder",
    BIBTEX: "BibTeX has no affiliations that can be told apart: export CSV (Scopus, Dimensions) or "
    "plain text (Web of Science, PubMed) with affiliations and funders",
    HTML: "a web page: the download failed, or needs a login; download it again",
    XML: "XML: export plain text or CSV instead",
    RDS: "R's own format: in R, write jsonlite::toJSON(works) to a file",
    TABLE: f"a table of columns that are of no known export. Formats read: {READ}",
}
ENTRY = re.compile(rb"\s*@\w+\s*[{(]")
BIBTEX_START = re.compile(rb"(?:\s*%[^\n]*\n)*\s*@\w{2,20}\s*[{(]")
LEAST_COLUMNS = 3
SEPARATORS = (",", "\t", ";")


def _once(reason: str) -> Callable[[Blocks], Iterator[Item]]:
    """The file as one record that is set aside."""

    def items(blocks: Blocks) -> Iterator[Item]:
        first = next(blocks, b"")[:RAW_KEPT]
        for _ in blocks:
            pass
        yield item(first, Refusal(reason, ADVICE[reason]))

    return items


def _is_xlsx(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in head[:RAW_KEPT]


def _begins(pattern: bytes) -> Callable[[bytes], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda head: bool(compiled.match(head.removeprefix(BOM)))


def _entries(blocks: Blocks) -> Iterator[Item]:
    """One record for each entry of a BibTeX file."""
    for lines in split_lines(blocks):
        for line in lines:
            if ENTRY.match(line.removeprefix(BOM)):
                yield item(line, Refusal(BIBTEX, ADVICE[BIBTEX]))


def _layout(head: bytes) -> Layout | None:
    """The layout of a table: the first two lines have as many cells, three at least."""
    start = head.removeprefix(BOM).lstrip(BLANK)
    if start[:1] in (b"{", b"[", b"<", b""):
        return None
    for separator in SEPARATORS:
        layout = Layout(separator)
        names = header(head, layout)
        second = header(head, Layout(separator, lines_before=1))
        if len(names) >= LEAST_COLUMNS and len(second) == len(names) and all(names):
            return layout
    return None


def _table(blocks: Blocks) -> Iterator[Item]:
    first = next(blocks, b"")
    layout = _layout(first) or Layout()
    shown = ", ".join(header(first, layout))[:200]

    def again() -> Iterator[bytes]:
        yield first
        yield from blocks

    try:
        for raw, _ in rows(again(), layout):
            yield item(raw, Refusal(TABLE, shown))
    except csv.Error as error:
        yield item(b"", Refusal(TABLE, str(error)))


NOT_READ = (
    WorksFormat("xlsx", _is_xlsx, _once(XLSX)),
    WorksFormat("zip", lambda head: head.startswith(b"PK\x03\x04"), _once(ZIP)),
    WorksFormat("xls", lambda head: head.startswith(b"\xd0\xcf\x11\xe0"), _once(XLS)),
    WorksFormat("rds", lambda head: head.startswith((b"RDX", b"X\n\0\0")), _once(RDS)),
    WorksFormat("html", _begins(rb"\s*<(!doctype html|html)"), _once(HTML)),
    WorksFormat("xml", _begins(rb"\s*<\?xml"), _once(XML)),
    WorksFormat("bibtex", lambda head: bool(BIBTEX_START.match(head.removeprefix(BOM))), _entries),
    WorksFormat("table", lambda head: _layout(head) is not None, _table),
)


def advice(reasons: Mapping[str, int]) -> list[str]:
    """What to do about records that were set aside, for each reason that has advice."""
    return [ADVICE[reason] for reason in sorted(reasons) if reason in ADVICE]
