"""What the pages of countries and of institutions share: sections of tables, and the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from bibnet.report.about.origin import source_date
from bibnet.report.content.cell import Cell
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.table_view import TableView, column_heading
from bibnet.report.content.totals import total
from bibnet.report.content.wording import NOTHING, clean, count, is_undefined
from bibnet.report.content.written import written_rows
from bibnet.report.findings.finding import Counted, linked_pieces
from bibnet.report.page.page import LONGEST_QUESTION, Trusted, page_template, warning_texts
from bibnet.report.page.policy import page_script, page_style, security_policy
from bibnet.schema import Table
from bibnet.schema.exhibits.volume import COUNTRY_YEARS
from bibnet.schema.units import INVENTED

# Rows of a unit's table in the page: a page of thirty countries stays below a megabyte.
ROWS_SHOWN = 15


@dataclass(frozen=True)
class UnitSection:
    """One country or institution as shown: anchor, heading, what it amounts to, its tables.

    `counted` are the numbers of the lead that open their works, where works are known.
    """

    id: str
    heading: str
    lead: str
    tables: Sequence[tuple[str, TableView]]
    counted: Sequence[Counted] = ()

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The lead in pieces: each with the address of its works, or with none."""
        return linked_pieces(self.lead, self.counted)


UnitSections = Sequence[tuple[str, Sequence[UnitSection]]]


@dataclass(frozen=True)
class UnitsPage:
    """A page of units: its heading, what they are, what holds for all, sections by side, others.

    `absent` are names of units of which the run has no work.
    """

    heading: str
    of_what: str
    lead: str
    sides: UnitSections
    absent: Sequence[str] = ()


def units_html(content: ReportContent, page: UnitsPage) -> str:
    """Return the page."""
    style, script = page_style(), page_script()
    return page_template("units.html.j2").render(
        question=clean(content.question, LONGEST_QUESTION) or clean(content.name),
        name=clean(content.name),
        run=clean(content.manifest.get("run")),
        invented=INVENTED if content.invented else "",
        warnings=warning_texts(content),
        source_date=source_date(content.manifest),
        policy=security_policy(script=script, style=style),
        style=Trusted(style),
        script=Trusted(script),
        **vars(page),
    )


@dataclass(frozen=True)
class Shown:
    """A table of a unit: its rows, the cells behind rows, the columns shown (none = all).

    `cells` are those of the first ROWS_SHOWN rows; more are not shown (of years all are).
    `caption` stands in place of the table's own meaning; `exhibit` names the file that has the
    rows, where no cell does.
    """

    table: Table
    frame: pd.DataFrame
    cells: Sequence[Cell] = ()
    names: Sequence[str] = ()
    caption: str = ""
    exhibit: str = ""


def shown_view(content: ReportContent, shown: Shown) -> TableView:
    """Return a table with its first rows, and a note where there are more."""
    rows = shown.frame if shown.table == COUNTRY_YEARS else shown.frame.iloc[:ROWS_SHOWN]
    chosen = [c for c in shown.table.columns if c.name in shown.names or not shown.names]
    # Of these few rows, by the hundred tables: lists take a tenth of the time that frames take.
    values = {column.name: rows[column.name].tolist() for column in chosen}
    columns = [c for c in chosen if not all(map(is_undefined, values[c.name]))]
    cells = shown.cells[: len(rows)]
    exhibit = cells[0].exhibit if cells else ""
    counts = content.counts_of(exhibit) if exhibit else ()
    return TableView(
        shown.caption or shown.table.meaning,
        [column_heading(column, counts) for column in columns],
        written_rows(content, columns, values),
        _note(shown.frame) if len(rows) < len(shown.frame) else "",
        cells if counts else (),
        exhibit or shown.exhibit,
    )


def pair_cell(what: str, one: str, other: str) -> Cell:
    """A pair of an exhibit, its ends in the exhibit's order."""
    first, second = sorted((one, other))
    return Cell(f"{what}_pairs", {f"{what}_a": first, f"{what}_b": second})


def counted_of_unit(
    content: ReportContent, cell: Cell, works: object, joint: object
) -> list[Counted]:
    """The numbers with which a lead begins: `2 works, 1 of them joint`, or `1 joint work`.

    `cell` is the unit's in the exhibit that counts both; nothing where its works are not known.
    """
    if not content.counts_of(cell.exhibit):
        return []
    if is_undefined(works):
        found = [("", joint, "joint_works")]
    else:
        # Of a single work "joint" stands there without a number.
        found = [("", works, "works"), (" works, ", joint if works != 1 else 0, "joint_works")]
    return [
        Counted(before, count(number), replace(cell, count=name))
        for before, number, name in found
        if number
    ]


def rank_words(rank: object, low: object, high: object) -> str:
    """Write a rank, with its interval where the run has one: 12 (9 to 15)."""
    if is_undefined(rank):
        return NOTHING
    if is_undefined(low) or is_undefined(high):
        return count(rank)
    return f"{count(rank)} ({float(str(low)):,g} to {float(str(high)):,g})"


def _note(frame: pd.DataFrame) -> str:
    left = frame.iloc[ROWS_SHOWN:]
    links = f" ({count(total(left['works']))} links)" if "partner_id" in frame.columns else ""
    are = "one is" if len(left) == 1 else f"{len(left):,} are"
    return f"First {ROWS_SHOWN} of {len(frame):,} rows; {are} not shown{links}."
