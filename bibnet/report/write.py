"""The report written: content in; pages, workbook and figures out."""

from pathlib import Path

from bibnet.report.about.origin import source_line
from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.countries.countries_page import countries_html
from bibnet.report.figures import page_spec
from bibnet.report.figures.drawing import write_figures
from bibnet.report.page.bundle import library, prepare_library
from bibnet.report.page.page import page_html
from bibnet.report.page.sections import report_sections
from bibnet.report.workbook import write_workbook


def write_report(folder: Path, content: ReportContent) -> None:
    """Write report.html, countries.html, report.xlsx and figures/*.svg and *.png into `folder`.

    The same content gives the same bytes. Empty exhibits give a page that says so.
    """
    folder.mkdir(parents=True, exist_ok=True)
    prepare_library()
    ready = with_declared_frames(content)
    sections = report_sections(ready)
    figures = [figure for section in sections for figure in section.figures]
    specs = {figure.id: page_spec(figure, invented=ready.invented) for figure in figures}
    source = source_line(ready.manifest, ready.name)
    with write_figures(folder / "figures", figures, specs, source):
        write_workbook(folder / "report.xlsx", ready)
        countries = countries_html(ready)
        page = page_html(ready, sections, specs, library())
    (folder / "countries.html").write_bytes(countries.encode("utf-8"))
    (folder / "report.html").write_bytes(page.encode("utf-8"))
