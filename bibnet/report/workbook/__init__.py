"""report.xlsx: the answer first, then every exhibit; plain values, no formula, no link."""

from bibnet.report.workbook.book import report_workbook

__all__ = ["report_workbook"]
