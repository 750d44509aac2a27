"""report.xlsx: the answer first, then every exhibit; plain values, no formula, no link."""

from bibnet.report.workbook.book import write_workbook

__all__ = ["write_workbook"]
