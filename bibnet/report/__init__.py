"""The report of a run: one page, one workbook and the figures, all from the exhibits."""

from bibnet.report.bundle import prepare_library
from bibnet.report.content import ReportContent
from bibnet.report.write import write_report

__all__ = ["ReportContent", "prepare_library", "write_report"]
