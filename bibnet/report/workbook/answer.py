"""The first sheets of the workbook: findings, definitions, pairs across sides, the works."""

from collections.abc import Sequence

import pandas as pd

from bibnet.report.about.caveats import caveats
from bibnet.report.about.definitions import terms
from bibnet.report.about.origin import source_date, source_line
from bibnet.report.content.report_content import ReportContent
from bibnet.report.content.table_view import pairs_across, strongest_first
from bibnet.report.content.totals import works_of_years
from bibnet.report.content.wording import by_name, clean, country_name, side_name, title_text
from bibnet.report.content.work_texts import TEXTS, work_texts
from bibnet.report.content.works_behind import WorksBehind
from bibnet.report.findings.finding import Finding
from bibnet.report.workbook.sheets import LONGEST_CELL, Sheets
from bibnet.schema import EXHIBITS
from bibnet.schema.column import Column, integer, text

# Rows of a sheet of the answer: what a reader looks up in. A book of that size opens in seconds.
SHEETS = (
    "The next sheets hold definitions and caveats, pairs across sides, joint works and works with "
    "listed bodies; then each sheet is an exhibit with the columns of its CSV file. The last "
    "sheets say which country a code is and what each column means."
)
MOST_PAIRS = 20_000
MOST_WORKS = 5_000
WORK_SHEETS = ("joint_works", "works_with_listed_bodies")
MEANINGS = {
    "institutions": "institutions of the work, each with its country",
    "evidence": "what puts institutions and countries on the work",
    "funders": "funders that the source names",
    "lists": "listed institutions of the work, each with the lists that hold it",
}
WORK_COLUMNS: tuple[Column, ...] = (
    text("work_id", "id of the source"),
    text("doi", "DOI"),
    text("title", "title"),
    integer("year", "year of publication"),
    text("venue", "venue"),
    *(text(name, MEANINGS[name]) for name in TEXTS),
)


def add_answer(sheets: Sheets, content: ReportContent, findings: Sequence[Finding]) -> None:
    """Add the sheets that answer the question, before those of the exhibits."""
    found = [(finding.heading, finding.text) for finding in findings]
    sheets.texts("findings", [*_about(content), *found])
    sheets.texts("definitions", [*terms(content), *(("Caveat", line) for line in caveats(content))])
    for name in ("country_pairs", "institution_pairs"):
        _pairs(sheets, content, name)
    if content.behind is not None:
        joint = works_of_years(content, content.behind)[1]
        for name, places in zip(WORK_SHEETS, (joint, listed_works(content.behind)), strict=True):
            _works(sheets, content, name, places)


def _about(content: ReportContent) -> list[tuple[str, str]]:
    sides = [(side_name(side), _countries(content, side)) for side in content.sides]
    return [
        *[("WARNING", warning) for warning in content.warnings],
        ("question", content.question),
        ("query", content.name),
        *[("run", run) for run in [clean(content.manifest.get("run"))] if run],
        *sides,
        ("date", source_date(content.manifest)),
        ("source", source_line(content.manifest, content.name)),
        ("sheets", SHEETS),
    ]


def _countries(content: ReportContent, side: str) -> str:
    names = content.country_names
    codes = by_name(content.sides[side], names)
    return ", ".join(
        f"{country_name(code, names)} ({code})" if code in names else code for code in codes
    )


def _pairs(sheets: Sheets, content: ReportContent, name: str) -> None:
    table, frame = EXHIBITS[name], content.exhibit(name)
    across = pairs_across(content, table, frame)
    frame = frame[across] if across is not None else frame
    shown, words = strongest_first(content, table, frame, MOST_PAIRS)
    note = _cut(len(shown), len(frame), "pairs across sides", f"exhibits/{name}.csv has all")
    sheets.table(f"{name}_across_sides", table.columns, shown, note and f"{note}; {words}")


def listed_works(behind: WorksBehind) -> list[int]:
    """The places of all works with an institution that a list holds."""
    return [place for place, listed in enumerate(behind.columns().listed) if listed]


def _works(sheets: Sheets, content: ReportContent, name: str, places: Sequence[int]) -> None:
    behind = content.behind
    if behind is None:
        return
    works = behind.columns()
    rows = [
        {
            "work_id": works.work_id[place],
            "doi": works.doi[place],
            "title": title_text(works.title[place], LONGEST_CELL),
            "year": works.year[place],
            "venue": works.venue_names[works.venue[place]],
            **work_texts(works, place, content.country_names, LONGEST_CELL),
        }
        for place in places[:MOST_WORKS]
    ]
    # As objects: half of a surrogate pair, which a title may hold, is no text for Arrow.
    frame = pd.DataFrame(rows, columns=[c.name for c in WORK_COLUMNS], dtype=object)
    note = _cut(len(frame), len(places), "works, the newest first", "bibnet works lists all")
    sheets.table(name, WORK_COLUMNS, frame, note)


def _cut(shown: int, number: int, what: str, remedy: str) -> str:
    return f"First {shown:,} of {number:,} {what}; {remedy}" if shown < number else ""
