"""The figures of a report, one file per kind. Each is a declaration; nothing is drawn here."""

from bibnet.report.figures.figure import Figure, figure_chart, figure_spec

__all__ = ["Figure", "figure_chart", "figure_spec"]
