"""One page of an audit: what it says of itself at the top, facts, tables, links within the page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from bibnet.report.page.page import Trusted, page_template
from bibnet.report.page.policy import page_style, security_policy
from bibnet.schema.units import INVENTED

DOI_ADDRESS = "https://doi.org/"
# Columns whose cells lead somewhere: to the publisher, to the row of the work on this page.
DOI, WORK, WORKS = "doi", "work_id", "work_ids"
SEPARATOR = "|"


@dataclass(frozen=True)
class AuditTable:
    """A table of the page, its cells as text; `note` says how to read it."""

    id: str
    title: str
    note: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class AuditPage:
    """What the page shows: the title, paragraphs at the top by heading, facts, tables."""

    title: str
    first: Mapping[str, str]
    facts: Mapping[str, str]
    tables: Sequence[AuditTable]
    invented: bool = False


@dataclass(frozen=True)
class _Link:
    """A piece of a cell: its text, and where it leads (empty: nowhere)."""

    text: str
    href: str = ""


def audit_html(page: AuditPage) -> str:
    """The page as one HTML file without scripts; every text is escaped by the template."""
    style = page_style()
    targets: set[str] = set()
    return page_template("audit.html.j2").render(
        title=page.title,
        first=page.first,
        facts=page.facts,
        tables=[(table, _rows(table, targets)) for table in page.tables],
        invented=INVENTED if page.invented else "",
        style=Trusted(style),
        policy=security_policy(script="", style=style),
    )


def _rows(table: AuditTable, targets: set[str]) -> list[tuple[str, list[list[_Link]]]]:
    """Rows as (id of the row, cells as pieces); the first row of a work is where links go."""
    own = table.columns.index(WORK) if WORK in table.columns else None
    rows = []
    for row in table.rows:
        name = anchor(row[own]) if own is not None else ""
        is_first = bool(name) and name not in targets
        targets.add(name)
        cells = [_pieces(column, cell) for column, cell in zip(table.columns, row, strict=True)]
        rows.append((name if is_first else "", cells))
    return rows


def _pieces(column: str, cell: str) -> list[_Link]:
    if column == DOI and cell:
        return [_Link(cell, DOI_ADDRESS + quote(cell, safe="/.;()-_:"))]
    if column == WORKS and cell:
        return [_Link(name, f"#{anchor(name)}") for name in cell.split(SEPARATOR)]
    return [_Link(cell)]


def anchor(work_id: str) -> str:
    """A work's id as the name of a place on the page: letters, digits and hyphens."""
    return "w-" + re.sub(r"[^A-Za-z0-9-]", "-", work_id)
