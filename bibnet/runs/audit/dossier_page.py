"""A dossier as one page, for readers who want no spreadsheet: written beside its CSV files."""

from pathlib import Path

from bibnet.report import AuditPage, AuditTable, audit_html
from bibnet.runs.audit.document import Document, Section, shown_cell, write_document
from bibnet.runs.open import load
from bibnet.storage.frames import records

PAGE_NAME = "dossier.html"
FIRST = {"What a flag is": "what_a_flag_is", "What a flag is not": "what_a_flag_is_not"}


def write_dossier(document: Document, run: Path, folder: Path) -> list[Path]:
    """Write a dossier as `dossier.html`, CSV files and JSON into a folder; the page comes first."""
    paths = write_document(document, folder)
    page = folder / PAGE_NAME
    invented = bool(load(run).manifest.get("invented"))
    page.write_text(dossier_html(document, invented=invented), encoding="utf-8")
    return [page, *paths]


def dossier_html(document: Document, *, invented: bool) -> str:
    """The page of a dossier."""
    facts = {
        name.replace("_", " "): shown_cell(name, fact)
        for name, fact in document.facts.items()
        if name not in FIRST.values()
    }
    first = {heading: str(document.facts[name]) for heading, name in FIRST.items()}
    tables = [_table(section) for section in document.sections]
    return audit_html(AuditPage(document.title, first, facts, tables, invented=invented))


def _table(section: Section) -> AuditTable:
    columns = [str(name) for name in section.rows.columns]
    rows = [[shown_cell(name, row[name]) for name in columns] for row in records(section.rows)]
    return AuditTable(section.name.replace("_", "-"), section.title, section.note, columns, rows)
