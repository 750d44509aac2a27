"""The report written: content in; pages, workbook and figures out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from bibnet.report.about.origin import source_line
from bibnet.report.content.cell import Cell
from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.countries.countries_page import countries_html, country_sections
from bibnet.report.countries.institutions_page import institution_sections, institutions_html
from bibnet.report.countries.unit_section import UnitSections
from bibnet.report.figures.drawing import Drawing
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.svg import file_svg, inline_svg
from bibnet.report.page.packs import MOST_INSIDE, packs_inside, report_packs, write_packs_beside
from bibnet.report.page.page import Drawn, all_findings, page_html
from bibnet.report.page.sections import Section, report_sections, section_figures
from bibnet.report.workbook import report_workbook
from bibnet.storage.progress import silent
from bibnet.storage.workbook import written_beside

FIGURES_FOLDER = "figures"


def write_report(
    folder: Path,
    content: ReportContent,
    most_inside: int = MOST_INSIDE,
    step: Callable[[str], None] = silent,
) -> None:
    """Write the three pages, report.xlsx and figures/*.svg into `folder`.

    The same content gives the same bytes. Empty exhibits give a page that says so. Data of more
    than `most_inside` characters stand in report-data/ beside the page. `step` is told what is
    being made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    step("figures and tables")
    ready = with_declared_frames(content)
    by_section = section_figures(ready)
    figures = [figure for own in by_section.values() for figure in own]
    drawing = Drawing(figures, step)  # goes on beside what follows, as the workbook does
    findings = all_findings(ready)
    step("workbook")
    with written_beside(folder / "report.xlsx", report_workbook(ready, findings)):
        step("lists of works")
        sections = report_sections(ready, by_section)
        units = country_sections(ready), institution_sections(ready)
        told = (one.cell for finding in findings for one in finding.counted)
        cells = chain(shown_cells(sections), unit_cells([*units[0], *units[1]]), told)
        packs = report_packs(ready, cells)
        step("pages")
        pages = {"countries": countries_html(ready, units[0])}
        pages["institutions"] = institutions_html(ready, units[1])
        drawn = drawing.drawn()
        _write_figures(folder / FIGURES_FOLDER, figures, drawn, ready)
        inline = {figure.id: inline_svg(figure, drawn[figure.id]) for figure in figures}
        inside = packs_inside(packs, most_inside)
        write_packs_beside(folder, {name: packs[name] for name in packs.keys() - inside.keys()})
        shown = Drawn(inline, inside, beside=len(inside) < len(packs), findings=findings)
        pages["report"] = page_html(ready, sections, shown)
        for name, text in pages.items():
            (folder / f"{name}.html").write_bytes(text.encode("utf-8"))


def shown_cells(sections: Sequence[Section]) -> Iterable[Cell]:
    """Return every cell of an exhibit that a number of the page leads to."""
    for section in sections:
        for figure in section.figures:
            yield from figure.cells
            yield from figure.twin.links
        for view in section.tables:
            yield from view.links


def unit_cells(sides: UnitSections) -> Iterable[Cell]:
    """Return every cell of an exhibit that a number of a page of units leads to."""
    for _side, sections in sides:
        for section in sections:
            yield from (one.cell for one in section.counted)
            for _label, view in section.tables:
                yield from view.links


def _write_figures(
    folder: Path, figures: Sequence[Figure], drawn: Mapping[str, str], content: ReportContent
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    source = source_line(content.manifest, content.name)
    for figure in figures:
        text = file_svg(figure, drawn[figure.id], source, invented=content.invented)
        (folder / f"{figure.id}.svg").write_bytes(text.encode("utf-8"))
