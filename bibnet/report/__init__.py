"""The report of a run: one page, one workbook and the figures, all from the exhibits."""

from bibnet.report.content.report_content import ReportContent
from bibnet.report.page.audit_page import AuditPage, AuditTable, audit_html
from bibnet.report.write import write_report

__all__ = ["AuditPage", "AuditTable", "ReportContent", "audit_html", "write_report"]
