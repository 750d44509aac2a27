"""The one door of the report: content in; page, workbook and figures out."""

from pathlib import Path

from bibnet.report.content import ReportContent, with_declared_frames
from bibnet.report.drawing import write_figures
from bibnet.report.origin import source_line
from bibnet.report.page import page_html
from bibnet.report.sections import report_sections
from bibnet.report.workbook import write_workbook


def write_report(folder: Path, content: ReportContent) -> None:
    """Write report.html, report.xlsx, figures/*.svg and figures/*.png into `folder`.

    The same content gives the same bytes. Empty exhibits give a page that says so.
    """
    ready = with_declared_frames(content)
    sections = report_sections(ready)
    figures = [figure for section in sections for figure in section.figures]
    folder.mkdir(parents=True, exist_ok=True)
    source = source_line(ready.manifest, ready.name)
    write_figures(folder / "figures", figures, source, invented=ready.invented)
    (folder / "report.html").write_bytes(page_html(ready, sections).encode("utf-8"))
    write_workbook(folder / "report.xlsx", ready)
