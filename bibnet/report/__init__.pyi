from .content.report_content import ReportContent as ReportContent
from .page.audit_page import AuditPage as AuditPage
from .page.audit_page import AuditTable as AuditTable
from .page.audit_page import audit_html as audit_html
from .page.charts import Charts as Charts
from .page.charts import charts as charts
from .write import write_report as write_report
