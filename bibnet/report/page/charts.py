"""The figures of a report as Altair charts, for notebooks."""

from typing import TypeAlias

import altair as alt

from bibnet.report.about.origin import source_line
from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.figures.figure import figure_chart
from bibnet.report.page.sections import section_figures
from bibnet.schema.units import INVENTED

Charts: TypeAlias = dict[str, alt.Chart | alt.LayerChart | alt.FacetChart]


def charts(content: ReportContent) -> Charts:
    """Return every figure of the report by its id, in the order of the page.

    Title and subtitle are those of the page; the source follows, and the mark of invented data.
    """
    sections = section_figures(with_declared_frames(content))
    marks = [INVENTED] if content.invented else []
    notes = [source_line(content.manifest, content.name), *marks]
    return {figure.id: figure_chart(figure, *notes) for own in sections.values() for figure in own}
