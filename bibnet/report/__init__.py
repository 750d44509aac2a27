"""The report of a run: one page, one workbook and the figures, all from the exhibits."""

from bibnet.report.content.report_content import ReportContent
from bibnet.report.page.bundle import prepare_library
from bibnet.report.write import write_report

__all__ = ["ReportContent", "prepare_library", "write_report"]
