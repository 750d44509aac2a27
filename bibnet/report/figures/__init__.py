"""The figures of a report, one file per kind. Each is a declaration; nothing is drawn here."""

from bibnet.report.figures.figure import Figure, page_spec, published_spec

__all__ = ["Figure", "page_spec", "published_spec"]
